import type { Attributes } from '../../../core/cloudevents/attributes.ts';
import { attributeOf, type Exact } from './filter.ts';

/**
 * Those of many filters that an event can pass at all, found by the texts of its attributes, in the order in which they were given.
 *
 * Each is looked up by one attribute that it wants to be exactly so: its type, else its source, else another; those that want none are
 * always among the answer. So an event costs a look for each attribute that is used, however many filters there are.
 */
export function indexed<T>(all: readonly { readonly exact: Exact; readonly value: T }[]): (attributes: Attributes) => readonly T[] {
  const byName = new Map<string, Map<string, number[]>>();
  const others: number[] = [];
  for (const [index, { exact }] of all.entries()) {
    const name = ['type', 'source', ...exact.keys()].find((one) => exact.has(one));
    if (name === undefined) {
      others.push(index);
      continue;
    }
    const byText = byName.get(name) ?? new Map<string, number[]>();
    byName.set(name, byText);
    const text = exact.get(name)!;
    const same = byText.get(text);
    if (same) same.push(index);
    else byText.set(text, [index]);
  }
  const everywhere = others.map((index) => all[index]!.value);
  return (attributes) => {
    const found: number[][] = [];
    for (const [name, byText] of byName) {
      const some = byText.get(String(attributeOf(attributes, name)));
      if (some) found.push(some);
    }
    if (found.length === 0) return everywhere;
    const indices = [others, ...found].flat().sort((a, b) => a - b);
    return indices.map((index) => all[index]!.value);
  };
}
