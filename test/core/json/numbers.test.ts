import { describe, expect, test } from 'vitest';
import { parseGoBool, parseGoFloat, plainDecimal } from '../../../src/core/json/numbers.ts';

test.each([
  ['1', 1],
  ['-1.50', -1.5],
  ['+.5e-3', 0.0005],
  ['5.', 5],
  ['1e400', Number.POSITIVE_INFINITY],
  ['-Inf', Number.NEGATIVE_INFINITY],
  ['infinity', Number.POSITIVE_INFINITY],
  ['NaN', Number.NaN],
  ['1_000.5e1_0', 10005e9],
  ['0x1p4', 16],
  ['-0X_1_0.8P-1', -8.25],
  ['0x.8p0', 0.5],
])('%s is a number in Go', (text, value) => {
  expect(parseGoFloat(text)).toBe(value);
});

test.each(['', ' 1', '1 ', '0x10', '_1', '1_', '1__0', '1_.5', '0xp0', '0x.p0', '.', 'e5', '1e', 'one', '--1', '-nan'])(
  '%j is none',
  (text) => {
    expect(parseGoFloat(text)).toBeUndefined();
  },
);

test('a text that is nearly a number is read in one pass', () => {
  const long = (text: string) => `${text.repeat(1_000_000)}!`;

  for (const text of [long('1'), long('1_'), `0x${long('a_')}`, `1.${long('1')}`]) expect(parseGoFloat(text)).toBeUndefined();
});

describe('without an exponent', () => {
  test.each([
    [1.5, '1.5'],
    [1e21, '1000000000000000000000'],
    [1.25e22, '12500000000000000000000'],
    [1e-7, '0.0000001'],
    [-1.5e-9, '-0.0000000015'],
    [-0, '-0'],
    [Number.POSITIVE_INFINITY, '+Inf'],
    [Number.NEGATIVE_INFINITY, '-Inf'],
    [Number.NaN, 'NaN'],
  ])('%s is %s', (value, text) => {
    expect(plainDecimal(value)).toBe(text);
  });
});

test('booleans are the words that Go knows', () => {
  expect(['1', 't', 'T', 'TRUE', 'true', 'True'].map(parseGoBool)).toEqual(Array(6).fill(true));
  expect(['0', 'f', 'F', 'FALSE', 'false', 'False'].map(parseGoBool)).toEqual(Array(6).fill(false));
  expect(['', 'yes', 'tRUE', '2'].map(parseGoBool)).toEqual(Array(4).fill(undefined));
});
