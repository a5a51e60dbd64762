/**
 * What a sensor decided about an event, as it is kept for people who ask why: which dependencies admitted it and which clause said no,
 * which triggers waited, fired or failed, and what was answered. JSON, without secrets, on the bus.
 *
 * `recorder.ts` gathers decisions while the sensor runs; `sensorium why` and its sisters read them.
 */
import { EngineError } from '../../src/core/errors/engine-error.ts';
import type { Json } from '../../src/core/json/json.ts';

export interface Decision {
  readonly event: EventFacts;
  /** When the sensor took it, in milliseconds since 1970. */
  readonly at: number;
  /** Not there when it is too large, or was not seen by the process that wrote this. */
  readonly payload?: Json;
  /** Long texts and lists in it were cut. */
  readonly payloadCut?: boolean;
  /** Bytes of a payload that is too large to be kept. */
  readonly payloadBytes?: number;
  readonly dependencies: readonly Judged[];
  /** Other dependencies refused it too: there are so many that not all are kept. */
  readonly refusalsLeftOut?: boolean;
  readonly triggers: readonly Fate[];
  /** Of other triggers nothing is kept: there was too much at once. */
  readonly triggersLeftOut?: boolean;
}

/** The attributes of an event. Undefined `id`: the message was no event. */
export interface EventFacts {
  readonly id: string;
  readonly source: string;
  readonly subject: string;
  readonly type: string;
  readonly time: string;
  readonly orderKey?: string;
}

/** What a dependency said. */
export interface Judged {
  readonly dependency: string;
  readonly admitted: boolean;
  /** The clause that refused it: `filters.data[0]`. */
  readonly at?: string;
  /** What was found and what was wanted. */
  readonly because?: string;
  /** The event cannot be used: it was parked. */
  readonly error?: Failure;
  readonly hint?: string;
  /** As the transform made it, where there is one. */
  readonly payload?: Json;
  readonly payloadCut?: boolean;
}

/** What became of it at one trigger. */
export interface Fate {
  readonly trigger: string;
  readonly kind: 'waits' | 'alone' | 'forgotten' | 'firing' | 'fired' | 'handed over' | 'parked';
  /** Of a join. */
  readonly key?: string;
  readonly missing?: readonly string[];
  /** Why it can meet no other, or was forgotten: `reset`, `expired`. */
  readonly because?: string;
  readonly firing?: string;
  /** All events of the firing, by dependency. */
  readonly events?: Readonly<Record<string, string>>;
  /** "create Ingress playground/web". */
  readonly summary?: string;
  /** What was sent, whole. */
  readonly rendered?: Json;
  readonly attempts?: readonly Attempt[];
  readonly queued?: boolean;
}

export interface Attempt {
  /** When it was known how it ended, in milliseconds since 1970. */
  readonly at: number;
  /** In milliseconds. */
  readonly took?: number;
  /** What was done. */
  readonly answer?: string;
  readonly error?: Failure;
}

export interface Failure {
  readonly code: string;
  readonly message: string;
  readonly hint?: string;
  /** What an event does not have, and at which dependency. */
  readonly lacks?: { readonly path: string; readonly dependency: string };
}

export function failureOf(error: unknown): Failure {
  if (!(error instanceof EngineError)) return { code: 'BUG_UNEXPECTED', message: String(error) };
  const { code, message, hint, fields } = error;
  const lacks = code === 'EVENT_PATH_MISSING' ? { path: String(fields['path']), dependency: String(fields['dependency']) } : undefined;
  return { code, message, ...(hint === undefined ? {} : { hint }), ...(lacks ? { lacks } : {}) };
}

/**
 * Where a sensor's decisions are kept in the store of notes: so many entries, each used again. Those of all who take its events together are
 * under one prefix, each under its `seat`.
 */
export const decisionPrefix = (namespace: string, sensor: string, seat = 0): string =>
  `decision/${namespace}/${sensor}/${seat === 0 ? '' : `${seat}/`}`;
