import { equal } from '../values/compare.ts';
import type { CelResult } from '../values/fault.ts';
import { sorted } from '../values/sort.ts';
import { type CelValue, Int } from '../values/value.ts';
import { elements, fault, type Overload, overload, overloads, type Run } from './function.ts';

type List = readonly CelValue[];

const has = (list: List, value: CelValue, run: Run): boolean => {
  run.steps(1 + list.length / 10);
  return list.some((item) => equal(item, value, run));
};

const contains = (list: List, part: List, run: Run): boolean => part.every((value) => has(list, value, run));

function slice(list: List, from: Int, to: Int): CelResult {
  const [start, end] = [from.value, to.value];
  if (start < 0n || end < 0n) return fault(`cannot slice(${start}, ${end}), negative indexes not supported`);
  if (start > end) return fault(`cannot slice(${start}, ${end}), start index must be less than or equal to end index`);
  if (list.length < end) return fault(`cannot slice(${start}, ${end}), list is length ${list.length}`);
  return list.slice(Number(start), Number(end));
}

function flattened(list: List, depth: bigint, run: Run): List {
  run.bytes(list.length * 16);
  return list.flatMap((item) => (Array.isArray(item) && depth > 0n ? flattened(item, depth - 1n, run) : [item]));
}

function range({ value }: Int, run: Run): CelResult {
  if (value < 0n) return fault(`lists.range takes a size from 0 on, and this is ${value}`);
  run.bytes(Number(value) * 16);
  return Array.from({ length: Number(value) }, (_, index) => new Int(BigInt(index)));
}

function distinct(list: List, run: Run): CelResult {
  const kept: CelValue[] = [];
  for (const item of elements(list)) if (!has(kept, item, run)) kept.push(item);
  return kept;
}

const comparable = ['int', 'uint', 'double', 'bool', 'duration', 'timestamp', 'string', 'bytes'];

/** The libraries `lists` and `sets`. */
export const collectionFunctions: readonly Overload[] = [
  overload('sets.contains(list(T), list(T)) -> bool', contains),
  overload('sets.equivalent(list(T), list(T)) -> bool', (a: List, b: List, run: Run) => contains(a, b, run) && contains(b, a, run)),
  overload('sets.intersects(list(T), list(T)) -> bool', (a: List, b: List, run: Run) => a.some((value) => has(b, value, run))),
  overload('list(T).slice(int, int) -> list(T)', slice),
  overload('list(list(T)).flatten() -> list(T)', (list: List, run: Run) => flattened(list, 1n, run)),
  overload('list(dyn).flatten(int) -> list(dyn)', (list: List, { value }: Int, run: Run) =>
    value < 0n ? fault('level must be non-negative') : flattened(list, value, run),
  ),
  ...overloads(comparable, 'list(T).sort() -> list(T)', (list: List, run: Run) => sorted(elements(list), elements(list), run)),
  overload('list(T).distinct() -> list(T)', distinct),
  overload('list(T).reverse() -> list(T)', (list: List) => [...list].reverse()),
  overload('lists.range(int) -> list(int)', range),
];
