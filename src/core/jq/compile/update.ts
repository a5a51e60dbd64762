import { isObject, type Json } from '../../json/json.ts';
import type { Env } from '../run/env.ts';
import type { Node } from '../syntax/ast.ts';
import { copyOf } from '../values/objects.ts';
import { deletePaths, getPath, type Owned, setPath } from '../values/set-path.ts';
import { type Code, GO, isTruthy, many, STOP, single } from './code.ts';
import { compile, type Of } from './compile.ts';
import { arithmetic } from './operators.ts';
import type { Scope } from './scope.ts';
import { Trail } from './trail.ts';

/** `paths = value`: once for each value, which sees the whole input. */
export function compileAssign(node: Of<'assign'>, scope: Scope): Code {
  const path = constantPath(node.left);
  const assign = path ? assignAt(path) : assignAll(compile(node.left, scope));
  const right = compile(node.right, scope);
  const one = right.one;
  if (one) return single((env, input) => assign(env, input, one(env, input)));
  return many((env, input, out) => right.each(env, input, (value) => out(assign(env, input, value))));
}

type Assign = (env: Env, input: Json, value: Json) => Json;

/** The path is known: no search for it. One field of an object, the commonest case, is one copy. */
function assignAt(path: readonly Json[]): Assign {
  const [key] = path;
  if (path.length !== 1 || typeof key !== 'string' || key === '__proto__') {
    return (env, input, value) => setPath(env.run, input, path, value);
  }
  return (env, input, value) => {
    if (!isObject(input)) return setPath(env.run, input, path, value);
    const copy = copyOf(env.run, input);
    copy[key] = value;
    return copy;
  };
}

function assignAll(left: Code): Assign {
  return (env, input, value) => {
    let result = input;
    const owned: Owned = new Set();
    left.paths(env, new Trail(undefined, null, input), input, (trail, at) => {
      trail.check(at);
      result = setPath(env.run, result, trail.keys(), value, owned);
      return GO;
    });
    return result;
  };
}

/** `left |= change`: the first output of `change` for each path, in turn; a path for which there is none is deleted in the end. */
export function compileModify(change: Code, left: Node, scope: Scope): Code {
  const target = compile(left, scope);
  return single((env, input) => modify(env, input, target, (value) => firstOf(change, env, value)));
}

/** `left += right` and the like: `right` sees the whole input, and each of its values gives one result. */
export function compileOperate(node: Of<'operate'>, scope: Scope): Code {
  const target = compile(node.left, scope);
  const right = compile(node.right, scope);
  const operator = node.operator;
  const apply =
    operator === '//'
      ? (_env: Env, old: Json, value: Json) => (isTruthy(old) ? old : value)
      : (env: Env, old: Json, value: Json) => arithmetic[operator](env.run, old, value);
  const change = (env: Env, input: Json, value: Json) => modify(env, input, target, (old) => apply(env, old, value));
  const one = right.one;
  if (one) return single((env, input) => change(env, input, one(env, input)));
  return many((env, input, out) => right.each(env, input, (value) => out(change(env, input, value))));
}

export function modify(env: Env, input: Json, target: Code, change: (value: Json) => Json | undefined): Json {
  let result = input;
  const owned: Owned = new Set();
  const deleted: Json[][] = [];
  target.paths(env, new Trail(undefined, null, input), input, (trail, at) => {
    trail.check(at);
    const path = trail.keys();
    const old = getPath(env.run, result, path);
    // `change` may keep what it is given, so it is no longer ours to change in place.
    if (typeof old === 'object' && old !== null && owned.has(old)) owned.clear();
    const next = change(old);
    if (next === undefined) deleted.push(path);
    else result = setPath(env.run, result, path, next, owned);
    return GO;
  });
  return deletePaths(env.run, result, deleted, owned);
}

/** The first output, or undefined when there is none. */
export function firstOf(code: Code, env: Env, input: Json): Json | undefined {
  if (code.one) return code.one(env, input);
  let first: Json | undefined;
  code.each(env, input, (value) => {
    first = value;
    return STOP;
  });
  return first;
}

/** The path of `.a[0]["b"]`, where all of it stands in the program. */
function constantPath(node: Node): Json[] | undefined {
  if (node.kind === 'identity') return [];
  if (node.kind !== 'index' || node.key.kind !== 'literal') return undefined;
  const { value } = node.key;
  if (typeof value !== 'string' && typeof value !== 'number') return undefined;
  return constantPath(node.of)?.concat(value);
}
