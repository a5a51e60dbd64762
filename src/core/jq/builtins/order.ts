import type { Json } from '../../json/json.ts';
import type { Run } from '../run/run.ts';
import { compare } from '../values/compare.ts';
import type { Native, Natives } from './native.ts';
import { cannotApply } from './refusals.ts';

/** The list's places in the order of the keys; equal keys keep their order. */
function order(run: Run, keys: readonly Json[]): number[] {
  run.growCells(keys.length);
  return [...keys.keys()].sort((a, b) => compare(run, keys[a]!, keys[b]!));
}

/** What sorts, groups or picks from a list by a key of each item. */
export type ByKey = (run: Run, list: readonly Json[], keys: readonly Json[]) => Json;

export const sortBy: ByKey = (run, list, keys) => order(run, keys).map((place) => list[place]!);

export const groupBy: ByKey = (run, list, keys) => {
  const groups: Json[][] = [];
  let last: Json | undefined;
  for (const place of order(run, keys)) {
    const key = keys[place]!;
    if (last !== undefined && compare(run, last, key) === 0) groups.at(-1)!.push(list[place]!);
    else groups.push([list[place]!]);
    last = key;
  }
  return groups;
};

export const uniqueBy: ByKey = (run, list, keys) => (groupBy(run, list, keys) as Json[][]).map((group) => group[0]!);

/** The first of the smallest. */
export const minBy: ByKey = (run, list, keys) => extreme(run, list, keys, (order) => order > 0);
/** The last of the largest. */
export const maxBy: ByKey = (run, list, keys) => extreme(run, list, keys, (order) => order <= 0);

function extreme(run: Run, list: readonly Json[], keys: readonly Json[], replaces: (order: number) => boolean): Json {
  let best = 0;
  for (let index = 1; index < keys.length; index++) if (replaces(compare(run, keys[best]!, keys[index]!))) best = index;
  return list[best] ?? null;
}

/** Of the items themselves. */
const plainly =
  (name: string, apply: ByKey): Native =>
  (run, input) => {
    if (!Array.isArray(input)) throw cannotApply(name, input);
    return apply(run, input, input);
  };

export const ordering: Natives = {
  'sort/0': plainly('sort', sortBy),
  'unique/0': plainly('unique', uniqueBy),
  'min/0': plainly('min', minBy),
  'max/0': plainly('max', maxBy),
};
