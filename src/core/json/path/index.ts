/**
 * Reads from JSON text by path, in the words of gjson: `body.items.#(name=="x").id`.
 *
 * Parameters, filters and expressions of Argo Events name their values so. A path is compiled once and used for many events. It works
 * on the text itself: numbers keep their digits, objects and arrays their spelling, the first of repeated keys counts. It forgives text
 * that is not JSON, as gjson does: it finds something or nothing. Its time grows with the text, and with the parts of the path that go
 * over it again: after 20 million characters it throws EngineError EVENT_LIMIT, and nothing else ever.
 */
import type { Json } from '../json.ts';
import { goJson } from '../stringify.ts';
import { Path } from './path.ts';
import { plainReader } from './read.ts';
import type { ValueType } from './scan.ts';

export { checkPath } from './check.ts';

/** What a path found. */
export interface Found {
  readonly type: ValueType;
  /** The value as it stands in the text. */
  readonly raw: string;
  /** A string without its quotes and escapes; integers with all digits, other numbers without exponent; `null` is empty; else the raw text. */
  readonly text: string;
  /** A number, `true` as 1, or what a string's digits say; else 0. */
  readonly number: number;
  /** `true`, a number other than 0, or a string such as `"true"`, `"t"`, `"1"`. */
  readonly boolean: boolean;
}

export interface JsonPath {
  readonly text: string;
  /** Undefined when the path does not exist in this text. */
  get(json: string): Found | undefined;
  /** What `get` finds in the text that `goJson` makes of a value; for a path of keys and indices that text is not made. */
  read(json: Json): Found | undefined;
}

/** Every text is a path; `checkPath` tells what is suspicious about one. */
export function compilePath(text: string): JsonPath {
  const path = new Path(text);
  const plain = plainReader(text);
  return {
    text,
    get: (json) => path.search(json),
    read: (json) => (plain && typeof json === 'object' && json !== null ? plain(json) : path.search(goJson(json))),
  };
}
