import { expect, test } from 'vitest';
import { equalJson } from '../../../src/core/json/equal.ts';
import type { Json } from '../../../src/core/json/json.ts';

test.each<[Json, Json]>([
  [null, null],
  [1, 1n],
  [
    { a: 1, b: [1, { c: 'x' }] },
    { b: [1, { c: 'x' }], a: 1 },
  ],
  [[], []],
])('%o equals %o', (a, b) => {
  expect(equalJson(a, b)).toBe(true);
  expect(equalJson(b, a)).toBe(true);
});

test.each<[Json, Json]>([
  [null, {}],
  [null, 0],
  ['1', 1],
  ['1', 1n],
  [true, 1],
  [{}, []],
  [{ a: null }, { b: null }],
  [{ a: 1 }, { a: 1, b: 1 }],
  [{ toString: 1 }, {}],
  [
    [1, 2],
    [2, 1],
  ],
])('%o is not %o', (a, b) => {
  expect(equalJson(a, b)).toBe(false);
  expect(equalJson(b, a)).toBe(false);
});
