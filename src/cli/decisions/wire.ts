/** How events and errors travel between a running process and a command on the same machine: as JSON, bytes in base64. */
import type { Code } from '../../core/errors/codes.ts';
import { EngineError, type ErrorFields } from '../../core/errors/engine-error.ts';
import { fromUnknown } from '../../core/errors/from-unknown.ts';
import { EventData } from '../../core/event/data.ts';
import type { Event } from '../../core/event/event.ts';

/** Where a running process says how it can be reached, below the folder in which it was started. */
export const doorPath = '.sensorium/bus.json';

/** What stands there. */
export interface Address {
  readonly url: string;
  readonly token: string;
  readonly pid: number;
}

export interface Call {
  /** The bus, as the process names it; undefined for a call that is about none. */
  readonly bus?: string;
  readonly name: string;
  readonly [argument: string]: unknown;
}

export type Reply = { readonly value: unknown } | { readonly error: WiredError };

interface WiredError {
  readonly code: Code;
  readonly fields: ErrorFields;
  readonly hint: string | undefined;
}

export type WiredEvent = Omit<Event, 'data'> & { readonly base64?: string };

/** An entry of a state store. */
export interface WiredEntry {
  readonly key: string;
  readonly value: string;
  readonly revision: number;
  readonly storedAt: number;
}

/** Events in order, and whether there are more after them. */
export interface WiredPage {
  readonly events: readonly { readonly event: WiredEvent; readonly sequence: number; readonly storedAt: number }[];
  readonly more: boolean;
}

export const bytesOf = (base64: string): Uint8Array => Buffer.from(base64, 'base64');
export const base64Of = (bytes: Uint8Array): string => Buffer.from(bytes).toString('base64');

export const wireEvent = ({ data, ...attributes }: Event): WiredEvent => ({
  ...attributes,
  ...(data ? { base64: base64Of(data.bytes) } : {}),
});

export const unwireEvent = ({ base64, ...attributes }: WiredEvent): Event => ({
  ...attributes,
  data: base64 === undefined ? undefined : EventData.fromBytes(bytesOf(base64)),
});

export function wireError(thrown: unknown): WiredError {
  const { code, fields, hint } = fromUnknown(thrown);
  return { code, fields, hint };
}

export const unwireError = ({ code, fields, hint }: WiredError): EngineError =>
  new EngineError(code, fields, hint === undefined ? {} : { hint });
