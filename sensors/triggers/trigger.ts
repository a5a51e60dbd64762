import type { z } from 'zod';
import type { Finding } from '../../src/core/errors/finding.ts';
import type { Event } from '../../src/core/event/event.ts';
import type { Json } from '../../src/core/json/json.ts';
import type { Kube } from '../../src/core/kube/kube.ts';
import type { Clients } from '../../src/core/lifecycle/clients.ts';
import type { Component } from '../../src/core/schema/component.ts';
import type { Programs } from '../../src/core/schema/kind.ts';
import type { Tell } from '../../src/core/telemetry/tell.ts';
import type { Clock } from '../../src/core/time/clock.ts';
import type { Pieces } from '../../src/core/time/pieces.ts';
import type { Party } from '../../src/core/time/turns.ts';
import type { PolicySpec } from './policy-spec.ts';

/**
 * A kind of trigger: what it can be told, what it would do, and how it does it. One folder, one line in `registry.ts`.
 *
 * The definition itself keeps nothing. `compile` makes a block of YAML ready for many firings; what has to be remembered between them
 * is in what it returns, and so belongs to one trigger of one sensor.
 */
export interface TriggerDefinition<Type extends string = string, Spec extends z.ZodType = z.ZodType, Ready = unknown, Rendered = unknown>
  extends Component<Type, Spec> {
  /** The part of a trigger's `policy` that it obeys, if any. */
  readonly obeys?: 'k8s' | 'status';
  /** How long one attempt may take by the block's own word, in milliseconds; a minute where it says nothing, or less. */
  limit?(spec: z.output<Spec>): number | undefined;
  /** What the schema cannot say. Paths are relative to the trigger's block. */
  check(spec: z.output<Spec>, dependencies: readonly string[], programs: Programs): Finding[];
  /** The block with its paths and templates compiled; the clock is what templates read. Does no I/O. Throws EngineError. */
  compile(spec: z.output<Spec>, clock: Clock, programs: Programs): Ready;
  /** Reads what the block refers to (a file, a ConfigMap, a live object), if anything. `render` itself is pure. */
  load?(ready: Ready, context: TriggerContext): Promise<Json | undefined>;
  /** The block with the events' data in it: all that `fire` needs. Pure. Throws EngineError EVENT_*. */
  render(ready: Ready, loaded: Json | undefined, firing: Firing): Rendered;
  /** The same in pieces, where a block has many parameters: others get their turn in between. */
  renderPieces?(ready: Ready, loaded: Json | undefined, firing: Firing): Pieces<Rendered>;
  /** One line for dry-run, logs and the screen: "create Ingress playground/web-ing". */
  describe(rendered: Rendered): string;
  /** What would be sent, whole, for dry-run and for the record of a firing that was given up. */
  show(rendered: Rendered): Json;
  /** Does it. May be called again for the same firing: `firing.id` is the key that makes that harmless. */
  fire(rendered: Rendered, context: TriggerContext, ready: Ready): Outcome | Promise<Outcome>;
}

/** One decision to fire, with the events that led to it, by dependency name. */
export interface Firing {
  /** Made of the sensor, the trigger and the ids of the events: the same decision has the same id. */
  readonly id: string;
  readonly sensor: string;
  readonly namespace: string;
  readonly trigger: string;
  readonly events: ReadonlyMap<string, Event>;
  /** Firings of one trigger with the same key are worked in order, one at a time. */
  readonly orderKey: string | undefined;
}

export interface TriggerContext {
  readonly firing: Firing;
  /** Counts from 1. */
  readonly attempt: number;
  readonly signal: AbortSignal;
  readonly clock: Clock;
  readonly kube: Kube;
  readonly tell: Tell;
  /** Connections to targets, kept between the firings of a sensor. */
  readonly clients: Clients;
  /** The trigger's `policy`: how to tell whether it succeeded. */
  readonly policy?: PolicySpec | undefined;
  /** Whose time rendering takes; left out where nobody else needs the process. */
  readonly party?: Party | undefined;
}

/** What was done, in one line, and what came back. */
export interface Outcome {
  readonly summary: string;
  readonly detail?: Json;
}

export function defineTrigger<Type extends string, Spec extends z.ZodType, Ready, Rendered>(
  definition: TriggerDefinition<Type, Spec, Ready, Rendered>,
): TriggerDefinition<Type, Spec, Ready, Rendered> {
  return definition;
}
