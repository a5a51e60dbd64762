import { GoError, type Spend } from '../../go/function.ts';
import type { Regexes } from '../../go/regexp.ts';
import { type Signature, signature, type Type } from '../types/type.ts';
import { isMap } from '../values/compare.ts';
import { CelFault, type CelResult } from '../values/fault.ts';
import { type CelValue, kindOf, plain } from '../values/value.ts';

/** What a function may use beside its arguments. */
export interface Run extends Spend {
  readonly regexes: Regexes;
  /** Whatever `evaluate` was given for the functions of its caller. */
  readonly host: unknown;
}

/**
 * One signature of a function and what it does. The arguments are of the types that it names, the run comes behind them. A failure is
 * returned as a CelFault, or thrown as a GoError.
 */
export interface Overload extends Signature {
  readonly call: (...args: never[]) => CelResult;
  /**
   * Makes the call ahead, when the program is compiled, from those arguments that stand in the text (undefined for the others). Throws an
   * EngineError for one that can never be used, such as a pattern that is none.
   */
  readonly prepare?: (literals: readonly (CelValue | undefined)[]) => Overload['call'] | undefined;
  /** For functions that answer yes or no: the one that gives, for the first arguments, the value that was looked at. */
  readonly looksAt?: { readonly name: string; readonly args: number };
  /** Whether what it is given must not be shown to anybody. */
  readonly hides?: boolean;
}

export function overload(text: string, call: Overload['call'], more: Pick<Overload, 'prepare' | 'looksAt' | 'hides'> = {}): Overload {
  return { ...signature(text), call, ...more };
}

/** One for each text in place of `T`. */
export const overloads = (types: readonly string[], text: string, call: Overload['call']): Overload[] =>
  types.map((type) => overload(text.replaceAll('T', type), call));

export type Functions = ReadonlyMap<string, readonly Overload[]>;

export function functionsOf(all: readonly Overload[]): Functions {
  const functions = new Map<string, Overload[]>();
  for (const one of all) functions.set(one.name, [...(functions.get(one.name) ?? []), one]);
  return functions;
}

export const fault = (problem: string): CelFault => new CelFault(problem);

/** What Go fails with, as a fault. */
export function faultOf(call: () => CelResult): CelResult {
  try {
    return call();
  } catch (thrown) {
    if (thrown instanceof GoError) return fault(thrown.message);
    throw thrown;
  }
}

export const missing = (name: string, args: readonly CelValue[]): CelFault =>
  new CelFault(`no such overload: ${name}(${args.map((arg) => kindOf(arg)).join(', ')})`);

/** Whether a value can be given for a parameter, by the outermost of its type. */
export function takes({ is }: Type, value: CelValue): boolean {
  if (is === 'dyn' || is === 'letter') return true;
  if (is === 'string') return typeof value === 'string';
  if (is === 'list') return Array.isArray(value);
  return is === 'map' ? isMap(value) : kindOf(value) === is;
}

/** A list with its elements as functions see them. */
export const elements = (values: readonly CelValue[]): readonly CelValue[] =>
  values.some((value) => typeof value === 'bigint') ? values.map(plain) : values;
