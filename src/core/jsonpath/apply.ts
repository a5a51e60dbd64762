import { GoError, orElse, type Spend } from '../go/function.ts';
import { isObject, type Json } from '../json/json.ts';
import { sortedKeys } from '../json/sorted-keys.ts';
import { isTruthy, valueOfTerm } from './filter.ts';
import type { Step } from './steps.ts';

/** Goes the steps from `current`. Throws GoError where one leads nowhere. */
export function apply(steps: readonly Step[], root: Json, current: Json, spend: Spend): Json {
  spend.steps(1);
  const [step, ...rest] = steps;
  if (!step) return current;
  const on = (value: Json): Json => apply(rest, root, value, spend);
  /** What the rest of the path finds below each; what finds nothing is left out. */
  const onEach = (values: readonly Json[]): Json => {
    spend.steps(values.length);
    spend.bytes(16 * values.length);
    if (rest.length === 0) return [...values];
    return values.map((value) => found(() => on(value))).filter((value) => value !== null);
  };
  /** An index behind a list of findings counts these. */
  const onFound = (values: readonly Json[]): Json => (rest[0]?.kind === 'index' ? on([...values]) : onEach(values));

  switch (step.kind) {
    case 'key':
      return on(member(current, step.key));
    case 'index':
      return on(element(current, step.index));
    case 'length':
      return on(lengthOf(current));
    case 'script': {
      const key = valueOfTerm(step.value, root, current, spend);
      if (typeof key === 'string') return on(member(current, key));
      if (typeof key === 'number' && Number.isInteger(key)) return on(element(current, key));
      throw new GoError('script: invalid token argument. expected integer or string');
    }
    case 'wildcard':
      return onEach(childrenOf(current, 'wildcard'));
    case 'recursive':
      return recursive(rest, root, current, spend);
    case 'keys': {
      if (!isObject(current)) throw invalidTarget('union', 'map');
      return onFound(step.keys.filter((key) => Object.hasOwn(current, key)).map((key) => current[key]!));
    }
    case 'indexes': {
      const list = listOf(current, 'union');
      return onFound(step.indexes.map((index) => list[index < 0 ? index + list.length : index]).filter((one) => one !== undefined));
    }
    case 'range':
      return onFound(inRange(listOf(current, 'range'), step));
    case 'filter': {
      const children = childrenOf(current, 'filter');
      return onFound(children.filter((child) => isTruthy(found(() => valueOfTerm(step.test, root, child, spend)))));
    }
  }
}

/** Null where a path leads nowhere. */
const found = (read: () => Json): Json => orElse(read, null);

function member(value: Json, key: string): Json {
  if (!isObject(value)) throw invalidTarget('key', 'map');
  if (!Object.hasOwn(value, key)) throw new GoError(`key: invalid token key '${key}' not found`);
  return value[key]!;
}

function element(value: Json, index: number): Json {
  const list = listOf(value, 'index');
  const at = index < 0 ? index + list.length : index;
  if (at < 0 || at >= list.length) throw new GoError('index: invalid token out of range');
  return list[at]!;
}

function lengthOf(value: Json): Json {
  if (isObject(value)) return Object.hasOwn(value, 'length') ? value['length']! : Object.keys(value).length;
  if (typeof value === 'string') return Buffer.byteLength(value);
  return listOf(value, 'length').length;
}

function listOf(value: Json, what: string): Json[] {
  if (Array.isArray(value)) return value;
  throw invalidTarget(what, 'array slice');
}

function childrenOf(value: Json, what: string): readonly Json[] {
  if (Array.isArray(value)) return value;
  if (isObject(value)) return sortedKeys(value).map((key) => value[key]!);
  throw invalidTarget(what, 'array map slice');
}

const invalidTarget = (what: string, wanted: string): GoError => new GoError(`${what}: invalid token target. expected [${wanted}]`);

function recursive(rest: readonly Step[], root: Json, current: Json, spend: Spend): Json[] {
  if (current === null) return [];
  const here = rest.length === 0 ? current : found(() => apply(rest, root, current, spend));
  const all: Json[] = Array.isArray(here) && rest.length > 0 ? [...here] : here === null ? [] : [here];
  spend.bytes(16 * all.length);
  if (typeof current !== 'object') return all;
  for (const child of childrenOf(current, 'recursive')) {
    for (const one of recursive(rest, root, child, spend)) all.push(one);
  }
  spend.steps(all.length);
  return all;
}

/** The elements from `start` up to `end`; a negative step turns their order around. */
function inRange(list: readonly Json[], { start, end, step }: Step & { kind: 'range' }): Json[] {
  const place = (index: number): number => Math.min(Math.max(index < 0 ? index + list.length : index, 0), list.length);
  const picked = list.slice(place(start ?? 0), place(end ?? list.length));
  if (step < 0) picked.reverse();
  return picked.filter((_, index) => index % Math.abs(step) === 0);
}
