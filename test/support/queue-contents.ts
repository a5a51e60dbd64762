import type { Queue } from '../../eventbus/bus.ts';
import { entriesOf } from '../../sensors/firing/queue-entries.ts';

export { entriesOf };

/** The bodies of all that waits, as text. */
export async function bodiesOf(queue: Queue): Promise<string[]> {
  const bodies: string[] = [];
  for (const { sequence } of await entriesOf(queue)) bodies.push(Buffer.from((await queue.read(sequence))!).toString('utf8'));
  return bodies;
}
