import { isDeepStrictEqual } from 'node:util';
import type { Answer, Comparison } from './adapter.ts';

/** The fields of the expectation that the answer does not meet. */
export function unmet(expected: Answer, got: Answer, comparisons: Readonly<Record<string, Comparison>> = {}): string[] {
  return Object.keys(expected).filter((field) => !meets(comparisons[field] ?? 'same', expected[field], got[field]));
}

function meets(comparison: Comparison, expected: unknown, got: unknown): boolean {
  if (typeof comparison === 'function') return comparison(expected, got);
  if (comparison === 'failed' || (comparison === 'own error' && !isArgosOwn(expected))) return failed(expected) === failed(got);
  if (comparison === 'json') return isDeepStrictEqual(parsed(expected), parsed(got));
  return isDeepStrictEqual(expected, got);
}

const failed = (value: unknown): boolean => value !== null && value !== undefined && value !== false;

/** The words with which Argo Events starts the messages that it makes itself, by the vectors' README. How a template failed is told by a library. */
const isArgosOwn = (text: unknown): boolean =>
  typeof text === 'string' && /^(?:data|expr|time) filter error \((?!template: \w+:\d+:\d+: executing )/.test(text);

function parsed(value: unknown): unknown {
  if (typeof value !== 'string') return value;
  try {
    return JSON.parse(value);
  } catch {
    return value;
  }
}
