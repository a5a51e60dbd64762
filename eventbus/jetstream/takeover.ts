/**
 * What Argo's sensors keep on the same servers, for a sensor that moves to us or back: see `ArgoSide`.
 *
 * Argo makes a durable for each trigger and dependency and takes one message at a time from it. It never changes one, and refuses one
 * that does not begin with "new"; so a durable is brought forward by acknowledging what is done, and not by making it anew.
 */
import type { ArgoSide, Position } from '../bus.ts';
import type { BusNames } from '../names.ts';
import { subjectOf } from '../subjects.ts';
import { ask, type ConsumerInfo, code, messageOf, type StreamInfo, unless } from './api.ts';
import type { Connection } from './connection.ts';
import { nameBySubject } from './durable.ts';
import type { RawMessage } from './message.ts';
import { fetchNow } from './read.ts';
import type { EventStream } from './stream.ts';
import { argoBuckets } from './takeover-buckets.ts';

/** Argo asks for a message every second or so. A durable of which nobody has asked for one in so many looks is left alone. */
const quietLooks = 4;
const lookEvery = 500;
/** A server counts a message as handed out for so long, where its durable says nothing else. In nanoseconds. */
const usualAckWait = 30e9;
const batch = 256;

export function argoSide(connection: Connection, stream: EventStream, names: BusNames): ArgoSide {
  const { clock } = connection;
  const at = (durable: string): string => `${stream.name}.${durable}`;
  const infoOf = (durable: string): Promise<ConsumerInfo | undefined> =>
    unless([code.consumerNotFound, code.streamNotFound], ask<ConsumerInfo>(connection, `CONSUMER.INFO.${at(durable)}`));
  const take = (durable: string, most: number): Promise<RawMessage[]> =>
    fetchNow(connection, `$JS.API.CONSUMER.MSG.NEXT.${at(durable)}`, most);

  /** Undefined when there is no such durable. */
  async function quiet(durable: string, signal: AbortSignal, busy: () => void): Promise<ConsumerInfo | undefined> {
    let last: ConsumerInfo | undefined;
    for (let looks = 0, told = false; ; looks++) {
      const info = await infoOf(durable);
      if (!info) return undefined;
      if (info.num_waiting > 0 || (last && info.delivered.stream_seq !== last.delivered.stream_seq)) {
        looks = 0;
        if (!told) busy();
        told = true;
      }
      if (looks === quietLooks) return info;
      last = info;
      await clock.sleep(lookEvery, signal);
      signal.throwIfAborted();
    }
  }

  /** What was handed out and not acknowledged comes again when its time is over. */
  async function timeOver({ num_ack_pending, config }: ConsumerInfo, signal: AbortSignal): Promise<void> {
    if (num_ack_pending === 0) return;
    await clock.sleep((config.ack_wait ?? usualAckWait) / 1e6 + lookEvery, signal);
    signal.throwIfAborted();
  }

  /** The last sequence that a durable has seen: that of its last message, or a later one where what follows is not for it. */
  async function handedOut({ delivered, config }: ConsumerInfo): Promise<number> {
    const { state } = await ask<StreamInfo>(connection, `STREAM.INFO.${stream.name}`);
    const filters = config.filter_subjects ?? [config.filter_subject ?? '>'];
    const from = delivered.stream_seq + 1;
    const next = await Promise.all(filters.map((filter) => messageOf(connection, stream.name, { seq: from, next_by_subj: filter })));
    return Math.max(delivered.stream_seq, Math.min(state.last_seq, ...next.map((message) => (message ? message.seq - 1 : state.last_seq))));
  }

  async function positionOf(durable: string, signal: AbortSignal, busy: () => void): Promise<Position | undefined> {
    const info = await quiet(durable, signal, busy);
    if (!info) return undefined;
    const upTo = await handedOut(info);
    await timeOver(info, signal);
    const except: number[] = [];
    const taken: RawMessage[] = [];
    for (let left = info.num_ack_pending; left > 0; ) {
      const messages = await take(durable, Math.min(left, batch));
      taken.push(...messages);
      const again = messages.filter(({ sequence }) => sequence <= upTo);
      except.push(...again.map(({ sequence }) => sequence));
      left -= again.length;
      // What comes again comes first: where it ends, the rest is gone from the stream.
      if (again.length === 0 || again.length < messages.length) break;
    }
    await giveBack(taken);
    return { upTo, except: except.sort((a, b) => a - b) };
  }

  async function giveBack(messages: readonly RawMessage[]): Promise<void> {
    for (const { reply } of messages) connection.nats.publish(reply, '-NAK');
    await connection.nats.flush();
  }

  return {
    durableOf(subscription, origin) {
      const durable = names.durable(subscription);
      return connection.atLeast(10) ? durable : nameBySubject(durable, subjectOf(stream.name, origin));
    },

    hasDurable: async (durable) => (await infoOf(durable)) !== undefined,

    async isPast(durable, sequence) {
      const info = await infoOf(durable);
      return info !== undefined && (info.ack_floor.stream_seq >= sequence || info.num_pending + info.num_ack_pending === 0);
    },

    async positions(durables, signal, busy = () => {}) {
      const found = await Promise.all(
        durables.map(async (durable) => [durable, await positionOf(durable, signal, () => busy(durable))] as const),
      );
      return new Map(found.filter((one): one is readonly [string, Position] => one[1] !== undefined));
    },

    async makeDurable(durable, origin) {
      await stream.ensure();
      if (await infoOf(durable)) return;
      const config = {
        name: durable,
        durable_name: durable,
        ack_policy: 'explicit',
        deliver_policy: 'new',
        replay_policy: 'instant',
        filter_subject: subjectOf(stream.name, origin),
      };
      await ask(connection, `CONSUMER.CREATE.${at(durable)}`, { stream_name: stream.name, config });
    },

    async advance(durable, { upTo, except }, signal) {
      const info = await quiet(durable, signal, () => {});
      if (!info) return;
      await timeOver(info, signal);
      const notDone = new Set(except);
      const left: RawMessage[] = [];
      for (;;) {
        const messages = await take(durable, batch);
        const isDone = ({ sequence }: RawMessage): boolean => sequence <= upTo && !notDone.has(sequence);
        // The server answers each: then it counts.
        await Promise.all(messages.filter(isDone).map(({ reply }) => connection.request(reply, Buffer.from('+ACK'))));
        left.push(...messages.filter((message) => !isDone(message)));
        if (messages.length === 0 || messages.some(({ sequence, attempt }) => sequence > upTo && attempt === 1)) break;
      }
      await giveBack(left);
    },

    ...argoBuckets(connection),
  };
}
