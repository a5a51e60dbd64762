import { type Code, constant, GO, identity, isTruthy, many, STOP, single } from './code.ts';
import { compile, type Of } from './compile.ts';
import type { Scope } from './scope.ts';

export function compilePipe(node: Of<'pipe'>, scope: Scope, tail: boolean): Code {
  const left = compile(node.left, scope);
  return pipe(left, compile(node.right, scope, tail && left.one !== undefined));
}

export function pipe(left: Code, right: Code): Code {
  if (left === identity) return right;
  if (right === identity) return left;
  const first = left.one;
  const second = right.one;
  const paths: Code['paths'] = (env, trail, input, out) =>
    left.paths(env, trail, input, (deeper, value) => right.paths(env, deeper, value, out));
  if (first && second) return single((env, input) => second(env, first(env, input)), paths);
  if (first) return many((env, input, out) => right.each(env, first(env, input), out), paths);
  if (second) return many((env, input, out) => left.each(env, input, (value) => out(second(env, value))), paths);
  return many((env, input, out) => left.each(env, input, (value) => right.each(env, value, out)), paths);
}

export function compileComma(node: Of<'comma'>, scope: Scope, tail: boolean): Code {
  return comma(compile(node.left, scope), compile(node.right, scope, tail));
}

function comma(left: Code, right: Code): Code {
  return many(
    (env, input, out) => (left.each(env, input, out) === STOP ? STOP : right.each(env, input, out)),
    (env, trail, input, out) => (left.paths(env, trail, input, out) === STOP ? STOP : right.paths(env, trail, input, out)),
  );
}

export function compileIf(node: Of<'if'>, scope: Scope, tail: boolean): Code {
  const condition = compile(node.condition, scope);
  const direct = tail && condition.one !== undefined;
  return choose(condition, compile(node.then, scope, direct), node.otherwise ? compile(node.otherwise, scope, direct) : identity);
}

export function choose(condition: Code, then: Code, otherwise: Code): Code {
  const test = condition.one;
  const paths: Code['paths'] = (env, trail, input, out) =>
    condition.each(env, input, (chosen) => (isTruthy(chosen) ? then : otherwise).paths(env, trail, input, out));
  if (!test)
    return many(
      (env, input, out) => condition.each(env, input, (chosen) => (isTruthy(chosen) ? then : otherwise).each(env, input, out)),
      paths,
    );
  const yes = then.one;
  const no = otherwise.one;
  if (yes && no) return single((env, input) => (isTruthy(test(env, input)) ? yes(env, input) : no(env, input)), paths);
  return many((env, input, out) => (isTruthy(test(env, input)) ? then : otherwise).each(env, input, out), paths);
}

/** `and`, `or`: the right side is only asked where the left leaves it open. */
export function compileLogic(node: Of<'and' | 'or'>, scope: Scope): Code {
  const right = choose(compile(node.right, scope), constant(true), constant(false));
  const left = compile(node.left, scope);
  return node.kind === 'and' ? choose(left, right, constant(false)) : choose(left, constant(true), right);
}

/** `a // b`: the outputs of `a` that are neither null nor false; without any, those of `b`. An error in `a` is an error, as in gojq. */
export function compileAlternative(node: Of<'alternative'>, scope: Scope, tail: boolean): Code {
  const left = compile(node.left, scope);
  const right = compile(node.right, scope, tail);
  const paths: Code['paths'] = (env, trail, input, out) => {
    let found = false;
    const flow = left.paths(env, trail, input, (deeper, value) => {
      if (!isTruthy(value)) return GO;
      found = true;
      return out(deeper, value);
    });
    return found || flow === STOP ? flow : right.paths(env, trail, input, out);
  };
  const first = left.one;
  const second = right.one;
  if (first && second) {
    return single((env, input) => {
      const value = first(env, input);
      return isTruthy(value) ? value : second(env, input);
    }, paths);
  }
  return many((env, input, out) => {
    let found = false;
    const flow = left.each(env, input, (value) => {
      if (!isTruthy(value)) return GO;
      found = true;
      return out(value);
    });
    return found || flow === STOP ? flow : right.each(env, input, out);
  }, paths);
}
