import type { Json } from '../../../json/json.ts';
import { preludeCall } from '../../compile/calls.ts';
import { type Flow, GO, isTruthy, many, type Out, STOP, single } from '../../compile/code.ts';
import { compile } from '../../compile/compile.ts';
import type { Run } from '../../run/run.ts';
import { add } from '../../values/arithmetic.ts';
import { compare } from '../../values/compare.ts';
import { isNumber } from '../../values/numbers.ts';
import { cannotApply } from '../refusals.ts';
import { eachValues, type Form, type Forms, of } from './form.ts';

function range(run: Run, from: Json, to: Json, step: Json, out: Out): Flow {
  for (const value of [from, to, step]) if (!isNumber(value)) throw cannotApply('range', value);
  const direction = compare(run, step, 0);
  let value = from;
  while (direction * compare(run, value, to) < 0) {
    run.tick(1);
    if (out(value) === STOP) return STOP;
    value = add(run, value, step);
  }
  return GO;
}

const ranging = (arrange: (first: Json, second: Json, third: Json) => [Json, Json, Json]): Form =>
  of((...args) =>
    many((env, input, out) => eachValues(args, env, input, ([a, b = null, c = null]) => range(env.run, ...arrange(a!, b, c), out))),
  );

/** `until` and `while` with filters of one output are plain loops; others, and paths, go the way of their definition in jq. */
const until: Form = (args, scope) => {
  const general = preludeCall('_until/2', args, scope);
  const [condition, next] = args.map((arg) => compile(arg, scope).one);
  if (!condition || !next) return general;
  return single((env, input) => {
    let value = input;
    while (!isTruthy(condition(env, value))) {
      env.run.tick(1);
      value = next(env, value);
    }
    return value;
  }, general.paths);
};

const whilst: Form = (args, scope) => {
  const general = preludeCall('_while/2', args, scope);
  const [condition, update] = args.map((arg) => compile(arg, scope).one);
  if (!condition || !update) return general;
  return many((env, input, out) => {
    let value = input;
    while (isTruthy(condition(env, value))) {
      env.run.tick(1);
      if (out(value) === STOP) return STOP;
      value = update(env, value);
    }
    return GO;
  }, general.paths);
};

export const loops: Forms = {
  'range/1': ranging((to) => [0, to, 1]),
  'range/2': ranging((from, to) => [from, to, 1]),
  'range/3': ranging((from, to, step) => [from, to, step]),
  'until/2': until,
  'while/2': whilst,
};
