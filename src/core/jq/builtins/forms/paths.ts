import type { Json } from '../../../json/json.ts';
import { type Code, GO, many, single } from '../../compile/code.ts';
import { compile, type Of } from '../../compile/compile.ts';
import { compileIndex } from '../../compile/navigate.ts';
import { Trail } from '../../compile/trail.ts';
import { compileModify } from '../../compile/update.ts';
import type { Run } from '../../run/run.ts';
import { deletePaths, getPath } from '../../values/set-path.ts';
import { cannotApply } from '../refusals.ts';
import { type Form, type Forms, of } from './form.ts';

const path = (source: Code): Code =>
  many((env, input, out) =>
    source.paths(env, new Trail(undefined, null, input), input, (trail, value) => {
      trail.check(value);
      return out(trail.keys(env.run));
    }),
  );

const del = (source: Code): Code => {
  const { each } = path(source);
  return single((env, input) => {
    const paths: Json[] = [];
    each(env, input, (found) => {
      env.run.growCells(1);
      paths.push(found);
      return GO;
    });
    return deletePaths(env.run, input, paths);
  });
};

function reach(run: Run, input: Json, keys: Json): Json {
  if (!Array.isArray(keys)) throw cannotApply('getpath', input, keys);
  return getPath(run, input, keys);
}

const getpath = (keys: Code): Code => {
  const only = keys.one;
  const paths: Code['paths'] = (env, trail, input, out) =>
    keys.each(env, input, (wanted) => {
      const found = reach(env.run, input, wanted);
      trail.check(input);
      const deeper = (wanted as Json[]).reduce<Trail>((so, key) => new Trail(so, key, found), trail);
      return out(deeper, found);
    });
  if (only) return single((env, input) => reach(env.run, input, only(env, input)), paths);
  return many((env, input, out) => keys.each(env, input, (wanted) => out(reach(env.run, input, wanted))), paths);
};

/** `first` and `last` alone are places of an array. */
const item =
  (index: number): Form =>
  (_args, scope, at) => {
    const node: Of<'index'> = { kind: 'index', of: { kind: 'identity', at }, key: { kind: 'literal', value: index, at }, at };
    return compileIndex(node, scope);
  };

export const paths: Forms = {
  'path/1': of(path),
  'del/1': of(del),
  'getpath/1': of(getpath),
  'map_values/1': ([change], scope, at) =>
    compileModify(compile(change!, scope), { kind: 'iterate', of: { kind: 'identity', at }, at }, scope),
  'first/0': item(0),
  'last/0': item(-1),
};
