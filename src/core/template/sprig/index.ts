/**
 * Sprig 3.3: the functions that Go templates are written with, for templates and for expr-lang (`sprig.trim(…)`).
 *
 * Each is a `GoFunction`: it says what it takes, and gets what it takes. None looks at anything but its arguments, the clock and the
 * randomness it is given. Those that reach for the host or make keys are refused: `refusedFunctions` says why, in a sentence.
 */
import type { GoFunction } from '../../go/function.ts';
import type { Clock } from '../../time/clock.ts';
import { dates } from './dates.ts';
import { defaults } from './defaults.ts';
import { dicts } from './dicts.ts';
import { encodings } from './encodings.ts';
import { hashes } from './hashes.ts';
import { lists } from './lists.ts';
import { numbers } from './numbers.ts';
import { places } from './places.ts';
import { randoms } from './random.ts';
import { regexes } from './regexes.ts';
import { semver } from './semver.ts';
import { strings } from './strings.ts';
import { types } from './types.ts';

export interface SprigOptions {
  /** What `now` and `ago` read. */
  readonly clock: Clock;
  /** Bytes that nobody can guess, for `randAlphaNum`, `uuidv4`, `shuffle` and their kin. */
  readonly random: (bytes: number) => Uint8Array;
}

export function sprigFunctions({ clock, random }: SprigOptions): ReadonlyMap<string, GoFunction> {
  const functions = new Map(pure);
  for (const family of [regexes(), dates(clock), randoms(random)]) for (const name in family) functions.set(name, family[name]!);
  return functions;
}

const pure: ReadonlyMap<string, GoFunction> = new Map(
  [strings, numbers, lists, dicts, defaults, encodings, types, hashes, places, semver].flatMap((family) => Object.entries(family)),
);
