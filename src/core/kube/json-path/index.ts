/**
 * JSONPath as kubectl, printer columns and Tekton's bindings have it: client-go's dialect, which is no other's. `.metadata.name`,
 * `.items[-1]`, `.list[0:2]`, `['a\.b']`, `..name`, `.conditions[?(@.type == "Ready")].status`.
 *
 * A path finds any number of values. Keys of an object come in the order in which they stand there; client-go has none. A number in JSON
 * is never an integer, so `@.n == 2` cannot be compared and `@.n == 2.0` can.
 */
import type { Json } from '../../json/json.ts';
import { Search } from './find.ts';
import { parse } from './parse.ts';

export { MissingKey, PathError } from './nodes.ts';

export interface KubePath {
  /**
   * All values that the path leads to. With `mayMiss` a key that is not there finds nothing, else it throws MissingKey. Throws PathError
   * for other paths that lead nowhere, and EngineError EVENT_LIMIT for a search without end.
   */
  find(root: Json, options?: { readonly mayMiss?: boolean }): readonly Json[];
}

/** `text` is what stands between the braces of a template. Throws PathError with the offset of what cannot be read. */
export function compileKubePath(text: string): KubePath {
  const nodes = parse(text);
  return { find: (root, { mayMiss = false } = {}) => new Search(mayMiss).go(nodes, [root]) };
}
