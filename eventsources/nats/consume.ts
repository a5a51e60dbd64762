/**
 * Takes messages from a JetStream stream through a durable consumer, by the server's own JSON interface. A message is acknowledged once
 * its event is stored; one that can never be an event is ended, so that it does not come again.
 */
import { randomUUID } from 'node:crypto';
import { EngineError } from '../../src/core/errors/engine-error.ts';
import { stableId } from '../../src/core/event/stable-id.ts';
import type { Msg } from '../../src/core/nats/connect.ts';
import type { EventSourceContext } from '../event-source.ts';
import { Lanes } from '../lanes.ts';
import { relay } from '../messages/relay.ts';
import type { Session } from './connection.ts';
import { type Consumer, ensureConsumer, streamOf } from './consumer.ts';
import { messageOf } from './message.ts';
import type { NatsSpec } from './spec.ts';

/** Messages that are handed out without an acknowledgement, and that are asked for at a time. */
const inFlight = 256;
const batch = 64;

/** How long the server waits for messages before it says that there are none, in milliseconds. */
const expires = 5000;

export async function consume(
  spec: NatsSpec,
  jetstream: NonNullable<NatsSpec['jetstream']>,
  context: EventSourceContext,
  session: Session,
): Promise<void> {
  const { namespace, eventSourceName, eventName } = context;
  const stream = jetstream.stream ?? (await streamOf(spec.subject, session));
  const durable = jetstream.durable ?? [namespace, eventSourceName, eventName].map(asToken).join('__');
  await ensureConsumer({ stream, durable, subject: spec.subject, deliverPolicy: jetstream.deliverPolicy, inFlight }, session);

  const held = new Set<Msg>();
  const lanes = new Lanes(inFlight, session.failed);
  const work = async (message: Msg): Promise<void> => {
    const { sequence, time } = placeOf(message);
    const id = stableId('nats', eventSourceName, eventName, stream, sequence, time);
    const outcome = await relay(messageOf(message, spec, id), spec.metadata, context);
    held.delete(message);
    message.respond(outcome === 'taken' ? '+ACK' : '+TERM');
  };
  let hasEnded = false;
  const take = async (message: Msg): Promise<void> => {
    if (hasEnded) return giveBack(message);
    held.add(message);
    return lanes.push(message.subject, () => work(message));
  };
  pull({ stream, durable }, context, session, take);
  session.listening();
  session.atEnd(() => {
    hasEnded = true;
    for (const message of held) giveBack(message);
  });
}

/** Whoever comes next need not wait until the server gives us up. */
const giveBack = (message: Msg): void => void message.respond('-NAK');

/** Asks for a batch of messages, and for the next when all of it has come, or none has for a while. `take` resolves when there is room for more. */
function pull(
  { stream, durable }: Consumer,
  { clock, signal }: EventSourceContext,
  { connection, name, failed }: Session,
  take: (message: Msg) => Promise<void>,
): void {
  const inbox = `_INBOX.${randomUUID()}`;
  let expected = 0;
  let stopWaiting = () => {};
  const ask = (): void => {
    if (signal.aborted || connection.isClosed()) return;
    expected = batch;
    stopWaiting();
    const silent = () => failed(new EngineError('UNREACHABLE_SENDER', { server: name, reason: 'it does not answer' }));
    stopWaiting = clock.after(3 * expires, silent);
    const request = JSON.stringify({ batch, expires: expires * 1e6 });
    connection.publish(`$JS.API.CONSUMER.MSG.NEXT.${stream}.${durable}`, request, { reply: inbox });
  };
  const statusOf = ({ data, headers }: Msg): number => (data.length === 0 && headers ? headers.code : 0);
  connection.subscribe(inbox, {
    callback: (error, message) => {
      if (error) return failed(error);
      const status = statusOf(message);
      if (status === 0) {
        const hasRoom = take(message);
        expected -= 1;
        if (expected === 0) void hasRoom.then(ask);
      } else if (status === 503) {
        failed(new EngineError('REMOTE_SENDER', { server: name, reason: `the consumer ${durable} is gone` }));
      } else if (status === 404 || status === 408) {
        ask();
      } else {
        // Too much is unacknowledged, or its server changes: both pass.
        void clock.sleep(1000, signal).then(ask);
      }
    },
  });
  signal.addEventListener('abort', () => stopWaiting());
  ask();
}

/** A name as a word of a subject. */
const asToken = (name: string): string => name.replace(/[^\w-]/g, (one) => `%${one.codePointAt(0)!.toString(16)}`);

/** From the subject that acknowledgements go to, which has two forms: with a domain and an account in it, and without. */
function placeOf({ reply = '' }: Msg): { sequence: string; time: string } {
  const words = reply.split('.');
  const at = words.length > 9 ? 7 : 5;
  return { sequence: words[at] ?? '', time: words[at + 2] ?? '' };
}
