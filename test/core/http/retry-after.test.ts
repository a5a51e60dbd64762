import { expect, test } from 'vitest';
import { retryAfter } from '../../../src/core/http/retry-after.ts';

const now = Date.parse('2026-07-18T12:00:00Z');

test.each<[string | undefined, number | undefined]>([
  ['3', 3000],
  ['0', 0],
  ['Sat, 18 Jul 2026 12:00:05 GMT', 5000],
  ['Sat, 18 Jul 2026 11:00:00 GMT', 0],
  ['999999999', 3_600_000],
  ['Sun, 18 Jul 2027 12:00:05 GMT', 3_600_000],
  ['soon', undefined],
  ['-1', undefined],
  ['', undefined],
  [undefined, undefined],
])('%j is %j milliseconds from now', (header, wait) => {
  expect(retryAfter(header, now)).toBe(wait);
});
