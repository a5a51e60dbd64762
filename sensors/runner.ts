import type { EventBus, Lease, QueueEntry } from '../eventbus/bus.ts';
import type { Kube } from '../src/core/kube/kube.ts';
import { supervise } from '../src/core/lifecycle/supervise.ts';
import type { Notebooks } from '../src/core/telemetry/notebook.ts';
import type { Tell } from '../src/core/telemetry/tell.ts';
import type { Clock } from '../src/core/time/clock.ts';
import { Turns } from '../src/core/time/turns.ts';
import type { CompiledSensor } from './compiled.ts';
import { storedHeads } from './conditions/stored-heads.ts';
import { recorded } from './decisions/index.ts';
import { readReservations } from './firing/pace.ts';
import { persist } from './firing/persist.ts';
import { entriesOf } from './firing/queue-entries.ts';
import { nameOnBus } from './names.ts';
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
 * Never rejects.
 */
export async function runSensor(sensor: CompiledSensor, deps: SensorDeps): Promise<void> {
  await supervise(nameOnBus(sensor), (signal) => standByAndWork(sensor, { ...deps, signal }), deps);
}

async function standByAndWork(sensor: CompiledSensor, deps: SensorDeps): Promise<void> {
  while (!deps.signal.aborted) {
    const lease = await takeLease(sensor, deps);
    try {
      await workRecorded(sensor, deps, lease);
      const ended = AbortSignal.any([deps.signal, lease.lost]);
      if (deps.move === 'hand-back' && !ended.aborted) return await giveBack(sensor, deps, ended);
    } finally {
      if (lease.lost.aborted) deps.tell.leaseLost({ sensor: sensor.name });
      // If the bus cannot be told, the lease ends by itself.
      await lease.release().catch(() => {});
    }
  }
}

/** Rejects when the signal aborts. */
async function takeLease(sensor: CompiledSensor, { bus, clock, tell, signal, onReady }: SensorDeps): Promise<Lease> {
  const cancel = clock.after(1_000, () => {
    if (!bus.connected) return;
    tell.leaseWaiting({ sensor: sensor.name });
    onReady?.();
  });
  try {
    const lease = await bus.lease(nameOnBus(sensor), signal);
    tell.leaseTaken({ sensor: sensor.name });
    return lease;
  } finally {
    cancel();
  }
}

/** A shift whose decisions are kept, where somebody wants them. */
async function workRecorded(sensor: CompiledSensor, deps: SensorDeps, lease: Lease): Promise<void> {
  if (!deps.decisions) return workShift(sensor, deps, lease);
  const recording = await recorded(sensor, deps.decisions, deps);
  try {
    await workShift(recording.sensor, { ...deps, tell: recording.tell }, lease);
  } finally {
    await recording.end(!lease.lost.aborted);
  }
}

/** After a shift that left nothing behind. */
async function giveBack(sensor: CompiledSensor, deps: SensorDeps, signal: AbortSignal): Promise<void> {
  const { heads = [] } = await openQueues(sensor, deps, signal);
  await handBack(sensor, { ...deps, signal, heads });
}

async function workShift(sensor: CompiledSensor, deps: SensorDeps, lease: Lease): Promise<void> {
  const { lost } = lease;
  const over = new AbortController();
  const ended = AbortSignal.any([deps.signal, lost, over.signal]);
  if (ended.aborted) return;
  const stopped = new Promise<undefined>((resolve) => ended.addEventListener('abort', () => resolve(undefined)));
  let shift: Shift | undefined;
  try {
    const queues = await Promise.race([openQueues(sensor, deps, ended), stopped]);
    if (!queues) return;
    const { entries, ...stores } = queues;
    const broken = new Promise<never>((_, reject) => {
      shift = new Shift(sensor, { turns: new Turns(deps.clock), ...deps, ...stores, lease, fail: reject });
    });
    deps.tell.sensorStarted({ sensor: sensor.name });
    deps.bus.onNudge(nameOnBus(sensor), () => void shift?.look(), over.signal);
    shift!.resume(entries);
    const work =
      deps.move === 'hand-back'
        ? workOff(sensor, shift!, { ...deps, queue: stores.queue, signal: ended })
        : shift!.receive(ended, deps.onReady);
    await Promise.race([work, stopped, broken]);
    if (!lost.aborted) await Promise.race([shift!.drain(deps.drainFor ?? 10_000, lost), broken]);
  } finally {
    over.abort();
    shift?.end();
  }
}

/** The sensor's queue with all that waits in it, the dead-letter store, and what is remembered of its joins and limits. Waits for the bus. */
function openQueues(
  sensor: CompiledSensor,
  { bus, clock, tell, move }: SensorDeps,
  over: AbortSignal,
): Promise<Pick<ShiftDeps, 'queue' | 'parked' | 'store' | 'heads' | 'reservations' | 'floors'> & { entries: QueueEntry[] }> {
  return persist(
    async () => {
      const queue = await bus.queue(nameOnBus(sensor));
      const store = await bus.state(nameOnBus(sensor));
      const floors = await (move === 'takeover' ? takeOver(sensor, { bus, store, tell, signal: over }) : takenOver({ bus, store }));
      // Also where the rule joins no more: what was decided under the one before is still done.
      const stored = await storedHeads(sensor, store, queue);
      const heads = sensor.triggers.some(({ join }) => join) ? stored : undefined;
      const reservations = await readReservations(sensor.triggers, store);
      return { queue, parked: await bus.parked(), store, heads, reservations, floors, entries: await entriesOf(queue) };
    },
    { clock, over },
  );
}
