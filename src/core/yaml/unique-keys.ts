import { isMap, isScalar, isSeq, type Node } from 'yaml';

/**
 * The first key that is in its map already; undefined when there is none. The parser's own check compares each key with each other one,
 * which takes minutes for a map of many.
 */
export function repeatedKey(node: unknown): Node | undefined {
  if (isSeq(node)) return firstOf(node.items, repeatedKey);
  if (!isMap(node)) return undefined;
  const seen = new Set<unknown>();
  return firstOf(node.items, ({ key, value }) => {
    if (isScalar(key)) {
      if (seen.has(key.value)) return key;
      seen.add(key.value);
    }
    return repeatedKey(key) ?? repeatedKey(value);
  });
}

function firstOf<T, R>(items: readonly T[], find: (item: T) => R | undefined): R | undefined {
  for (const item of items) {
    const found = find(item);
    if (found) return found;
  }
  return undefined;
}
