import { onceATurn } from '../../src/core/time/once-a-turn.ts';
import type { Delivery, Subscription } from '../bus.ts';
import { subjectOf } from '../subjects.ts';
import type { Connection } from './connection.ts';
import { nameBySubject } from './durable.ts';
import { Pull } from './pull.ts';
import type { EventStream } from './stream.ts';

const largestBatch = 256;

/** One durable (before 2.10 one for each subject) → batches of deliveries, until the signal aborts. */
export async function* deliveries(
  connection: Connection,
  stream: EventStream,
  durable: string,
  { origins, since, from, quietSince, shared, maxInFlight, acksWithin, opened = () => {} }: Subscription,
  signal: AbortSignal,
): AsyncGenerator<Delivery[]> {
  const subjects = [...new Set(origins.map((origin) => subjectOf(stream.name, origin)))];
  const specs = durables(connection, durable, subjects);
  const share = Math.max(1, Math.floor(maxInFlight / specs.length));
  const ended = new AbortController();
  const stop = AbortSignal.any([signal, ended.signal]);

  let wake = () => {};
  const askSoon = onceATurn(() => pulls.forEach((pull) => void pull.ask()));
  const changed = () => {
    askSoon();
    wake();
  };
  const pulls: Pull[] = specs.map(
    ([name, subjects]) =>
      new Pull(connection, stream, { name, subjects, since, from, quietSince, shared, maxInFlight: share, acksWithin }, changed),
  );
  void Promise.all(pulls.map((pull) => pull.opened)).then(opened);
  const running = pulls.map((pull) => pull.run(stop));
  const take = (): Delivery[] => {
    const batch: Delivery[] = [];
    for (const { inFlight } of pulls) {
      const room = maxInFlight - pulls.reduce((sum, pull) => sum + pull.inFlight.handedOut, 0);
      batch.push(...inFlight.take(Math.min(room, largestBatch)));
    }
    return batch;
  };
  let stopTimer = () => {};
  const keepAlive = () => {
    stopTimer = connection.clock.after(500, keepAlive);
    for (const { inFlight } of pulls) inFlight.keepAlive();
  };
  keepAlive();
  stop.addEventListener('abort', () => wake(), { once: true });
  try {
    while (!stop.aborted) {
      const batch = take();
      if (batch.length > 0) yield batch;
      else
        await new Promise<void>((resolve) => {
          wake = resolve;
        });
    }
  } finally {
    ended.abort();
    stopTimer();
    await Promise.all(running);
    for (const { inFlight } of pulls) inFlight.giveBack();
  }
}

/** The durables of a subscription, with the subjects that each takes. */
function durables(connection: Connection, name: string, subjects: readonly string[]): (readonly [string, readonly string[]])[] {
  if (subjects.length === 0) return [];
  return connection.atLeast(10) ? [[name, subjects]] : subjects.map((subject) => [nameBySubject(name, subject), [subject]]);
}
