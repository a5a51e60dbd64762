import type { Json } from '../../json/json.ts';
import { Closure, Env } from '../run/env.ts';
import type { Definition, Node } from '../syntax/ast.ts';
import { type Code, type Flow, many, type Out, pending, single, TAIL } from './code.ts';
import { compile, type Of } from './compile.ts';
import type { FunctionEntry, Scope } from './scope.ts';
import { envUp } from './variables.ts';

/** `def …; rest`. The function is compiled even if nobody calls it, so that its mistakes are found. */
export function compileDefine(node: Of<'define'>, scope: Scope, tail: boolean): Code {
  const entry = defineFunction(node.definition, scope);
  const rest = compile(node.rest, scope.withFunction(entry), tail);
  compileBody(entry);
  return rest;
}

export function defineFunction(definition: Definition, scope: Scope): FunctionEntry {
  const single = !scope.program.notSingle.has(definition);
  return { definition, scope, body: undefined, state: 'new', single, assumed: false };
}

/**
 * Compiles a function once. Whether it has exactly one output can depend on itself, so that is assumed at first; where its body turns
 * out otherwise, it is compiled again without the assumption.
 */
function compileBody(entry: FunctionEntry): void {
  if (entry.state !== 'new') return;
  entry.state = 'compiling';
  entry.body = compile(entry.definition.body, scopeInside(entry), true);
  if (entry.single && !entry.body.one) {
    entry.single = false;
    entry.scope.program.notSingle.add(entry.definition);
    if (entry.assumed) entry.body = compile(entry.definition.body, scopeInside(entry), true);
  }
  entry.state = 'done';
}

function scopeInside(entry: FunctionEntry): Scope {
  const { params } = entry.definition;
  let scope = entry.scope.withFunction(entry);
  for (const param of params) scope = scope.with('filter', bare(param));
  for (const param of params) if (isValue(param)) scope = scope.with('variable', bare(param));
  return scope;
}

const isValue = (param: string): boolean => param.startsWith('$');
const bare = (param: string): string => (isValue(param) ? param.slice(1) : param);

/** A call of a function that is written in jq. A `$name` parameter binds each value of its argument; the first argument's change slowest. */
export function compileFunctionCall(entry: FunctionEntry, args: readonly Node[], scope: Scope, tail: boolean): Code {
  compileBody(entry);
  if (entry.state === 'compiling' && entry.single) entry.assumed = true;
  const closures = args.map((arg) => compile(arg, scope));
  const values = closures.filter((_, index) => isValue(entry.definition.params[index]!));
  const up = scope.depth - entry.scope.depth;
  const atTop = entry.scope.depth === 0;
  const enclosed = (env: Env): Env => {
    let inner = atTop ? env.run.root! : envUp(env, up);
    for (const code of closures) inner = new Env(env.run, inner, new Closure(code, env));
    return inner;
  };
  const bindFrom = (index: number, env: Env, inner: Env, input: Json, then: (inner: Env) => Flow): Flow => {
    const value = values[index];
    if (!value) return then(inner);
    return value.each(env, input, (one) => bindFrom(index + 1, env, new Env(env.run, inner, one), input, then));
  };
  const paths: Code['paths'] = (env, trail, input, out) =>
    bindFrom(0, env, enclosed(env), input, (inner) => {
      const { run } = env;
      run.enter();
      const flow = entry.body!.paths(inner, trail, input, out);
      run.depth -= 1;
      return flow;
    });
  const direct = values.every((value) => value.one);
  if (!direct) return many((env, input, out) => bindFrom(0, env, enclosed(env), input, (inner) => run(entry, inner, input, out)), paths);

  const bound = (env: Env, input: Json): Env => {
    let inner = enclosed(env);
    for (const value of values) inner = new Env(env.run, inner, value.one!(env, input));
    return inner;
  };
  const callOne = tail ? leaveOne : runOne;
  const call = tail ? leaveTo : run;
  if (entry.single) return single((env, input) => callOne(entry, bound(env, input), input), paths);
  return many((env, input, out) => call(entry, bound(env, input), input, out), paths);
}

function runOne(entry: FunctionEntry, env: Env, input: Json): Json {
  const { run } = env;
  run.enter();
  let value = entry.body!.one!(env, input);
  while (value === pending) {
    run.tick(1);
    const call = run.pending!;
    value = call.target.body!.one!(call.env, call.input);
  }
  run.depth -= 1;
  return value;
}

function run(entry: FunctionEntry, env: Env, input: Json, out: Out): Flow {
  const { run } = env;
  run.enter();
  let flow = entry.body!.each(env, input, out);
  while (flow === TAIL) {
    run.tick(1);
    const call = run.pending!;
    flow = call.target.body!.each(call.env, call.input, call.out!);
  }
  run.depth -= 1;
  return flow;
}

function leaveOne(target: FunctionEntry, env: Env, input: Json): Json {
  env.run.pending = { target, env, input, out: undefined };
  return pending;
}

function leaveTo(target: FunctionEntry, env: Env, input: Json, out: Out): Flow {
  env.run.pending = { target, env, input, out };
  return TAIL;
}

/** A call of a filter parameter: the argument, in the place where it was written. */
export function compileParameter(up: number): Code {
  const closure = (env: Env) => envUp(env, up).value as Closure;
  return many(
    (env, input, out) => {
      env.run.tick(1);
      const { code, env: home } = closure(env);
      return code.each(home, input, out);
    },
    (env, trail, input, out) => {
      env.run.tick(1);
      const { code, env: home } = closure(env);
      return code.paths(home, trail, input, out);
    },
  );
}
