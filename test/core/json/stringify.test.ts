import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { byBytes } from '../../../src/core/json/by-bytes.ts';
import { equalJson } from '../../../src/core/json/equal.ts';
import type { Json } from '../../../src/core/json/json.ts';
import { parseJson } from '../../../src/core/json/parse.ts';
import { goJson, stringifyJson } from '../../../src/core/json/stringify.ts';
import { json, text } from './arbitrary.ts';

describe('as Go prints it', () => {
  test.each<[string, Json, string]>([
    ['keys are sorted', { b: 1, a: { d: 1, c: 2 }, '10': 1, '9': 2 }, '{"10":1,"9":2,"a":{"c":2,"d":1},"b":1}'],
    ['keys are sorted by their bytes', { '😀': 1, '\uffff': 2, é: 3, Z: 4 }, '{"Z":4,"é":3,"\uffff":2,"😀":1}'],
    ['many keys are sorted', Object.fromEntries(Array.from({ length: 30 }, (_, n) => [`k${99 - n}`, 0])), manySorted()],
    ['HTML is escaped, in keys too', { '<k>': 'a&b\u2028\u2029' }, '{"\\u003ck\\u003e":"a\\u0026b\\u2028\\u2029"}'],
    ['control characters are escaped', '\b\f\n\r\t\u0000\u001f\u007f"\\/', '"\\b\\f\\n\\r\\t\\u0000\\u001f\u007f\\"\\\\/"'],
    ['half a surrogate pair is the replacement character', 'a\ud800b', '"a\ufffdb"'],
    [
      'floats are the shortest',
      [1.5, 1e20, 1e21, 1e-6, 1e-7, 123456789.125, -0],
      '[1.5,100000000000000000000,1e+21,0.000001,1e-7,123456789.125,-0]',
    ],
    ['big integers keep their digits', [12345678901234567890n, -1n], '[12345678901234567890,-1]'],
    [
      'what a double cannot hold is the largest double',
      [Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY, Number.NaN],
      '[1.7976931348623157e+308,-1.7976931348623157e+308,null]',
    ],
    ['the empty ones are short', [{}, [], '', null, true, false], '[{},[],"",null,true,false]'],
    ['a key named __proto__ is printed', JSON.parse('{"__proto__":1}') as Json, '{"__proto__":1}'],
  ])('%s', (_what, value, printed) => {
    expect(goJson(value)).toBe(printed);
  });

  test('its text means the value that was given', () => {
    fc.assert(fc.property(json, (value) => equalJson(parseJson(goJson(value)), value)));
  });

  test('equal values have equal texts, whatever the order of their keys', () => {
    fc.assert(fc.property(json, (value) => goJson(reordered(value)) === goJson(value)));
  });
});

describe('as it is', () => {
  test('keys keep their order and nothing needless is escaped', () => {
    expect(stringifyJson({ b: '<a>\u2028', a: [1.5, null, true] })).toBe('{"b":"<a>\u2028","a":[1.5,null,true]}');
  });

  test('big integers keep their digits', () => {
    expect(stringifyJson({ b: [12345678901234567890n, 1, null, { '"': '\n' }] })).toBe('{"b":[12345678901234567890,1,null,{"\\"":"\\n"}]}');
  });
});

test('the order by bytes is the order of the UTF-8 bytes', () => {
  fc.assert(
    fc.property(text(), text(), (a, b) => {
      expect(Math.sign(byBytes(a, b))).toBe(Buffer.compare(Buffer.from(a), Buffer.from(b)));
    }),
    { numRuns: 500 },
  );
});

function manySorted(): string {
  return `{${Array.from({ length: 30 }, (_, n) => `"k${70 + n}":0`).join(',')}}`;
}

function reordered(value: Json): Json {
  if (Array.isArray(value)) return value.map(reordered);
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(
    Object.entries(value)
      .reverse()
      .map(([key, member]) => [key, reordered(member)]),
  );
}
