import { EngineError } from '../../errors/engine-error.ts';
import { faultOf, missing, type Overload, takes } from '../functions/function.ts';
import type { Node } from '../syntax/tree.ts';
import { CelFault, type CelResult } from '../values/fault.ts';
import type { CelValue } from '../values/value.ts';
import type { Code, Frame } from './frame.ts';

type Call = (...args: readonly unknown[]) => CelResult;

/** A call of the first of the overloads that takes the arguments; there are as many as it has parameters. */
export function call(overloads: readonly Overload[], parts: readonly Node[], args: readonly Code[], place: number): Code {
  const literals = parts.map((part) => (part.is === 'literal' ? part.value : undefined));
  const calls = overloads.map((one) => ({ types: one.takes, run: prepared(one, literals, parts) as unknown as Call }));
  const name = overloads[0]!.name;
  return (frame) => {
    const values: CelValue[] = [];
    for (const arg of args) {
      const value = arg(frame);
      if (value instanceof CelFault) return value;
      values.push(value);
    }
    for (const { types, run } of calls) {
      if (types.every((type, index) => takes(type, values[index]!))) return done(run, values, frame, place);
    }
    return placed(missing(name, values), place);
  };
}

function prepared(one: Overload, literals: readonly (CelValue | undefined)[], parts: readonly Node[]): Overload['call'] {
  try {
    return one.prepare?.(literals) ?? one.call;
  } catch (thrown) {
    if (!(thrown instanceof EngineError)) throw thrown;
    const at = literals.findLastIndex((value) => value !== undefined && value === thrown.fields['pattern']);
    throw new EngineError(thrown.code, { ...thrown.fields, offset: parts[Math.max(at, 0)]!.start }, { cause: thrown });
  }
}

function done(run: Call, values: readonly CelValue[], frame: Frame, place: number): CelResult {
  const result = faultOf(() => run(...values, frame));
  if (typeof result === 'string') frame.bytes(result.length);
  else if (Array.isArray(result)) frame.bytes(result.length * 16);
  return result instanceof CelFault ? placed(result, place) : result;
}

function placed(fault: CelFault, place: number): CelFault {
  fault.offset ??= place;
  return fault;
}
