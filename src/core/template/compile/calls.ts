import { argument, typeAt, wrongCount } from '../../go/arguments.ts';
import { GoError, type GoFunction, type GoType } from '../../go/function.ts';
import { type GoValue, isTrue, typeName } from '../../go/values.ts';
import type { Run } from '../run.ts';
import type { Operand } from '../syntax/ast.ts';
import { refuse } from '../syntax/refuse.ts';
import { type Expression, failed } from './code.ts';
import { literalArgument } from './literals.ts';
import { compileOperand } from './pipelines.ts';
import type { Scope } from './scope.ts';

interface Callee {
  readonly name: string;
  readonly offset: number;
}

/** A call of a function: what its operands and the value before it in the pipeline make of it. Throws CONFIG_TEMPLATE. */
export function compileCall(
  callee: Callee,
  called: GoFunction,
  operands: readonly Operand[],
  previous: Expression | undefined,
  scope: Scope,
): Expression {
  const count = operands.length + (previous ? 1 : 0);
  const wrong = wrongCount(callee.name, called, count);
  if (wrong) throw refuse(wrong, callee.offset);
  if (called.changesArguments) scope.shared.changesInput = true;
  const given = operands.map((operand, index) => compileArgument(operand, typeAt(called, index)!, scope));
  if (!previous) {
    return (frame, dot) => {
      const values: GoValue[] = [];
      for (const one of given) values.push(one(frame, dot));
      return invoke(callee, called, values, frame.run);
    };
  }
  const last = converted(previous, typeAt(called, count - 1)!, callee.offset);
  return (frame, dot) => {
    const before = last(frame, dot);
    const values: GoValue[] = [];
    for (const one of given) values.push(one(frame, dot));
    values.push(before);
    return invoke(callee, called, values, frame.run);
  };
}

/** Calls with arguments that fit. A text that comes out is paid for here, so that functions need to think of large ones only. */
export function invoke({ name, offset }: Callee, { call }: GoFunction, values: GoValue[], run: Run): GoValue {
  run.steps(1);
  try {
    const result = call(values as never[], run);
    if (typeof result === 'string') run.bytes(result.length);
    return result;
  } catch (thrown) {
    if (thrown instanceof GoError) throw failed(`error calling ${name}: ${thrown.message}`, offset, thrown);
    throw thrown;
  }
}

function compileArgument(operand: Operand, type: GoType, scope: Scope): Expression {
  if (operand.kind === 'string' || operand.kind === 'bool' || operand.kind === 'number') {
    const value = literalArgument(operand, type);
    return () => value;
  }
  if (operand.kind !== 'nil') return converted(compileOperand(operand, scope), type, operand.offset);
  if (type === 'any') return () => null;
  if (type === 'map') return () => undefined;
  throw refuse(`cannot assign nil to ${type}`, operand.offset);
}

function converted(value: Expression, type: GoType, offset: number): Expression {
  if (type === 'any') return (frame, dot) => value(frame, dot) ?? null;
  return (frame, dot) => {
    const given = value(frame, dot);
    if (type === 'string' && typeof given === 'string') return given;
    try {
      return argument(given, type) as GoValue;
    } catch (thrown) {
      throw thrown instanceof GoError ? failed(thrown.message, offset, thrown) : thrown;
    }
  };
}

/** The first operand that is false, or the last; what stands behind is not looked at. */
export const compileAnd = shortCircuit('and', false);

/** The first operand that is true, or the last. */
export const compileOr = shortCircuit('or', true);

function shortCircuit(name: string, until: boolean) {
  return (offset: number, operands: readonly Operand[], previous: Expression | undefined, scope: Scope): Expression => {
    if (operands.length === 0 && !previous) throw refuse(`wrong number of args for ${name}: want at least 1 got 0`, offset);
    const given = operands.map((operand) => compileOperand(operand, scope));
    return (frame, dot) => {
      const last = previous?.(frame, dot);
      let value: GoValue;
      for (const one of given) {
        value = one(frame, dot);
        if (isTrue(value) === until) return value;
      }
      return previous ? last : value;
    };
  };
}

/** `call f x`: JSON holds no functions, so that this never ends well. */
export function compileCallee(offset: number, operands: readonly Operand[], previous: Expression | undefined, scope: Scope): Expression {
  const [first] = operands;
  if (!first && !previous) throw refuse('wrong number of args for call: want at least 1 got 0', offset);
  const called = first ? compileOperand(first, scope) : previous!;
  return (frame, dot) => {
    const value = called(frame, dot);
    const what = value === undefined || value === null ? 'call of nil' : `non-function of type ${typeName(value)}`;
    throw failed(`error calling call: ${what}`, offset);
  };
}
