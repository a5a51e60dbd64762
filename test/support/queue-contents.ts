import type { Queue, QueueEntry } from '../../eventbus/bus.ts';

export async function entriesOf(queue: Queue): Promise<QueueEntry[]> {
  const entries: QueueEntry[] = [];
  for await (const entry of queue.entries()) entries.push(entry);
  return entries;
}

/** The bodies of all that waits, as text. */
export async function bodiesOf(queue: Queue): Promise<string[]> {
  const bodies: string[] = [];
  for (const { sequence } of await entriesOf(queue)) bodies.push(Buffer.from((await queue.read(sequence))!).toString('utf8'));
  return bodies;
}
