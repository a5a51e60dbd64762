/** Dead letters that shall be tried again: whoever asked for it has put them into the sensor's queue. */
import type { Queue, QueueEntry } from '../../eventbus/bus.ts';
import { isObject } from '../../src/core/json/json.ts';
import { parseJson } from '../../src/core/json/parse.ts';
import type { DeliveryHold } from '../deliveries/intake.ts';
import { CountedHold } from './hold.ts';
import type { LaneContext } from './lane-context.ts';
import { persist } from './persist.ts';
import { decodeWaiting, dependencyOfLine } from './queue-body.ts';

/**
 * Removes the dead letter that an entry of the queue was made of, before that is tried: so it is never in both places when it fails again,
 * and who asked may be interrupted at any point. Resolves when it is gone; another one in its place is left alone.
 */
export async function dropDeadLetter(id: string, sequence: number, { parked, clock, over }: LaneContext): Promise<void> {
  const body = await persist(() => parked.read(sequence), { clock, over });
  if (body && isOf(body, id)) await persist(() => parked.remove(sequence), { clock, over });
}

/** Whether a dead letter is of this firing; one of an event has no firing, and its sequence must do. */
function isOf(body: Uint8Array, id: string): boolean {
  try {
    const letter = parseJson(Buffer.from(body).toString('utf8'));
    return isObject(letter) && (letter['firing'] === undefined || letter['firing'] === id);
  } catch {
    return false;
  }
}

/** The event of an entry, as if it had been delivered again to one dependency. Undefined when the entry is gone or cannot be read. */
export async function heldAgain(
  queue: Queue,
  entry: QueueEntry,
  context: LaneContext,
  done: () => void,
): Promise<DeliveryHold | undefined> {
  const { clock, over } = context;
  const body = await persist(() => queue.read(entry.sequence), context);
  if (!body) return void done();
  const { firing, replays } = decodeWaiting(body);
  const [event] = firing.events.values();
  if (replays !== undefined) await dropDeadLetter(entry.id, replays, context);
  const leave = async (): Promise<void> => {
    await persist(() => queue.remove(entry.sequence), { clock, over });
    done();
  };
  const hold = new CountedHold(true, (settled) => {
    leave().then(() => settled.tellSettled(), context.fail);
  });
  const only = dependencyOfLine(entry.key ?? '')!;
  const delivery = {
    event,
    problem: undefined,
    subject: '',
    sequence: 0,
    attempt: 2,
    storedAt: clock.now(),
    ack() {},
    working() {},
  };
  return Object.assign(hold, { delivery, only, replay: entry.id });
}
