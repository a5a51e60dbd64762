import { isAlias, isCollection, isMap, isScalar, isSeq, type Node } from 'yaml';

/** A key that cannot be one, and why: in words that follow "this is not valid YAML: ". */
interface WrongKey {
  readonly key: Node;
  readonly because: string;
}

const repeated = 'this key is there twice in the same map';
const noText = 'a key is a text, and this is none; a template with `{{ … }}` has to be filled in before';

/**
 * The first key that is in its map already, or that is no text; undefined when there is none. The parser's own check compares each key with
 * each other one, which takes minutes for a map of many.
 */
export function wrongKey(node: unknown): WrongKey | undefined {
  if (isSeq(node)) return firstOf(node.items, wrongKey);
  if (!isMap(node)) return undefined;
  const seen = new Set<unknown>();
  return firstOf(node.items, ({ key, value }) => {
    // What an alias stands for may be a map, whose text as a key may be as long as memory.
    if (isCollection(key) || isAlias(key)) return { key, because: noText };
    if (isScalar(key)) {
      if (seen.has(key.value)) return { key, because: repeated };
      seen.add(key.value);
    }
    return wrongKey(value);
  });
}

function firstOf<T, R>(items: readonly T[], find: (item: T) => R | undefined): R | undefined {
  for (const item of items) {
    const found = find(item);
    if (found) return found;
  }
  return undefined;
}
