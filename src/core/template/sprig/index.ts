/**
 * Sprig 3.3: the functions that Go templates are written with, for templates and for expr-lang (`sprig.trim(…)`).
 *
 * Each is a `GoFunction`: it says what it takes, and gets what it takes. None looks at anything but its arguments, the clock and the
 * randomness it is given. Those that reach for the host or make keys are refused: `refusedFunctions` says why, in a sentence.
 */
import type { GoFunction } from '../../go/function.ts';
import type { Clock } from '../../time/clock.ts';

export type SprigFunction = GoFunction;

export interface SprigOptions {
  /** What `now` and `ago` read. */
  readonly clock: Clock;
  /** Bytes that nobody can guess, for `randAlphaNum`, `uuidv4`, `shuffle` and their kin. */
  readonly random: (bytes: number) => Uint8Array;
}

export function sprigFunctions(_options: SprigOptions): ReadonlyMap<string, SprigFunction> {
  return new Map();
}
