import type { GoMap, GoValue } from './values.ts';

/** The types of parameters that functions of Go declare, and the values that they then get. */
export interface GoTypes {
  any: GoValue;
  string: string;
  /** A safe integer: larger ones are beyond any use that a function has for them, and are cut to the limits. */
  int: number;
  float64: number;
  bool: boolean;
  /** `map[string]interface {}`; undefined for nil, which reads as an empty map and cannot be written to. */
  map: GoMap | undefined;
  'time.Time': GoValue;
}

export type GoType = keyof GoTypes;

/** What a run may still spend. Both throw EngineError EVENT_LIMIT, which nothing in the language can catch. */
export interface Spend {
  /** Work that grows with the input: elements looked at, characters scanned (about 100 to the step). */
  steps(count: number): void;
  /** What is made: a character counts 1, a place in a list or map 16. */
  bytes(count: number): void;
}

/** A function of Go. Its arguments have been checked against `takes` and `rest` (see `arguments.ts`) before it is called. */
export interface GoFunction {
  readonly takes: readonly GoType[];
  /** The type of further arguments; without it there must be none. */
  readonly rest: GoType | undefined;
  /** Throws GoError for what Go returns as an error or panics with. */
  readonly call: (args: readonly never[], spend: Spend) => GoValue;
  /** Set when it changes an argument in place: who calls it gives it a copy of what must stay. */
  readonly changesArguments?: boolean;
}

/** What a Go function failed with, in Go's words. */
export class GoError extends Error {}

/** What `run` returns, or `fallback` where it fails with a GoError; anything else goes on. */
export function orElse<T, F>(run: () => T, fallback: F): T | F {
  try {
    return run();
  } catch (thrown) {
    if (thrown instanceof GoError) return fallback;
    throw thrown;
  }
}

type Values<T extends readonly GoType[]> = { readonly [Index in keyof T]: GoTypes[T[Index]] };

/** Declares a function with a fixed number of parameters. */
export function fn<const T extends readonly GoType[]>(takes: T, call: (args: Values<T>, spend: Spend) => GoValue): GoFunction {
  return { takes, rest: undefined, call: call as unknown as GoFunction['call'] };
}

/** Declares a function whose last parameter may be given any number of times. */
export function variadic<const T extends readonly GoType[], R extends GoType>(
  takes: T,
  rest: R,
  call: (args: readonly [...Values<T>, ...GoTypes[R][]], spend: Spend) => GoValue,
): GoFunction {
  return { takes, rest, call: call as unknown as GoFunction['call'] };
}
