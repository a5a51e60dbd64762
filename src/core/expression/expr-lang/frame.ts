import { GoError } from '../../go/function.ts';
import { type GoList, type GoMap, type GoValue, typeName } from '../../go/values.ts';
import type { Clock } from '../../time/clock.ts';
import type { Run } from '../limits.ts';

/** One run: what the expression sees, and where it is. */
export interface Frame {
  readonly env: GoMap;
  readonly run: Run;
  readonly clock: Clock;
  /** Values of `let`, by number. */
  readonly variables: GoValue[];
  /** The predicate that is being looked at, innermost. */
  scope: Scope | undefined;
  /** Place in the text of what was done last: where an error is told. */
  at: number;
}

export interface Scope {
  readonly items: GoList;
  index: number;
  /** What `reduce` has so far. */
  acc: GoValue;
}

/** A part of the expression, ready to run. Throws GoError, or EngineError EVENT_LIMIT. */
export type Code = (frame: Frame) => GoValue;

/** A value as Go's type assertion has it. Throws GoError. */
export function asString(value: GoValue): string {
  if (typeof value === 'string') return value;
  throw new GoError(`interface conversion: interface {} is ${nameOf(value)}, not string`);
}

export function asBool(value: GoValue): boolean {
  if (typeof value === 'boolean') return value;
  throw new GoError(`interface conversion: interface {} is ${nameOf(value)}, not bool`);
}

const nameOf = (value: GoValue): string => (value === null ? 'nil' : typeName(value));
