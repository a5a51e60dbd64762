import { expect, test } from 'vitest';
import { deepEqual } from '../../../src/core/go/deep-equal.ts';
import { floatText, formatFloat } from '../../../src/core/go/float.ts';
import { printf } from '../../../src/core/go/format/index.ts';
import { int, strings } from '../../../src/core/go/values.ts';

const spend = { steps: () => {}, bytes: () => {} };

test('floats are as short as they can be, and have an exponent from a million on', () => {
  expect([999999, 1e6, 1234567, 186853002, 0.0001, 0.00001, 1e21, -0, 1.5].map(floatText)).toEqual([
    '999999',
    '1e+06',
    '1.234567e+06',
    '1.86853002e+08',
    '0.0001',
    '1e-05',
    '1e+21',
    '-0',
    '1.5',
  ]);
});

test('digits are rounded as the number really is, halves to even', () => {
  expect([0.5, 1.5, 2.5, 0.125, 1.005].map((value) => formatFloat(value, 'f', 0))).toEqual(['0', '2', '2', '0', '1']);
  expect([0.125, 0.375, 1.005].map((value) => formatFloat(value, 'f', 2))).toEqual(['0.12', '0.38', '1.00']);
  expect(formatFloat(0.1, 'f', 20)).toBe('0.10000000000000000555');
});

test('what does not fit a verb shows in the text', () => {
  expect(printf('%d %s %z', ['x', int(1), true], spend)).toBe('%!d(string=x) %!s(int=1) %!z(bool=true)');
  expect(printf('%d', [], spend)).toBe('%!d(MISSING)');
  expect(printf('%d', [int(1), 'x'], spend)).toBe('1%!(EXTRA string=x)');
});

test('equality minds types', () => {
  expect(deepEqual(int(1), 1, spend)).toBe(false);
  expect(deepEqual(strings(['a']), ['a'], spend)).toBe(false);
  expect(deepEqual(['a', { b: 1 }], ['a', { b: 1 }], spend)).toBe(true);
});
