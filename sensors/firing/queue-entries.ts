import type { Queue, QueueEntry } from '../../eventbus/bus.ts';

/** All that waits in a queue now, or what was put there after a sequence; oldest first. */
export async function entriesOf(queue: Queue, after?: number): Promise<QueueEntry[]> {
  const entries: QueueEntry[] = [];
  for await (const entry of queue.entries(after)) entries.push(entry);
  return entries;
}
