import { isObject, type Json } from '../../json/json.ts';
import type { Env } from '../run/env.ts';
import type { Node } from '../syntax/ast.ts';
import { add } from '../values/arithmetic.ts';
import { put } from '../values/objects.ts';
import type { Owned } from '../values/set-path.ts';
import { isTruthy } from './code.ts';
import { compile } from './compile.ts';
import type { Scope } from './scope.ts';
import { assignTo, modifyTo, operateTo } from './update.ts';

/**
 * The next state of a `reduce`, made by changing the one before in place as far as this reduce has made it itself.
 *
 * Without it, `reduce .[] as $x ({}; .[$x.name] = $x)` copies the whole object for each item. It holds for updates of one path and for
 * `. + …`, which is what people write; every other update goes the ordinary way. The state may only be changed while nobody else holds
 * it, so what an update puts in must not have the state, or a part of it, inside.
 */
type Step = (env: Env, state: Json, owned: Owned) => Json;

export function compileInPlace(node: Node, scope: Scope): Step | undefined {
  switch (node.kind) {
    case 'identity':
      return (_env, state) => state;
    case 'pipe': {
      const left = compileInPlace(node.left, scope);
      const right = left && compileInPlace(node.right, scope);
      return right && ((env, state, owned) => right(env, left(env, state, owned), owned));
    }
    case 'if':
      return chosen(node, scope);
    case 'binary':
      return node.operator === '+' && node.left.kind === 'identity' ? added(node.right, scope) : undefined;
    case 'assign':
    case 'operate':
    case 'modify':
      return isOnePath(node.left, scope) ? updated(node, scope) : undefined;
    default:
      return undefined;
  }
}

function chosen(node: Node & { kind: 'if' }, scope: Scope): Step | undefined {
  const condition = compile(node.condition, scope).one;
  const then = compileInPlace(node.then, scope);
  const otherwise = compileInPlace(node.otherwise ?? { kind: 'identity', at: node.at }, scope);
  if (!condition || !then || !otherwise) return undefined;
  return (env, state, owned) => (isTruthy(condition(env, state)) ? then : otherwise)(env, state, owned);
}

function updated(node: Node & { kind: 'assign' | 'operate' | 'modify' }, scope: Scope): Step | undefined {
  const target = compile(node.left, scope);
  const right = compile(node.right, scope);
  if (node.kind === 'modify') return modifyTo(target, right);
  const { one } = right;
  if (!one) return undefined;
  const apart = ignoresInput(node.right);
  const apply = node.kind === 'assign' ? assignTo(node.left, target) : operateTo(target, node.operator);
  return (env, state, owned) => {
    const value = one(env, state);
    if (!apart && typeof value === 'object' && value !== null) owned.clear();
    return apply(env, state, value, owned);
  };
}

function added(node: Node, scope: Scope): Step | undefined {
  const { one } = compile(node, scope);
  if (!one || !ignoresInput(node)) return undefined;
  return (env, state, owned) => {
    const value = one(env, state);
    const { run } = env;
    if (typeof state !== 'object' || state === null || !owned.has(state)) {
      const sum = add(run, state, value);
      if (sum === value || sum === state || typeof sum !== 'object' || sum === null) return sum;
      owned.add(sum);
      return sum;
    }
    if (Array.isArray(state) && Array.isArray(value)) {
      run.growCells(value.length);
      for (const item of value) state.push(item);
      return state;
    }
    if (!isObject(state) || !isObject(value)) return add(run, state, value);
    const keys = Object.keys(value);
    run.growCells(keys.length);
    for (const key of keys) put(state, key, value[key]!);
    return state;
  };
}

/** `.a[$k].b`: leads to exactly one place, found before anything is changed. */
function isOnePath(node: Node, scope: Scope): boolean {
  if (node.kind === 'identity') return true;
  return node.kind === 'index' && isOnePath(node.of, scope) && compile(node.key, scope).one !== undefined;
}

/** Whether the output cannot have the input inside, because nothing in the program text takes it there. */
function ignoresInput(node: Node): boolean {
  switch (node.kind) {
    case 'literal':
    case 'variable':
      return true;
    case 'index':
      return ignoresInput(node.of) && ignoresInput(node.key);
    case 'iterate':
    case 'sign':
      return ignoresInput(node.of);
    case 'array':
      return node.of === undefined || ignoresInput(node.of);
    case 'object':
      return node.entries.every(({ key, value }) => ignoresInput(key) && ignoresInput(value));
    case 'text':
      return node.parts.every((part) => typeof part === 'string' || ignoresInput(part));
    case 'pipe':
      return ignoresInput(node.left);
    case 'comma':
    case 'binary':
    case 'alternative':
      return ignoresInput(node.left) && ignoresInput(node.right);
    default:
      return false;
  }
}
