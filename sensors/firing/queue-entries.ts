import type { Queue, QueueEntry } from '../../eventbus/bus.ts';

/** All that waits in a queue now, oldest first. */
export async function entriesOf(queue: Queue): Promise<QueueEntry[]> {
  const entries: QueueEntry[] = [];
  for await (const entry of queue.entries()) entries.push(entry);
  return entries;
}
