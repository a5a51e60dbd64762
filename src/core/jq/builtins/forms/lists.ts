import type { Json } from '../../../json/json.ts';
import { pipe } from '../../compile/basics.ts';
import { builtinNames } from '../../compile/calls.ts';
import { type Code, GO, identity, isTruthy, STOP, single } from '../../compile/code.ts';

import { collect } from '../../compile/construct.ts';
import { cannotIterate, compileIterate } from '../../compile/navigate.ts';
import type { Env } from '../../run/env.ts';
import { valuesOf } from '../../values/objects.ts';
import { fromEntries, toEntries } from '../collections.ts';
import { type ByKey, groupBy, maxBy, minBy, sortBy, uniqueBy } from '../order.ts';
import { cannotApply } from '../refusals.ts';
import { type Form, type Forms, of } from './form.ts';

const items = compileIterate(identity);

/** A key of one output is compared as it is, of several as an array. */
const byKey = (name: string, apply: ByKey): Form =>
  of((key) => {
    const one = key!.one;
    const keyOf = one ?? collect(key!).one!;
    return single((env, input) => {
      const list = valuesOf(input);
      if (!list) throw cannotIterate(input);
      env.run.growCells(list.length);
      const keys = list.map((value) => keyOf(env, value));
      if (!Array.isArray(input)) throw cannotApply(name, input, one ? keys.map((value) => [value]) : keys);
      return apply(env.run, input, keys);
    });
  });

/** Whether some output of `test`, for some output of `source`, is true (or, for `all`, is not). */
function exists(source: Code, test: Code, wanted: boolean): (env: Env, input: Json) => boolean {
  return (env, input) => {
    let found = false;
    source.each(env, input, (value) => {
      env.run.tick(1);
      test.each(env, value, (answer) => {
        found = isTruthy(answer) === wanted;
        return found ? STOP : GO;
      });
      return found ? STOP : GO;
    });
    return found;
  };
}

function any(source: Code, test: Code): Code {
  return single(exists(source, test, true));
}

function all(source: Code, test: Code): Code {
  const fails = exists(source, test, false);
  return single((env, input) => !fails(env, input));
}

const isEmpty = (source: Code): Code =>
  single((env, input) => {
    let empty = true;
    source.each(env, input, () => {
      empty = false;
      return STOP;
    });
    return empty;
  });

/** `map` of a filter of one output over an array is a plain loop. */
function map(change: Code): Code {
  const general = collect(pipe(items, change));
  const one = change.one;
  if (!one) return general;
  return single((env, input) => {
    if (!Array.isArray(input)) return general.one!(env, input);
    env.run.growCells(input.length);
    env.run.tick(input.length);
    return input.map((item) => one(env, item));
  });
}

function withEntries(change: Code): Code {
  const changed = map(change).one!;
  return single((env, input) => fromEntries(env.run, changed(env, toEntries(env.run, input))));
}

export const lists: Forms = {
  'map/1': of((change) => map(change!)),
  'with_entries/1': of((change) => withEntries(change!)),
  'sort_by/1': byKey('sort_by', sortBy),
  'group_by/1': byKey('group_by', groupBy),
  'unique_by/1': byKey('unique_by', uniqueBy),
  'min_by/1': byKey('min_by', minBy),
  'max_by/1': byKey('max_by', maxBy),
  'any/0': of(() => any(items, identity)),
  'any/1': of((test) => any(items, test!)),
  'any/2': of((source, test) => any(source!, test!)),
  'all/0': of(() => all(items, identity)),
  'all/1': of((test) => all(items, test!)),
  'all/2': of((source, test) => all(source!, test!)),
  'isempty/1': of((source) => isEmpty(source!)),
  'builtins/0': of(() => single(() => builtinNames())),
};
