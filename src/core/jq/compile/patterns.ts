import type { Json } from '../../json/json.ts';
import { Env } from '../run/env.ts';
import { Passing, Raised } from '../run/raised.ts';
import type { Pattern } from '../syntax/ast.ts';
import { at, itemAt, notAnArray } from '../values/navigate.ts';
import type { Flow } from './code.ts';
import { compile } from './compile.ts';
import type { Scope } from './scope.ts';

interface Binder {
  /** What can be seen behind the patterns. */
  readonly inside: Scope;
  /** Calls `then` once for each way in which the value matches; almost always there is one. */
  readonly bind: (env: Env, value: Json, then: (bound: Env) => Flow) => Flow;
  /** The pattern is a mere `$name`: the value is the one new entry. */
  readonly plain: boolean;
}

/** Fills the places of the pattern's variables, then goes on. */
type Matcher = (env: Env, value: Json, slots: Json[], then: () => Flow) => Flow;

/** With `?//` all variables of all patterns exist, null where the pattern that matched has them not; an error tries the next pattern. */
export function compilePatterns(patterns: readonly Pattern[], scope: Scope): Binder {
  const names = [...new Set(patterns.flatMap(variablesOf))];
  const inside = names.reduce((so, name) => so.with('variable', name), scope);
  const [only] = patterns;
  if (patterns.length === 1 && only!.kind === 'variable') {
    return { inside, plain: true, bind: (env, value, then) => then(new Env(env.run, env, value)) };
  }
  const matchers = patterns.map((pattern) => compilePattern(pattern, names, inside));
  const attempt = (index: number, env: Env, value: Json, then: (bound: Env) => Flow): Flow => {
    const slots = names.map((): Json => null);
    const match = () => matchers[index]!(env, value, slots, () => then(withSlots(env, slots)));
    if (index === matchers.length - 1) return match();
    try {
      return match();
    } catch (thrown) {
      if (!(thrown instanceof Raised || thrown instanceof Passing)) throw thrown;
      return attempt(index + 1, env, value, then);
    }
  };
  return { inside, plain: false, bind: (env, value, then) => attempt(0, env, value, then) };
}

const withSlots = (env: Env, slots: readonly Json[]): Env => slots.reduce<Env>((so, value) => new Env(env.run, so, value), env);

function variablesOf(pattern: Pattern): string[] {
  if (pattern.kind === 'variable') return [pattern.name];
  if (pattern.kind === 'array') return pattern.items.flatMap(variablesOf);
  return pattern.fields.flatMap(({ variable, value }) => [
    ...(variable === undefined ? [] : [variable]),
    ...(value ? variablesOf(value) : []),
  ]);
}

function compilePattern(pattern: Pattern, names: readonly string[], inside: Scope): Matcher {
  if (pattern.kind === 'variable') {
    const slot = names.indexOf(pattern.name);
    return (_env, value, slots, then) => {
      slots[slot] = value;
      return then();
    };
  }
  const steps = pattern.kind === 'array' ? arraySteps(pattern, names, inside) : objectSteps(pattern, names, inside);
  const from = (index: number, env: Env, value: Json, slots: Json[], then: () => Flow): Flow => {
    const step = steps[index];
    return step ? step(env, value, slots, () => from(index + 1, env, value, slots, then)) : then();
  };
  return (env, value, slots, then) => from(0, env, value, slots, then);
}

function arraySteps(pattern: Extract<Pattern, { kind: 'array' }>, names: readonly string[], inside: Scope): Matcher[] {
  return pattern.items.map((item, index) => {
    const match = compilePattern(item, names, inside);
    return (env, value, slots, then) => {
      if (value !== null && !Array.isArray(value)) throw notAnArray(value);
      return match(env, itemAt(value, index), slots, then);
    };
  });
}

/** A key may be a program of its own, which sees the variables that stand before it in the pattern. */
function objectSteps(pattern: Extract<Pattern, { kind: 'object' }>, names: readonly string[], inside: Scope): Matcher[] {
  return pattern.fields.map(({ key, variable, value: inner }) => {
    const keys = compile(key, inside);
    const slot = variable === undefined ? -1 : names.indexOf(variable);
    const match = inner && compilePattern(inner, names, inside);
    return (env, value, slots, then) =>
      keys.each(withSlots(env, slots), value, (wanted) => {
        const found = at(env.run, value, wanted);
        if (slot >= 0) slots[slot] = found;
        return match ? match(env, found, slots, then) : then();
      });
  });
}
