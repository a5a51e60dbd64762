/**
 * Moves a sensor from us back to Argo: nothing new is begun, what was begun is brought to an end, and then Argo's durables and held
 * events say what ours said.
 *
 * Called by the sensor's owner. Until the last step nothing of ours is lost, so that whatever stops it, it can be done again.
 */
import type { ArgoSide, EventBus, HeldEvent, Queue } from '../../eventbus/bus.ts';
import type { Tell } from '../../src/core/telemetry/tell.ts';
import type { Clock } from '../../src/core/time/clock.ts';
import type { CompiledSensor, CompiledTrigger } from '../compiled.ts';
import type { StoredHead } from '../conditions/stored-heads.ts';
import { entriesOf } from '../firing/queue-entries.ts';
import { nameOnBus } from '../names.ts';
import type { Shift } from '../shift.ts';
import { argoKey, type Waited, waitedFor } from './argo-names.ts';
import { makeDurables, takenOver } from './take-over.ts';

interface HandBackContext {
  readonly bus: EventBus;
  readonly tell: Tell;
  readonly signal: AbortSignal;
  /** What is remembered of joins, with nothing pending. */
  readonly heads: readonly StoredHead[];
}

interface WorkOffContext extends Omit<HandBackContext, 'heads'> {
  readonly queue: Queue;
  readonly clock: Clock;
}

/** How often is looked whether all is done, in milliseconds. */
const lookEvery = 250;

/**
 * Brings what was begun to an end, however often it has to be tried: resolves when nothing waits any more. Where Argo's durables are
 * missing, they are made, and events are taken until everything from before is done.
 */
export async function workOff(sensor: CompiledSensor, shift: Shift, { bus, queue, clock, tell, signal }: WorkOffContext): Promise<void> {
  const { argo } = bus;
  if (argo && (await makeDurables(sensor, argo))) {
    const last = await bus.lastSequence();
    const ours = sensor.dependencies.map((origin) => argo.durableOf(nameOnBus(sensor), origin));
    const enough = new AbortController();
    const receiving = shift.receive(AbortSignal.any([signal, enough.signal]));
    const isDone = async (): Promise<boolean> => (await Promise.all(ours.map((durable) => argo.isPast(durable, last)))).every(Boolean);
    while (!signal.aborted && !(await isDone())) await clock.sleep(lookEvery, signal);
    enough.abort();
    await receiving;
  }
  for (let told = 0; !signal.aborted; ) {
    const { length: waiting } = await entriesOf(queue);
    if (waiting === 0 && shift.isQuiet) return;
    if (waiting > 0 && waiting !== told) tell.handingBack({ sensor: sensor.name, waiting });
    told = waiting;
    await clock.sleep(lookEvery, signal);
  }
}

/** Tells Argo what we have done, and forgets it. Rejects with what the bus says, and with the signal's reason. */
export async function handBack(sensor: CompiledSensor, { bus, tell, signal, heads }: HandBackContext): Promise<void> {
  const { argo } = bus;
  if (!argo) return;
  const name = nameOnBus(sensor);
  const floors = await takenOver({ bus, store: await bus.state(name) });
  const ours = await argo.positions([...new Set(sensor.dependencies.map((origin) => argo.durableOf(name, origin)))], signal);
  /** A join has folded in what came before the newest that it took, also where the acknowledgement was lost. */
  const takenBy = ({ trigger, dependency }: Waited): number => {
    const head = heads.find((one) => one.trigger.name === trigger && one.key === '');
    return head?.known.marks.get(dependency.name)?.sequence ?? 0;
  };
  const isDone = (sequence: number, by: Waited): boolean =>
    sequence <= takenBy(by) || (floors?.isDone(sequence, by.dependency.name, by.trigger) ?? false);
  const advanced = [...(await byDurable(sensor, argo))].map(async ([durable, sharing]) => {
    const position = ours.get(argo.durableOf(name, sharing[0]!.dependency));
    if (!position) return;
    const except = position.except.filter((sequence) => !sharing.every((one) => isDone(sequence, one)));
    await argo.advance(durable, { upTo: position.upTo, except }, signal);
  });
  await Promise.all(advanced);
  let held = 0;
  for (const trigger of sensor.triggers) held += await giveHeld(sensor, trigger, heads, argo);
  await bus.forget(name);
  tell.handedBack({ sensor: sensor.name, bus: bus.describe, held });
}

/** Argo's durables that are there, each with who waits for its messages. */
async function byDurable(sensor: CompiledSensor, argo: ArgoSide): Promise<Map<string, Waited[]>> {
  const found = new Map<string, Waited[]>();
  for (const waited of waitedFor(sensor)) {
    const there = await Promise.all(waited.durables.map((one) => argo.hasDurable(one)));
    const durable = waited.durables.find((_, index) => there[index]);
    if (durable !== undefined) found.set(durable, [...(found.get(durable) ?? []), waited]);
  }
  return found;
}

/** Argo holds one event a dependency, and knows no join keys: the newest of those that meet without a key. */
async function giveHeld(
  { name: bucket }: CompiledSensor,
  trigger: CompiledTrigger,
  heads: readonly StoredHead[],
  argo: ArgoSide,
): Promise<number> {
  const matching = heads.find((head) => head.trigger.name === trigger.name && head.key === '')?.known.matching;
  let count = 0;
  for (const dependency of trigger.join?.names ?? []) {
    const held: HeldEvent | undefined = matching?.get(dependency)?.at(-1);
    await argo.hold(bucket, argoKey(trigger.name, dependency), held);
    if (held) count += 1;
  }
  return count;
}
