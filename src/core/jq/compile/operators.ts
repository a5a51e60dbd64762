import type { Json } from '../../json/json.ts';
import { Raised } from '../run/raised.ts';
import type { Run } from '../run/run.ts';
import type { ArithmeticOperator, BinaryOperator } from '../syntax/ast.ts';
import { add, divide, modulo, multiply, negate, subtract } from '../values/arithmetic.ts';
import { compare } from '../values/compare.ts';
import { isNumber } from '../values/numbers.ts';
import { describe } from '../values/preview.ts';
import { type Code, many, single } from './code.ts';
import { compile, type Of } from './compile.ts';
import type { Scope } from './scope.ts';

type Operation = (run: Run, left: Json, right: Json) => Json;

export const arithmetic: Readonly<Record<ArithmeticOperator, Operation>> = {
  '+': add,
  '-': subtract,
  '*': multiply,
  '/': divide,
  '%': modulo,
};

const operations: Readonly<Record<BinaryOperator, Operation>> = {
  ...arithmetic,
  '==': (run, left, right) => compare(run, left, right) === 0,
  '!=': (run, left, right) => compare(run, left, right) !== 0,
  '<': (run, left, right) => compare(run, left, right) < 0,
  '<=': (run, left, right) => compare(run, left, right) <= 0,
  '>': (run, left, right) => compare(run, left, right) > 0,
  '>=': (run, left, right) => compare(run, left, right) >= 0,
};

/** Both sides see the input. For several values on both sides, those on the left change faster. */
export function compileBinary(node: Of<'binary'>, scope: Scope): Code {
  const operation = operations[node.operator];
  const left = compile(node.left, scope);
  const right = compile(node.right, scope);
  const first = left.one;
  const second = right.one;
  if (first && second) {
    const fixed = right.constant;
    if (typeof fixed === 'string' && node.operator === '==') return single((env, input) => first(env, input) === fixed);
    if (typeof fixed === 'string' && node.operator === '!=') return single((env, input) => first(env, input) !== fixed);
    return single((env, input) => {
      const value = second(env, input);
      return operation(env.run, first(env, input), value);
    });
  }
  return many((env, input, out) =>
    right.each(env, input, (value) => left.each(env, input, (other) => out(operation(env.run, other, value)))),
  );
}

export function compileSign(node: Of<'sign'>, scope: Scope): Code {
  const of = compile(node.of, scope);
  const apply = node.negative ? negate : plus;
  const one = of.one;
  if (one) return single((env, input) => apply(one(env, input)));
  return many((env, input, out) => of.each(env, input, (value) => out(apply(value))));
}

function plus(value: Json): Json {
  if (isNumber(value)) return value;
  throw new Raised(() => `cannot plus: ${describe(value)}`);
}
