import { EngineError } from '../../src/core/errors/engine-error.ts';
import { parseGoBool, parseGoFloat } from '../../src/core/json/numbers.ts';
import type { Found } from '../../src/core/json/path/index.ts';
import { compileRegex } from '../../src/core/regex.ts';

export const comparators = ['=', '!=', '>', '>=', '<', '<='] as const;

type Comparator = (typeof comparators)[number];

/** How a `type` of data filter compares. */
interface Matching {
  /** The comparators that mean something to it. */
  readonly comparators: readonly Comparator[];
  /** Reads one of the filter's values. Throws EngineError CONFIG_* when it is none, with the problem in Go's words. */
  read(value: string, comparator: Comparator): (found: Found) => boolean;
}

/** Patterns are looked for anywhere in the text of what was found; other comparators than the two never pass. */
const string: Matching = {
  comparators: ['=', '!='],
  read(pattern, comparator) {
    const regex = compileRegex(pattern);
    if (comparator === '=') return (found) => regex.test(found.text);
    return comparator === '!=' ? (found) => !regex.test(found.text) : () => false;
  },
};

const order: Record<string, (found: number, value: number) => boolean> = {
  '=': (found, value) => found === value,
  '!=': (found, value) => found !== value,
  '>': (found, value) => found > value,
  '>=': (found, value) => found >= value,
  '<': (found, value) => found < value,
  '<=': (found, value) => found <= value,
};

/** What is not a number counts as 0, true as 1. A comparator that there is not never passes, as in Argo; loading a rule refuses it. */
const number: Matching = {
  comparators,
  read(text, comparator) {
    const value = parseGoFloat(text);
    if (value === undefined) throw unreadable('ParseFloat', text);
    if (Math.abs(value) === Number.POSITIVE_INFINITY && !/inf/i.test(text)) throw unreadable('ParseFloat', text, 'value out of range');
    const holds = order[comparator] ?? (() => false);
    return (found) => holds(found.number, value);
  },
};

const bool: Matching = {
  comparators: ['=', '!='],
  read(text, comparator) {
    const value = parseGoBool(text);
    if (value === undefined) throw unreadable('ParseBool', text);
    return (found) => (found.boolean === value) === (comparator !== '!=');
  },
};

export const matchings: Readonly<Record<string, Matching>> = { string, number, bool };

const unreadable = (how: string, text: string, why = 'invalid syntax'): EngineError =>
  new EngineError(
    'CONFIG_INVALID',
    { problem: `strconv.${how}: parsing ${JSON.stringify(text)}: ${why}` },
    { hint: how === 'ParseBool' ? 'write "true" or "false"' : 'write a number, such as "10" or "2.5"' },
  );

/** Whether what was found is what was wanted. Throws EngineError when that cannot be said. */
export type Matcher = (found: Found) => boolean;

/**
 * One value that fits is enough, also with `!=`, as in Argo (K9): who means "none of these" writes a filter for each. A value that
 * cannot be read is a problem only when it comes to it; who loads a rule refuses such a value before.
 */
export function matcher(matching: Matching, values: readonly string[], comparator: Comparator): Matcher {
  const tests = values.map((value) => readOrThrowLater(matching, value, comparator));
  return (found) => tests.some((test) => test(found));
}

function readOrThrowLater(matching: Matching, value: string, comparator: Comparator): Matcher {
  try {
    return matching.read(value, comparator);
  } catch (thrown) {
    return () => {
      throw thrown;
    };
  }
}
