import type { Delivery, Subscription } from '../bus.ts';
import { subjectOf } from '../subjects.ts';
import type { Connection } from './connection.ts';
import { nameBySubject } from './durable.ts';
import { InFlight } from './in-flight.ts';
import { Pull } from './pull.ts';
import type { EventStream } from './stream.ts';

const largestBatch = 256;

/** One durable (before 2.10 one for each subject) → batches of deliveries, until the signal aborts. */
export async function* deliveries(
  connection: Connection,
  stream: EventStream,
  durable: string,
  { origins, since, maxInFlight }: Subscription,
  signal: AbortSignal,
): AsyncGenerator<Delivery[]> {
  const subjects = [...new Set(origins.map((origin) => subjectOf(stream.name, origin)))];
  const pulls: Pull[] = [];
  const inFlight = new InFlight(
    connection,
    once(() => pulls.forEach((pull) => void pull.ask())),
  );
  const roomLeft = () => maxInFlight - inFlight.size - pulls.reduce((sum, pull) => sum + pull.outstanding, 0);
  for (const [name, filter] of durables(connection, durable, subjects))
    pulls.push(new Pull(connection, stream, { name, subjects: filter, since, maxInFlight }, inFlight, roomLeft));

  const ended = new AbortController();
  const stop = AbortSignal.any([signal, ended.signal]);
  const running = pulls.map((pull) => pull.run(stop));
  let stopTimer = () => {};
  const keepAlive = () => {
    stopTimer = connection.clock.after(500, keepAlive);
    inFlight.keepAlive();
  };
  keepAlive();
  stop.addEventListener('abort', () => inFlight.wake(), { once: true });
  try {
    while (!stop.aborted) {
      await inFlight.arrival();
      if (!stop.aborted) yield inFlight.take(largestBatch);
    }
  } finally {
    ended.abort();
    stopTimer();
    await Promise.all(running);
    inFlight.giveBack();
  }
}

/** The durables of a subscription, with the subjects that each takes. */
function durables(connection: Connection, name: string, subjects: readonly string[]): (readonly [string, readonly string[]])[] {
  if (subjects.length === 0) return [];
  return connection.atLeast(10) ? [[name, subjects]] : subjects.map((subject) => [nameBySubject(name, subject), [subject]]);
}

/** However often the result is called in one turn of the event loop, it calls back once, after it. */
function once(callback: () => void): () => void {
  let waiting = false;
  return () => {
    if (waiting) return;
    waiting = true;
    setImmediate(() => {
      waiting = false;
      callback();
    });
  };
}
