/** The built-in functions of expr-lang 1.15.5. Those that take a predicate are made by the compiler itself. */
import { predicates } from '../predicates.ts';
import type { BuiltinFunction } from './define.ts';
import { listFunctions } from './lists.ts';
import { numberFunctions } from './numbers.ts';
import { textFunctions } from './texts.ts';
import { timeFunctions } from './times.ts';

export const functions: ReadonlyMap<string, BuiltinFunction> = new Map([
  ...listFunctions,
  ...numberFunctions,
  ...textFunctions,
  ...timeFunctions,
]);

export const builtinNames: ReadonlySet<string> = new Set([...functions.keys(), ...predicates]);
