/**
 * JSONPath as the function `jsonpath` of event source filters has it: `$.items[?(@.id == 4)].name`.
 *
 * A key or an index that is not there is an error; `*`, `..`, unions, ranges and filters give a list of what they find, and leave out what
 * is not there. Called by `src/core/expression`.
 */
import type { Spend } from '../go/function.ts';
import type { Json } from '../json/json.ts';
import { apply } from './apply.ts';
import { parse } from './parse.ts';

export interface JsonPathSelector {
  /** Throws GoError for what is not there, and what `spend` throws. */
  query(root: Json, spend: Spend): Json;
}

/** Throws GoError for a text that is no path. */
export function compileJsonPath(text: string): JsonPathSelector {
  const { steps } = parse(text);
  return { query: (root, spend) => apply(steps, root, root, spend) };
}
