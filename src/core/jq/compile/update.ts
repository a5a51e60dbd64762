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
  const quick = path && assignField(path);
  return withValues(compile(node.right, scope), quick ?? assignTo(node.left, compile(node.left, scope)));
}

/** `left += right` and the like: `right` sees the whole input, and each of its values gives one result. */
export function compileOperate(node: Of<'operate'>, scope: Scope): Code {
  return withValues(compile(node.right, scope), operateTo(compile(node.left, scope), node.operator));
}

/** `left |= change`: the first output of `change` for each path, in turn; a path for which there is none is deleted in the end. */
export function compileModify(change: Code, left: Node, scope: Scope): Code {
  return single(modifyTo(compile(left, scope), change));
}

/** Changes the input by a value. What is in `owned` belongs to the caller and is changed in place. */
type Change = (env: Env, input: Json, value: Json, owned?: Owned) => Json;

function withValues(values: Code, change: Change): Code {
  const { one } = values;
  if (one) return single((env, input) => change(env, input, one(env, input)));
  return many((env, input, out) => values.each(env, input, (value) => out(change(env, input, value))));
}

/** One field of an object, the commonest case: one copy. */
function assignField(path: readonly Json[]): Change | undefined {
  const [key] = path;
  if (path.length !== 1 || typeof key !== 'string' || key === '__proto__') return undefined;
  return (env, input, value) => {
    if (!isObject(input)) return setPath(env.run, input, path, value);
    const copy = copyOf(env.run, input);
    copy[key] = value;
    return copy;
  };
}

export function assignTo(node: Node, target: Code): Change {
  const path = constantPath(node);
  if (path) return (env, input, value, owned) => setPath(env.run, input, path, value, owned);
  return (env, input, value, owned = new Set()) => {
    let result = input;
    eachPath(env, input, target, (found) => {
      result = setPath(env.run, result, found, value, owned);
    });
    return result;
  };
}

export function operateTo(target: Code, operator: Of<'operate'>['operator']): Change {
  if (operator === '//') {
    return (env, input, value, owned) => modify(env, input, target, (old) => (isTruthy(old) ? old : value), owned);
  }
  const apply = arithmetic[operator];
  return (env, input, value, owned) => modify(env, input, target, (old) => apply(env.run, old, value), owned);
}

export const modifyTo =
  (target: Code, change: Code) =>
  (env: Env, input: Json, owned?: Owned): Json =>
    modify(env, input, target, (value) => firstOf(change, env, value), owned);

function modify(env: Env, input: Json, target: Code, change: (value: Json) => Json | undefined, owned: Owned = new Set()): Json {
  let result = input;
  const deleted: Json[][] = [];
  eachPath(env, input, target, (path) => {
    const old = getPath(env.run, result, path);
    // `change` may keep what it is given, so it is no longer ours to change in place.
    if (typeof old === 'object' && old !== null && owned.has(old)) owned.clear();
    const next = change(old);
    if (next === undefined) deleted.push(path);
    else result = setPath(env.run, result, path, next, owned);
  });
  return deletePaths(env.run, result, deleted, owned);
}

function eachPath(env: Env, input: Json, target: Code, visit: (path: Json[]) => void): void {
  target.paths(env, new Trail(undefined, null, input), input, (trail, value) => {
    trail.check(value);
    visit(trail.keys(env.run));
    return GO;
  });
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

/** The path of `.a[0]["b"][1:]`, where all of it stands in the program. */
function constantPath(node: Node): Json[] | undefined {
  if (node.kind === 'identity') return [];
  if (node.kind === 'slice') {
    const [start, end] = [boundOf(node.from), boundOf(node.to)];
    return start === undefined || end === undefined ? undefined : constantPath(node.of)?.concat({ start, end });
  }
  if (node.kind !== 'index' || node.key.kind !== 'literal') return undefined;
  const { value } = node.key;
  return typeof value === 'string' || typeof value === 'number' ? constantPath(node.of)?.concat(value) : undefined;
}

const boundOf = (node: Node | undefined): Json | undefined => (node ? (node.kind === 'literal' ? node.value : undefined) : null);
