import type { z } from 'zod';
import type { EventBus, Stored } from '../eventbus/bus.ts';
import type { Secrets } from '../src/core/access/secrets.ts';
import type { Finding } from '../src/core/errors/finding.ts';
import type { EventDraft } from '../src/core/event/event.ts';
import type { Routes } from '../src/core/http/routes.ts';
import type { Kube } from '../src/core/kube/kube.ts';
import type { Component } from '../src/core/schema/component.ts';
import type { Tell } from '../src/core/telemetry/tell.ts';
import type { Clock } from '../src/core/time/clock.ts';

/** A kind of event source: what it can be told, and how it runs. One folder, one line in `registry.ts`. */
export interface EventSourceDefinition<Type extends string = string, Spec extends z.ZodType = z.ZodType> extends Component<Type, Spec> {
  /** What the schema cannot say: selectors, patterns, combinations. Paths are relative to the entry. */
  check?(spec: z.output<Spec>): Finding[];
  /** True when only one replica may publish; the others stand by. */
  readonly oneOwner: boolean;
  /**
   * Runs until the signal aborts. Rejects when it cannot go on; the runner starts it again after a while.
   * Must not acknowledge, remember or forget anything before `emit` has resolved.
   */
  run(spec: z.output<Spec>, context: EventSourceContext): Promise<void>;
}

export interface EventSourceContext {
  /** Names of the EventSource object and of the entry in it. */
  readonly namespace: string;
  readonly eventSourceName: string;
  readonly eventName: string;
  /**
   * Resolves with the event's place in the stream once the bus has stored it, however long that takes. Await it: that is the
   * back-pressure. Resolves with undefined when the entry's `filter.expression` has dropped it. Rejects when the signal aborts, and with what waiting cannot mend: EVENT_TOO_LARGE, REMOTE_BUS_NAME.
   */
  emit(draft: EventDraft, about?: Happened): Promise<Stored | undefined>;
  /** Tries an operation on the bus until it is there, as `emit` does. Rejects when the signal aborts, and with what waiting cannot mend. */
  patiently<T>(operation: () => Promise<T>): Promise<T>;
  /** Says that it is listening; readiness waits for it. Say false when what it listens to is away. */
  ready(isReady: boolean): void;
  /** Aborts when it shall stop, and when another process has become the owner. */
  readonly signal: AbortSignal;
  readonly clock: Clock;
  readonly kube: Kube;
  /** Values of Secrets and ConfigMaps of the namespace, read when they are asked for. */
  readonly secrets: Secrets;
  readonly bus: EventBus;
  /** Where this process can be called over HTTP. */
  readonly routes: Routes;
  readonly tell: Tell;
  /** The whole list again as ADDs (`sensorium eventsource --relist`). True until the listener has been ready once. */
  readonly relist: boolean;
}

/** What is told of an event beside its names: when it reached us (`clock.monotonic()`), and whatever describes it in the log. */
export interface Happened {
  readonly since?: number;
  readonly fields?: Readonly<Record<string, unknown>>;
  /** Gives up when this aborts, and rejects; it has to abort with the listener's own signal too. */
  readonly until?: AbortSignal;
}

export function defineEventSource<Type extends string, Spec extends z.ZodType>(
  definition: EventSourceDefinition<Type, Spec>,
): EventSourceDefinition<Type, Spec> {
  return definition;
}
