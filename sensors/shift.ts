import { setMaxListeners } from 'node:events';
import type { EventBus, Lease, Queue, QueueEntry, StateStore } from '../eventbus/bus.ts';
import type { Kube } from '../src/core/kube/kube.ts';
import { Clients } from '../src/core/lifecycle/clients.ts';
import type { Tell } from '../src/core/telemetry/tell.ts';
import type { Clock } from '../src/core/time/clock.ts';
import type { Turns } from '../src/core/time/turns.ts';
import type { CompiledSensor } from './compiled.ts';
import { Joins } from './conditions/joins.ts';
import type { StoredHead } from './conditions/stored-heads.ts';
import { Dispatch } from './deliveries/dispatch.ts';
import { Intake } from './deliveries/intake.ts';
import { AttemptSignals } from './firing/attempt-signals.ts';
import { Backlog } from './firing/backlog.ts';
import { withDlqs } from './firing/dlq.ts';
import { Gate } from './firing/gate.ts';
import type { Hold } from './firing/hold.ts';
import { Lane } from './firing/lane.ts';
import type { LaneContext } from './firing/lane-context.ts';
import { Lookout } from './firing/lookout.ts';
import type { Reservation } from './firing/pace.ts';
import { parkGone } from './firing/park-gone.ts';
import { dependencyOfLine, readLine, type Waiting } from './firing/queue-body.ts';
import { heldAgain } from './firing/replays.ts';
import { nameOnBus } from './names.ts';
import { Pulse } from './pulse.ts';
import { taker } from './take.ts';
import type { Floors } from './takeover/floors.ts';

/** Events that may be neither settled nor queued at once. */
const maxInFlight = 1_024;
/** After a crash so much of what was done may come again, in milliseconds; where that must not be, it is told at once. */
const acksWithin = 5;
/** How often it is told how far it is behind, in milliseconds. */
const lagEvery = 1_000;
/** How often a drain looks whether it is done, in milliseconds. */
const drainStep = 20;

export interface ShiftDeps {
  readonly bus: EventBus;
  readonly queue: Queue;
  /** The dead-letter store. */
  readonly parked: Queue;
  /** What the sensor keeps beside its queue. */
  readonly store: StateStore;
  /** What is remembered of joins; undefined for a sensor that has none. */
  readonly heads: readonly StoredHead[] | undefined;
  /** Where the rate limit of each trigger that has one stands. */
  readonly reservations: ReadonlyMap<string, Reservation>;
  /** What Argo had done when it moved to us. */
  readonly floors: Floors | undefined;
  readonly lease: Pick<Lease, 'until' | 'quietSince'>;
  /** Told when something is in the queue that the sensor's owner shall go on with; left out for the owner. */
  readonly handOver?: () => void;
  readonly kube: Kube;
  readonly clock: Clock;
  readonly tell: Tell;
  readonly turns: Turns;
  /** Told what went wrong with us. */
  fail(thrown: unknown): void;
}

/**
 * One process's time as the owner of a sensor, or as one of those who take its events: everything that it holds in memory.
 *
 * `resume` what waits in the queue, `receive` events until the signal aborts, then `drain`. Of a shared sensor the owner does not receive
 * but `keep`, and the others, who have no queue, do not resume but `open`. After `end` nothing is written or
 * acknowledged any more; what was not settled comes again to whoever has the next shift.
 */
export class Shift {
  readonly #deps: ShiftDeps;
  readonly #sensor: CompiledSensor;
  readonly #over = new AbortController();
  readonly #intake = new Intake();
  readonly #clients = new Clients();
  readonly #signals = new Map<number, AttemptSignals>();
  readonly #context: LaneContext;
  readonly #lanes: ReadonlyMap<string, Lane>;
  readonly #dispatch: Dispatch;
  readonly #joins: Joins | undefined;
  readonly #pulse: Pulse;
  readonly #lookout: Lookout;
  /** Events that are being taken again, by the ids of their entries in the queue. */
  readonly #again = new Set<string>();
  #lagToldAt = 0;
  /** Events have been waiting since the last tick. */
  #behind = false;

  constructor(sensor: CompiledSensor, deps: ShiftDeps) {
    const { queue, parked, store, reservations, heads, lease, handOver, kube, clock, tell, turns, fail } = deps;
    this.#deps = deps;
    this.#sensor = sensor;
    this.#pulse = new Pulse(clock, (now, isLate) => this.#tick(now, isLate));
    const over = this.#over.signal;
    // Every write that waits for the bus listens to it.
    setMaxListeners(0, over);
    this.#lookout = new Lookout(queue, { clock, over, found: (entry) => this.#found(entry) });
    const gate = new Gate(() => this.#dispatch.pump());
    const backlog = new Backlog(queue, gate, { clock, tell, over, handOver });
    const signals = (limit: number) => this.#signalsOf(limit);
    const pulse = () => this.#pulse.wake();
    const fire = (waiting: Waiting, hold: Hold) => this.#lanes.get(waiting.firing.trigger)!.arrive(waiting, hold);
    const targets = { kube, clients: this.#clients };
    const stores = { backlog, parked, reservations, store };
    this.#context = { sensor, clock, tell, ...targets, ...stores, lease, handOver, gate, signals, turns, over, fire, pulse, fail };
    this.#lanes = new Map(withDlqs(sensor.triggers).map((trigger) => [trigger.name, new Lane(trigger, this.#context)]));
    this.#joins =
      heads &&
      new Joins(sensor, { store, maxMessageBytes: deps.bus.maxMessageBytes }, heads, {
        clock,
        tell,
        over,
        fail,
        pulse,
        fire,
        madeRoom: () => this.#dispatch.pump(),
      });
    const party = turns.party();
    const isClosed = () => gate.closed || this.#joins?.full === true;
    this.#dispatch = new Dispatch(taker(this.#context, this.#lanes, this.#joins, party, deps.floors), isClosed, party);
  }

  /** Takes over what waits in the queue, and begins to work it. Firings of triggers that are gone are parked. */
  resume(entries: readonly QueueEntry[]): void {
    const gone: QueueEntry[] = [];
    for (const entry of entries) {
      const { trigger, orderKey } = readLine(entry.key ?? '');
      const lane = this.#lanes.get(trigger);
      if (dependencyOfLine(entry.key ?? '') !== undefined) void this.#takeAgain(entry);
      else if (lane) lane.resume(entry, orderKey);
      else gone.push(entry);
    }
    this.open();
    this.#joins?.resume(new Set(entries.map(({ id }) => id)));
    parkGone(this.#deps.queue, gone, this.#context).catch(this.#deps.fail);
    // What was done meanwhile is taken out again, or the next shift would do it after all that is newer.
    this.#lookout.findLate(entries.at(-1)?.sequence ?? 0).catch(this.#deps.fail);
  }

  /** Attempts begin. */
  open(): void {
    for (const lane of this.#lanes.values()) lane.open();
  }

  /** Works what waits in the queue, and what others put there, until the signal aborts. */
  keep(signal: AbortSignal): Promise<void> {
    return this.#lookout.keep(signal);
  }

  /** Looks for what somebody has put into the queue meanwhile: dead letters that shall be tried again, and what was handed over. Never rejects. */
  look(): Promise<void> {
    return this.#lookout.look();
  }

  #found(entry: QueueEntry): Promise<void> | void {
    const line = entry.key ?? '';
    if (dependencyOfLine(line) !== undefined) return this.#takeAgain(entry);
    if (!this.#context.backlog.find(entry.id)) this.#lanes.get(readLine(line).trigger)?.adopt(entry, readLine(line).orderKey);
  }

  /** An event that a dependency shall take again. It waits in the queue until all that it concerns is safe. */
  async #takeAgain(entry: QueueEntry): Promise<void> {
    if (this.#again.has(entry.id)) return;
    this.#again.add(entry.id);
    const hold = await heldAgain(this.#deps.queue, entry, this.#context, () => this.#again.delete(entry.id));
    if (!hold) return;
    this.#dispatch.push(hold);
    this.#dispatch.pump();
  }

  /** Takes events until the signal aborts. `opened` is told when nothing that is published is missed any more. */
  async receive(signal: AbortSignal, opened: () => void = () => {}): Promise<void> {
    const { bus, clock, tell } = this.#deps;
    const { since, dependencies, name: sensor } = this.#sensor;
    const from = this.#deps.floors?.from;
    const origins = dependencies.map(({ source, subject }) => ({ source, subject }));
    const subscription = {
      name: nameOnBus(this.#sensor),
      origins,
      maxInFlight,
      acksWithin: withDlqs(this.#sensor.triggers).every(({ atLeastOnce }) => atLeastOnce) ? acksWithin : 0,
      opened,
      quietSince: this.#deps.lease.quietSince,
      shared: this.#deps.handOver !== undefined,
      ...(since ? { since } : {}),
      ...(from === undefined ? {} : { from }),
    };
    for await (const batch of bus.subscribe(subscription, signal)) {
      const now = clock.monotonic();
      for (const delivery of batch) {
        if (delivery.attempt > 1) tell.eventRedelivered({ sensor, event: delivery.event?.id, attempt: delivery.attempt });
        const hold = this.#intake.take(delivery, now);
        if (hold) this.#dispatch.push(hold);
      }
      this.#pulse.wake();
      this.#dispatch.pump();
    }
  }

  /**
   * Begins nothing new; resolves when what is in flight has been settled or queued, at the latest after `within` or at the abort.
   * What waits for a slot is queued, too: another trigger may have done its part of the event, and would do it again.
   */
  async drain(within: number, signal: AbortSignal): Promise<void> {
    const { clock } = this.#deps;
    this.#dispatch.stop();
    for (const lane of this.#lanes.values()) {
      lane.stop();
      lane.spill();
    }
    const deadline = clock.monotonic() + within;
    while (!this.#isSettled() && clock.monotonic() < deadline && !signal.aborted) await clock.sleep(drainStep, signal);
  }

  /** Drops everything. */
  end(): void {
    this.#over.abort();
    this.#intake.close();
    this.#dispatch.stop();
    this.#joins?.end();
    this.#pulse.stop();
    for (const lane of this.#lanes.values()) lane.stop();
    for (const signals of this.#signals.values()) signals.abortAll();
    void this.#clients[Symbol.asyncDispose]();
  }

  #signalsOf(limit: number): AttemptSignals {
    const signals = this.#signals.get(limit) ?? new AttemptSignals(limit, this.#deps.clock);
    this.#signals.set(limit, signals);
    return signals;
  }

  /** True if nothing is in work, and nothing is being saved. */
  get isQuiet(): boolean {
    return this.#intake.size === 0 && this.#isSettled();
  }

  /** True if nothing is being done or saved, for any event but those that nobody has looked at. */
  #isSettled(): boolean {
    if (this.#intake.size > this.#dispatch.length || this.#context.backlog.storing || this.#joins?.quiet === false) return false;
    for (const lane of this.#lanes.values()) if (!lane.quiet) return false;
    return true;
  }

  #tick(now: number, isLate: boolean): boolean {
    this.#intake.tick(now);
    this.#joins?.tick();
    for (const signals of this.#signals.values()) signals.tick(now);
    if (!isLate) {
      for (const lane of this.#lanes.values()) lane.tick(now);
      this.#spareNeighbours(now);
    }
    this.#tellLag(now);
    return !this.isQuiet;
  }

  /** Once a second while there is anything to do, and at its end. Of a shared sensor, each tells what is in its hands. */
  #tellLag(now: number): void {
    const { clock, tell, handOver } = this.#deps;
    const { oldest, size: events } = this.#intake;
    const firings = this.#context.backlog.size;
    const isIdle = events === 0 && firings === 0;
    if (!isIdle && now - this.#lagToldAt < lagEvery) return;
    this.#lagToldAt = now;
    const { name: sensor, shared } = this.#sensor;
    const taken = { oldest: oldest === undefined ? 0 : Math.max(0, clock.now() - oldest), events };
    tell.sensorLag({ sensor, ...(shared && !handOver ? {} : taken), ...(handOver ? {} : { firings }) });
  }

  /** When events have waited for a whole tick while a trigger has nothing to do, those that are slow get out of the way. */
  #spareNeighbours(now: number): void {
    const wasBehind = this.#behind;
    this.#behind = this.#dispatch.length > 0 || this.#intake.size >= maxInFlight;
    if (!wasBehind || !this.#behind) return;
    const lanes = [...this.#lanes.values()];
    if (lanes.some((lane) => lane.idle)) for (const lane of lanes) if (lane.isSlow(now)) lane.spill();
  }
}
