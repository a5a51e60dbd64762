import type { EngineError } from '../src/core/errors/engine-error.ts';
import type { Event } from '../src/core/event/event.ts';
import type { Json } from '../src/core/json/json.ts';
import type { Backoff } from '../src/core/time/backoff.ts';
import type { Party } from '../src/core/time/turns.ts';
import type { CompiledJoin } from './conditions/compile.ts';
import type { Firing, Outcome, TriggerContext } from './triggers/trigger.ts';

/**
 * A Sensor made ready to run: every program, path and pattern in it is compiled. Made by `compile.ts`, run by `runner.ts`.
 * Holds no state and does no I/O until an action is fired.
 */
export interface CompiledSensor {
  readonly name: string;
  readonly namespace: string;
  /** When the Sensor was made: its subscription begins there. */
  readonly since: Date | undefined;
  readonly dependencies: readonly CompiledDependency[];
  readonly triggers: readonly CompiledTrigger[];
  /** Every process takes its events, in no order, instead of one owner. */
  readonly shared?: boolean;
  /**
   * Those of its dependencies that an event can pass at all, where there is a quicker way to tell than to ask them all; they are still
   * asked. Of the others nothing is decided, counted or recorded: who wants to know why they let an event not pass asks their `admit`.
   */
  listening?(event: Event): readonly CompiledDependency[];
}

export interface CompiledDependency {
  readonly name: string;
  readonly source: string;
  readonly subject: string;
  /** What the rule says of it: an event that is held under another text is forgotten. */
  readonly fingerprint: string;
  /**
   * Transform, then filters. Pure. A failure is a verdict too, with the error. It is a promise only where another process transforms, or
   * where the party whose time it takes has to let others go first.
   */
  admit(event: Event, party?: Party): Verdict | Promise<Verdict>;
  /** What the author of a clause that refused an event probably meant. Slow: for people who look at one event. */
  hint?(at: string, seen: Event): string | undefined;
}

/** The event as the trigger will see it (after its transform), or why not: which clause, what it found and what it wanted. */
export type Verdict =
  | { readonly admitted: true; readonly event: Event }
  | {
      readonly admitted: false;
      readonly because: string;
      readonly at: string;
      readonly error?: EngineError;
      /** The event as the filters saw it; undefined when the transform failed. */
      readonly seen?: Event;
    };

export interface CompiledTrigger {
  readonly name: string;
  /** The type in the YAML: `k8s`, `log`. */
  readonly type: string;
  /** The dependencies that concern it. */
  readonly dependencies: readonly string[];
  /** What it waits for together; undefined where any one event fires it. */
  readonly join: CompiledJoin | undefined;
  /** The same in the words of `conditions`. */
  readonly condition: string;
  readonly retry: RetryPolicy;
  /** Milliseconds between the starts of two attempts; undefined without a rate limit. */
  readonly spacing: number | undefined;
  /** Milliseconds that one attempt may take. */
  readonly attemptLimit: number;
  /** False where the author wrote `atLeastOnce: false`: acknowledged before the work, one attempt. */
  readonly atLeastOnce: boolean;
  /** What gets the events of a firing that is given up; where there is none, that is parked. */
  readonly dlq: CompiledTrigger | undefined;
  /** The events as `dlq` gets them, where they say what has befallen them. */
  lastWords?(events: Firing['events'], error: EngineError): Firing['events'];
  /** The key under which firings are worked in order; undefined when order does not matter. */
  orderKeyOf(event: Event): string | undefined;
  /** Template parameters, loading and rendering: what this firing would do. Throws EngineError. A promise only where there is something to wait for. */
  prepare(firing: Firing, context: Omit<TriggerContext, 'firing'>): Action | Promise<Action>;
}

export interface Action {
  /** The type that the template has after its parameters. */
  readonly type: string;
  /** "create Ingress playground/web-ing". */
  readonly summary: string;
  /** What would be sent, whole. */
  readonly rendered: Json;
  fire(): Outcome | Promise<Outcome>;
}

/** Back-off between attempts, and when to give up. An error whose `retry` is "never" gives up at once. */
export interface RetryPolicy {
  readonly backoff: Backoff;
  /** Attempts at the most; undefined for no limit. */
  readonly attempts: number | undefined;
  /** Milliseconds since the firing was decided. */
  readonly giveUpAfter: number;
}
