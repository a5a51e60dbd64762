import { order } from './compare.ts';
import { CelFault } from './fault.ts';
import { type CelValue, kindOf } from './value.ts';

/** The items in the order of their keys, which must all be of one type that has an order. Equal ones stay as they were. */
export function sorted(
  items: readonly CelValue[],
  keys: readonly CelValue[],
  run: { steps(count: number): void },
): readonly CelValue[] | CelFault {
  const [first] = keys;
  if (first === undefined) return items;
  if (order(first, first) === undefined && !Number.isNaN(first)) return new CelFault('list elements must be comparable');
  if (keys.some((key) => kindOf(key) !== kindOf(first))) return new CelFault('list elements must have the same type');
  run.steps(items.length * Math.ceil(Math.log2(items.length + 1)));
  const places = Array.from(items, (_, index) => index);
  return places.sort((a, b) => order(keys[a]!, keys[b]!) ?? 0).map((index) => items[index]!);
}
