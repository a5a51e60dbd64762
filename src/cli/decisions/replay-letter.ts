import { encodeWaiting, lineOf, lineOfDependency } from '../../../sensors/firing/queue-body.ts';
import { nameOnBus } from '../../../sensors/names.ts';
import type { Firing } from '../../../sensors/triggers/trigger.ts';
import type { Letter } from './letters.ts';

/** A letter as the firing that it is; of an event that a dependency could not use, the trigger has no name. */
export const firingIn = ({ id, sensor, namespace, trigger, events, orderKey }: Letter): Firing => ({
  id,
  sensor,
  namespace,
  trigger: trigger ?? '',
  events,
  orderKey,
});

/**
 * Puts a letter into its sensor's queue and removes it from the dead letters. May be interrupted at any point and called again: the queue
 * keeps a firing once, and the sensor removes the letter before it tries it. False when the letter is gone meanwhile.
 */
export async function replayLetter(letter: Letter, now: number): Promise<boolean> {
  const { bus, id, sequence, namespace, sensor, trigger, dependency, orderKey } = letter;
  const parked = await bus.parked();
  if (!(await parked.read(sequence))) return false;
  const queue = await bus.queue(nameOnBus({ namespace, name: sensor }));
  const body = encodeWaiting({ firing: firingIn(letter), decidedAt: now, storedAt: now, attempts: 0, replays: sequence });
  await queue.put(body, { id, key: trigger === undefined ? lineOfDependency(dependency ?? '') : lineOf(trigger, orderKey) });
  await parked.remove(sequence);
  return true;
}
