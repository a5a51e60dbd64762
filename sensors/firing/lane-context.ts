import type { Lease, Queue, StateStore } from '../../eventbus/bus.ts';
import type { Kube } from '../../src/core/kube/kube.ts';
import type { Clients } from '../../src/core/lifecycle/clients.ts';
import type { Tell } from '../../src/core/telemetry/tell.ts';
import type { Clock } from '../../src/core/time/clock.ts';
import type { Turns } from '../../src/core/time/turns.ts';
import type { CompiledSensor } from '../compiled.ts';
import type { AttemptSignals } from './attempt-signals.ts';
import type { Backlog } from './backlog.ts';
import type { Gate } from './gate.ts';
import type { Hold } from './hold.ts';
import type { Reservation } from './pace.ts';
import type { Waiting } from './queue-body.ts';

/** What the lanes of one sensor share during a shift. */
export interface LaneContext {
  readonly sensor: CompiledSensor;
  readonly kube: Kube;
  readonly clock: Clock;
  readonly tell: Tell;
  /** Connections to targets; closed with the shift. */
  readonly clients: Clients;
  readonly backlog: Backlog;
  /** The dead-letter store. */
  readonly parked: Queue;
  readonly gate: Gate;
  /** Those of attempts that may take so many milliseconds. */
  signals(limit: number): AttemptSignals;
  /** Where the rate limit of each trigger that has one stands. */
  readonly reservations: ReadonlyMap<string, Reservation>;
  /** What the sensor keeps beside its queue. */
  readonly store: StateStore;
  readonly turns: Turns;
  /** Until when this process may act. */
  readonly lease: Pick<Lease, 'until'>;
  /** Told when something is in the queue that somebody else shall go on with; left out where this shift works the queue itself. */
  readonly handOver: (() => void) | undefined;
  /** Aborts when this process may act no longer: from then on nothing is written. */
  readonly over: AbortSignal;
  /** Begins a firing in the lane of its trigger. The hold is released when its outcome is safe. */
  fire(waiting: Waiting, hold: Hold): void;
  /** Asks for `tick` while something is in work. */
  pulse(): void;
  /** Ends the shift because of a bug; a new one begins after a while. */
  fail(thrown: unknown): void;
}
