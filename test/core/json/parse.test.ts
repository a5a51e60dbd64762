import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { equalJson } from '../../../src/core/json/equal.ts';
import { parseJson } from '../../../src/core/json/parse.ts';
import { parseExactly } from '../../../src/core/json/parse-exactly.ts';
import { stringifyJson } from '../../../src/core/json/stringify.ts';
import { json } from './arbitrary.ts';

function problemOf(text: string): string {
  try {
    parseJson(text);
  } catch (error) {
    return (error as Error).message;
  }
  return 'none';
}

describe('integers', () => {
  test('keep all their digits where a double cannot hold them', () => {
    const value = parseJson('{"id": 12345678901234567890, "ids": [-9007199254740993,9007199254740991]}');

    expect(value).toEqual({ id: 12345678901234567890n, ids: [-9007199254740993n, 9007199254740991] });
  });

  test('are found wherever they stand', () => {
    for (const before of ['', '-', '[', '[1,', '{"a":', '{"a": ', '{"a":\n']) {
      for (let padding = 0; padding < 33; padding++) {
        const text = `${' '.repeat(padding)}${before}9007199254740993${before.includes('{') ? '}' : before.includes('[') ? ']' : ''}`;

        expect(stringifyJson(parseJson(text))).toBe(text.replace(/\s/g, ''));
      }
    }
  });

  test('are doubles when written as such', () => {
    expect(parseJson('[4611686018427387904.0, 1e30, 0.1234567890123456789]')).toEqual([2 ** 62, 1e30, 0.12345678901234568]);
  });

  test('stay text in strings', () => {
    expect(parseJson('["1234567890123456789", "a: 1234567890123456789"]')).toEqual(['1234567890123456789', 'a: 1234567890123456789']);
  });
});

test('a key named __proto__ is a key like others', () => {
  for (const text of ['{"__proto__":{"x":1}}', '{"__proto__":{"x":1},"n":12345678901234567890}']) {
    const value = parseJson(text) as Record<string, unknown>;

    expect(Object.keys(value)[0]).toBe('__proto__');
    expect(Object.getPrototypeOf(value)).toBe(Object.prototype);
    expect(value['x']).toBeUndefined();
  }
});

test('of a repeated key the last one counts', () => {
  expect(parseJson('{"a":1,"a":2}')).toEqual({ a: 2 });
  expect(parseJson('{"a":1,"a":12345678901234567890}')).toEqual({ a: 12345678901234567890n });
});

test.each([
  ['', 'it is empty'],
  [' \n', 'it is empty'],
  ['{', 'it ends too early'],
  ['[1,2', 'it ends too early'],
  ['"abc', 'it ends inside a string'],
  ['{"a":1,}', 'unexpected "}" at line 1, column 8, wanted a key in quotes'],
  ['{"a" 1}', 'unexpected "1" at line 1, column 6, wanted ":"'],
  ['{"a":1 "b":2}', 'unexpected "\\"" at line 1, column 8, wanted "," or "}"'],
  ['[1 2]', 'unexpected "2" at line 1, column 4, wanted "," or "]"'],
  ['[01]', 'unexpected "1" at line 1, column 3, wanted "," or "]"'],
  ['{"a":1}\n x', 'unexpected "x" at line 2, column 2'],
  ['{"a":\nnul}', 'unexpected "n" at line 2, column 1, wanted a value'],
  ['constructor', 'unexpected "c" at line 1, column 1, wanted a value'],
  ['[-]', 'a number that is only "-" at line 1, column 2'],
  ['"a\nb"', 'a control character in a string at line 1, column 3'],
  ['["\\x"]', 'a wrong escape in a string at line 1, column 3'],
  ['["\\u12"]', 'a wrong escape in a string at line 1, column 3'],
  ['\ufeff{}', 'unexpected "\ufeff" at line 1, column 1, wanted a value'],
])('%j is not JSON', (text, reason) => {
  expect(problemOf(text)).toBe(`the event is not JSON: ${reason}`);
});

test('text that is nested too deep is refused, and the deepest that is not is read', () => {
  expect(problemOf('['.repeat(2001) + ']'.repeat(2001))).toBe('the event is not JSON: it is nested deeper than 2000 levels');
  expect(problemOf(`${'{"a":'.repeat(2001)}1${'}'.repeat(2001)}`)).toBe('the event is not JSON: it is nested deeper than 2000 levels');
  expect(problemOf('['.repeat(2000) + ']'.repeat(2000))).toBe('none');
  expect(problemOf(JSON.stringify('['.repeat(5000)))).toBe('none');
});

test('levels are counted between strings, whatever stands in these', () => {
  const tricky = JSON.stringify(['"[{', '\\', '\\"]}'.repeat(3000), '[[['.repeat(1000)]);
  const deep = (levels: number): string => `[${tricky},${'['.repeat(levels)}${']'.repeat(levels)}]`;
  expect(problemOf(deep(1999))).toBe('none');
  expect(problemOf(deep(2000))).toBe('the event is not JSON: it is nested deeper than 2000 levels');
  expect(parseJson(`[${tricky}${',[]'.repeat(5000)}]`)).toHaveLength(5001);
});

describe('properties', () => {
  test('what was printed is read as it was', () => {
    fc.assert(fc.property(json, (value) => equalJson(parseJson(stringifyJson(value)), value)));
  });

  test('the exact reader takes what JSON.parse takes, and reads it the same', () => {
    const text = fc.oneof(fc.json(), fc.string(), fc.tuple(fc.json(), fc.nat(), fc.string({ maxLength: 2 })).map(damaged));
    fc.assert(
      fc.property(text, (one) => {
        let native: unknown;
        try {
          native = JSON.parse(one);
        } catch {
          expect(() => parseExactly(one)).toThrow('the event is not JSON');
          return;
        }
        // JSON.parse rounds what the exact reader keeps
        const exact = JSON.stringify(parseExactly(one), (_key, value) => (typeof value === 'bigint' ? Number(value) : value));
        expect(exact).toBe(JSON.stringify(native));
      }),
      { numRuns: 1000 },
    );
  });
});

const damaged = ([text, at, insert]: [string, number, string]): string => {
  const place = at % (text.length + 1);
  return text.slice(0, place) + insert + text.slice(place + 1);
};
