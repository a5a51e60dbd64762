import type { Path } from '../../core/errors/finding.ts';
import { equalJson } from '../../core/json/equal.ts';
import { isObject, type Json } from '../../core/json/json.ts';
import { stringifyJson } from '../../core/json/stringify.ts';
import { compileRegex } from '../../core/regex.ts';
import { showPath } from '../../manifests/document.ts';

/** Something that is not as it was expected: where in the expectation, and in words. */
export interface Difference {
  readonly path: Path;
  readonly message: string;
}

/**
 * How a value differs from what was expected of it. Of maps only the keys that are named count, null says that a key must be absent;
 * lists must be as long, and match item by item. With `exact` nothing may be there that is not named.
 */
export function differences(
  expected: Json,
  actual: Json | undefined,
  { exact = false }: { exact?: boolean } = {},
  path: Path = [],
): Difference[] {
  if (expected === null && !exact)
    return actual === undefined || actual === null ? [] : [{ path, message: `${named(path)} is ${shown(actual)}, and must not be there` }];
  if (actual === undefined) return [{ path, message: `${named(path)} is not there, expected ${shown(expected)}` }];
  if (isObject(expected) && isObject(actual)) {
    const inner = Object.entries(expected).flatMap(([key, value]) => differences(value, actual[key], { exact }, [...path, key]));
    if (!exact) return inner;
    const more = Object.keys(actual).filter((key) => !(key in expected));
    return [...inner, ...more.map((key) => ({ path, message: `${named([...path, key])} is ${shown(actual[key]!)}, and is not expected` }))];
  }
  if (Array.isArray(expected) && Array.isArray(actual)) {
    if (expected.length !== actual.length)
      return [{ path, message: `${named(path)} has ${actual.length} items, expected ${expected.length}: ${shown(actual)}` }];
    return expected.flatMap((value, index) => differences(value, actual[index], { exact }, [...path, index]));
  }
  return equalJson(expected, actual) ? [] : [{ path, message: `${named(path)} is ${shown(actual)}, expected ${shown(expected)}` }];
}

/** Whether a text holds another, or matches a `/regular expression/`. Throws EngineError CONFIG_REGEX. */
export function says(text: string, wanted: string): boolean {
  const pattern = /^\/(.*)\/$/s.exec(wanted)?.[1];
  return pattern === undefined ? text.includes(wanted) : compileRegex(pattern).test(text);
}

const named = (path: Path): string => showPath(path) || 'it';

function shown(value: Json): string {
  const text = stringifyJson(value);
  return text.length > 200 ? `${text.slice(0, 199)}…` : text;
}
