import type { EventBus, Lease, QueueEntry } from '../eventbus/bus.ts';
import type { Kube } from '../src/core/kube/kube.ts';
import { supervise } from '../src/core/lifecycle/supervise.ts';
import type { Notebooks } from '../src/core/telemetry/notebook.ts';
import type { Tell } from '../src/core/telemetry/tell.ts';
import type { Clock } from '../src/core/time/clock.ts';
import { onceATurn } from '../src/core/time/once-a-turn.ts';
import { Turns } from '../src/core/time/turns.ts';
import type { CompiledSensor } from './compiled.ts';
import { storedHeads } from './conditions/stored-heads.ts';
import { recorded } from './decisions/index.ts';
import { readReservations } from './firing/pace.ts';
import { persist } from './firing/persist.ts';
import { entriesOf } from './firing/queue-entries.ts';
import { nameOnBus } from './names.ts';
import { presence } from './presence.ts';
import { Shift, type ShiftDeps } from './shift.ts';
import { handBack, workOff } from './takeover/hand-back.ts';
import { takenOver, takeOver } from './takeover/take-over.ts';

export interface SensorDeps {
  readonly bus: EventBus;
  readonly kube: Kube;
  readonly clock: Clock;
  readonly tell: Tell;
  /** Ends it: no event is taken any more, and attempts in flight get until `drainFor`. */
  readonly signal: AbortSignal;
  /** Those of the process; its own if left out. */
  readonly turns?: Turns;
  readonly notebooks?: Notebooks;
  /** In milliseconds; 10 s if left out. */
  readonly drainFor?: number;
  /** How many decisions are kept on the bus for `sensorium why`; none if left out. */
  readonly decisions?: number;
  /** Where Argo's sensor of this name ran on the same bus: go on where it stopped, or let it go on where we stop, and end. */
  readonly move?: 'takeover' | 'hand-back' | undefined;
  /** Told when it takes events, or stands by for the process that does. */
  readonly onReady?: () => void;
}

/**
 * Runs a sensor until the signal aborts: takes its events from the bus, decides, fires its triggers, and acknowledges an event
 * when for each trigger that it concerns the outcome is safe (done, in the durable queue, or parked with its reason).
 *
 * One process works a sensor at a time, the others stand by. Whatever stops it, and wherever, the next one goes on: nothing is
 * lost, firings with the same order key keep their order, and what may have been done already is done again under the same
 * firing id. To change a rule, abort and run the new one; what waits in the queue is worked by the trigger of the same name.
 * A hand-back ends by itself, when all that was begun is done and Argo's sensor knows where to go on.
 *
 * Of a shared sensor all processes take events, each does what it can do at once, and puts the rest into the queue; that is worked by one of
 * them, the keeper, and when it is gone by another. A sensor that moves from Argo or back has one owner meanwhile.
 * Never rejects.
 */
export async function runSensor(sensor: CompiledSensor, deps: SensorDeps): Promise<void> {
  const part = nameOnBus(sensor);
  if (!sensor.shared || deps.move) {
    await supervise(part, (signal) => standByAndWork({ ...sensor, shared: false }, { ...deps, signal }), deps);
    return;
  }
  const { onReady: _, ...unheard } = deps;
  await Promise.all([
    supervise(part, (signal) => take(sensor, { ...deps, signal }), deps),
    supervise(part, (signal) => standByAndWork(sensor, { ...unheard, signal }), deps),
  ]);
}

/** As its owner; of a shared sensor as its keeper. */
async function standByAndWork(sensor: CompiledSensor, deps: SensorDeps): Promise<void> {
  while (!deps.signal.aborted) {
    const lease = await takeLease(sensor, deps);
    try {
      await workRecorded(sensor, deps, { lost: lease.lost, isBeside: false }, (one, told) => workOwned(one, told, lease));
      const ended = AbortSignal.any([deps.signal, lease.lost]);
      if (deps.move === 'hand-back' && !ended.aborted) return await giveBack(sensor, deps, ended);
    } finally {
      if (lease.lost.aborted) deps.tell.leaseLost(whatIsWorked(sensor));
      // If the bus cannot be told, the lease ends by itself.
      await lease.release().catch(() => {});
    }
  }
}

const whatIsWorked = ({ name: sensor, shared }: CompiledSensor) => ({ sensor, ...(shared ? { part: 'queue' } : {}) });

/** Rejects when the signal aborts. */
async function takeLease(sensor: CompiledSensor, { bus, clock, tell, signal, onReady }: SensorDeps): Promise<Lease> {
  const cancel = clock.after(1_000, () => {
    if (!bus.connected || sensor.shared) return;
    tell.leaseWaiting({ sensor: sensor.name });
    onReady?.();
  });
  try {
    const lease = await bus.lease(nameOnBus(sensor), signal);
    tell.leaseTaken(whatIsWorked(sensor));
    return lease;
  } finally {
    cancel();
  }
}

/** Takes events beside others until the signal aborts. */
async function take(sensor: CompiledSensor, deps: SensorDeps): Promise<void> {
  while (!deps.signal.aborted) {
    const stores = await untilAborted(openShared(deps, nameOnBus(sensor)), deps.signal);
    if (!stores) return;
    const lease = presence(deps);
    try {
      await workRecorded(sensor, deps, { lost: lease.lost, isBeside: true }, (one, told) => takeShared(one, told, stores, lease));
    } finally {
      if (lease.lost.aborted) deps.tell.presenceLost({ sensor: sensor.name });
      lease.end();
    }
  }
}

/** A shift whose decisions are kept, where somebody wants them. */
async function workRecorded(
  sensor: CompiledSensor,
  deps: SensorDeps,
  { lost, isBeside }: { readonly lost: AbortSignal; readonly isBeside: boolean },
  work: (sensor: CompiledSensor, deps: SensorDeps) => Promise<void>,
): Promise<void> {
  if (!deps.decisions) return work(sensor, deps);
  const recording = await recorded(sensor, deps.decisions, { ...deps, isBeside });
  try {
    await work(recording.sensor, { ...deps, tell: recording.tell });
  } finally {
    await recording.end(!lost.aborted);
  }
}

/** After a shift that left nothing behind. */
async function giveBack(sensor: CompiledSensor, deps: SensorDeps, signal: AbortSignal): Promise<void> {
  const { heads = [] } = await openQueues(sensor, deps, signal);
  await handBack(sensor, { ...deps, signal, heads });
}

/** What a shift finds on the bus. */
type Stores = Pick<ShiftDeps, 'queue' | 'parked' | 'store' | 'heads' | 'reservations' | 'floors'>;

/** The owner's shift. */
async function workOwned(sensor: CompiledSensor, deps: SensorDeps, lease: Lease): Promise<void> {
  const ended = AbortSignal.any([deps.signal, lease.lost]);
  const queues = await untilAborted(openQueues(sensor, deps, ended), ended);
  if (!queues) return;
  const { entries, ...stores } = queues;
  await workShift(sensor, deps, { ...stores, lease }, (shift, signal) => {
    deps.bus.onNudge(nameOnBus(sensor), () => void shift.look(), signal);
    shift.resume(entries);
    if (deps.move === 'hand-back') return workOff(sensor, shift, { ...deps, queue: stores.queue, signal });
    if (sensor.shared) return shift.keep(signal);
    deps.tell.sensorStarted({ sensor: sensor.name });
    return shift.receive(signal, deps.onReady);
  });
}

/** The shift of one of those who take the events of a shared sensor. */
async function takeShared(sensor: CompiledSensor, deps: SensorDeps, stores: Stores, lease: Pick<Lease, 'lost' | 'until'>): Promise<void> {
  const handOver = onceATurn(() => void deps.bus.nudge(nameOnBus(sensor)).catch(() => {}));
  await workShift(sensor, deps, { ...stores, lease, handOver }, (shift, signal) => {
    shift.open();
    deps.tell.sensorStarted({ sensor: sensor.name });
    return shift.receive(signal, deps.onReady);
  });
}

/** One shift, from its beginning until the signal aborts or the lease is lost, and what was begun is settled. */
async function workShift(
  sensor: CompiledSensor,
  deps: SensorDeps,
  { lease, ...rest }: Stores & Pick<ShiftDeps, 'handOver'> & { readonly lease: Pick<Lease, 'lost' | 'until'> },
  work: (shift: Shift, signal: AbortSignal) => Promise<void>,
): Promise<void> {
  const { lost } = lease;
  const over = new AbortController();
  const ended = AbortSignal.any([deps.signal, lost, over.signal]);
  if (ended.aborted) return;
  let shift: Shift | undefined;
  try {
    const broken = new Promise<never>((_, reject) => {
      shift = new Shift(sensor, { turns: new Turns(deps.clock), ...deps, ...rest, lease, fail: reject });
    });
    await Promise.race([untilAborted(work(shift!, ended), ended), broken]);
    if (!lost.aborted) await Promise.race([shift!.drain(deps.drainFor ?? 10_000, lost), broken]);
  } finally {
    over.abort();
    shift?.end();
  }
}

/** Undefined where the signal aborts before. */
function untilAborted<T>(promise: Promise<T>, signal: AbortSignal): Promise<T | undefined> {
  const aborted = new Promise<undefined>((resolve) => {
    if (signal.aborted) resolve(undefined);
    signal.addEventListener('abort', () => resolve(undefined), { once: true });
  });
  return Promise.race([promise, aborted]);
}

/** What one of those needs who take the events of a shared sensor: nothing that only an owner may read and write. Waits for the bus. */
function openShared({ bus, clock, signal }: SensorDeps, name: string): Promise<Stores> {
  const open = async () => {
    const [queue, parked, store] = [await bus.queue(name), await bus.parked(), await bus.state(name)];
    return { queue, parked, store, heads: undefined, reservations: new Map(), floors: await takenOver({ bus, store }) };
  };
  return persist(open, { clock, over: signal });
}

/** The sensor's queue with all that waits in it, the dead-letter store, and what is remembered of its joins and limits. Waits for the bus. */
function openQueues(
  sensor: CompiledSensor,
  { bus, clock, tell, move }: SensorDeps,
  over: AbortSignal,
): Promise<Stores & { entries: QueueEntry[] }> {
  return persist(
    async () => {
      const queue = await bus.queue(nameOnBus(sensor));
      const store = await bus.state(nameOnBus(sensor));
      const floors = await (move === 'takeover' ? takeOver(sensor, { bus, store, tell, signal: over }) : takenOver({ bus, store }));
      // Also where the rule joins no more: what was decided under the one before is still done.
      const stored = await storedHeads(sensor, store, queue, clock.now());
      const heads = sensor.triggers.some(({ join }) => join) ? stored : undefined;
      const reservations = await readReservations(sensor.triggers, store);
      return { queue, parked: await bus.parked(), store, heads, reservations, floors, entries: await entriesOf(queue) };
    },
    { clock, over },
  );
}
