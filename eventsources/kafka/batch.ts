import type { EachBatchPayload, IHeaders, KafkaMessage } from 'kafkajs';
import { goQuote } from '../../src/core/json/quote.ts';
import { goJson } from '../../src/core/json/stringify.ts';
import type { EventSourceContext } from '../event-source.ts';
import { Lanes } from '../lanes.ts';
import { bodyText } from '../messages/body.ts';
import { goTimeText } from '../messages/go-time.ts';
import { type Message, relay } from '../messages/relay.ts';
import { kafkaEventId } from './event-id.ts';
import type { Places } from './places.ts';
import type { KafkaSpec } from './spec.ts';

/** Messages of a partition that are worked on at a time. */
const inFlight = 128;

/** A sign of life for the brokers is due so often while we wait for the bus; in milliseconds. */
const heartbeatEvery = 2000;

/**
 * Takes a batch in parts: our place moves on when every message of a part is stored or refused. Messages with one key go one after
 * another, as do those without a key. Rejects with the first error that waiting cannot mend, and when the signal aborts.
 */
export async function takeBatch(
  { batch, resolveOffset, heartbeat, commitOffsetsIfNecessary, isRunning, isStale }: EachBatchPayload,
  spec: KafkaSpec,
  context: EventSourceContext,
  places: Places,
): Promise<void> {
  const { clock, signal } = context;
  const perSecond = spec.limitEventsPerSecond ?? 0;
  const size = perSecond > 0 ? 1 : inFlight;
  const alive = async (work: Promise<void>): Promise<void> => {
    const done = work.then(() => true);
    for (let isDone = false; !isDone; ) {
      let stopWaiting = (): void => {};
      const due = new Promise<false>((resolve) => {
        stopWaiting = clock.after(heartbeatEvery, () => resolve(false));
      });
      isDone = await Promise.race([done, due]).finally(stopWaiting);
      await heartbeat();
    }
  };
  for (let at = 0; at < batch.messages.length && isRunning() && !isStale(); at += size) {
    const part = batch.messages.slice(at, at + size);
    await alive(relayAll(part, batch, spec, context));
    const last = part.at(-1)!.offset;
    await places.moved(batch.partition, `${BigInt(last) + 1n}`);
    resolveOffset(last);
    await commitOffsetsIfNecessary();
    if (perSecond > 0) await alive(clock.sleep(1000 / perSecond, signal));
  }
}

async function relayAll(
  messages: readonly KafkaMessage[],
  at: { topic: string; partition: number },
  spec: KafkaSpec,
  context: EventSourceContext,
): Promise<void> {
  let failure: { thrown: unknown } | undefined;
  const lanes = new Lanes(messages.length + 1, (thrown) => {
    failure = { thrown };
  });
  for (const message of messages) {
    const one = messageOf(message, at, spec, context);
    void lanes.push(one.orderKey ?? '', async () => void (await relay(one, spec.metadata, context)));
  }
  await lanes.idle();
  if (failure) throw failure.thrown;
}

function messageOf(
  { key, value, headers, timestamp, offset }: KafkaMessage,
  { topic, partition }: { topic: string; partition: number },
  { url, jsonBody }: KafkaSpec,
  { eventSourceName, eventName }: EventSourceContext,
): Message {
  const keyText = key?.toString() ?? '';
  const time = Number(timestamp);
  return {
    id: kafkaEventId({ eventSourceName, eventName, url, topic, partition, offset }),
    orderKey: key ? `${topic}/${partition}/${keyText}` : `${topic}/${partition}`,
    about: { topic, partition, offset },
    fields: () => ({
      topic: goQuote(topic),
      key: goQuote(keyText),
      partition: `${partition}`,
      body: bodyText(value, jsonBody),
      timestamp: goQuote(goTimeText(time >= 0 ? time : undefined)),
      headers: goJson(lastValues(headers)),
    }),
  };
}

/** Of a header that is there several times the last value counts, as in Argo. */
function lastValues(headers: IHeaders | undefined): Record<string, string> {
  const pairs = Object.entries(headers ?? {}).map(([name, value]) => [name, String((Array.isArray(value) ? value.at(-1) : value) ?? '')]);
  return Object.fromEntries(pairs);
}
