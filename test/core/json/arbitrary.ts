import fc from 'fast-check';
import type { Json } from '../../../src/core/json/json.ts';

/** Any JSON value, integers beyond 2^53 as bigint, without half surrogate pairs and minus zero. */
export const json: fc.Arbitrary<Json> = fc.letrec<{ value: Json; list: Json[]; object: Record<string, Json> }>((tie) => ({
  value: fc.oneof(
    { maxDepth: 4 },
    fc.constant(null),
    fc.boolean(),
    fc.integer(),
    fc
      .double({ noNaN: true, noDefaultInfinity: true })
      .map((value) => (Number.isInteger(value) && !Number.isSafeInteger(value) ? 0.5 : value || 0)),
    fc.bigInt({ min: 2n ** 53n, max: 2n ** 80n }),
    text(),
    tie('list'),
    tie('object'),
  ),
  list: fc.array(tie('value'), { maxLength: 4 }),
  object: fc.dictionary(text(), tie('value'), { maxKeys: 5 }),
})).value;

/** Texts with what JSON, Go and paths treat specially. */
export function text(): fc.Arbitrary<string> {
  const special = fc.constantFrom(
    '"',
    '\\',
    '<',
    '&',
    '\u2028',
    '\n',
    '\u0001',
    '.',
    '*',
    '#',
    '|',
    '@',
    ':',
    '😀',
    '\uffff',
    'é',
    '0',
    '-1',
  );
  return fc.oneof(
    fc.string({ maxLength: 5 }),
    fc.array(fc.oneof(special, fc.string({ maxLength: 2 })), { maxLength: 4 }).map((parts) => parts.join('')),
  );
}

const words = [
  'a',
  'b',
  '0',
  '1',
  '-1',
  '.',
  '|',
  '#',
  '#(',
  ')',
  ')#',
  '==',
  '!=',
  '%',
  '>',
  '~true',
  '~*',
  '"a"',
  '*',
  '?',
  '\\',
  '@this',
  '@keys',
];
/** A path that may mean nothing: what gjson and sjson have words for, in a row. */
export const path = fc
  .array(fc.constantFrom(...words, '@dig:a', '@flatten', '@tostr', '{', '}', '[', ']', ',', ':', '!1', '..', ' '), {
    maxLength: 8,
  })
  .map((parts) => parts.join(''));
