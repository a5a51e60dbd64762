import fc from 'fast-check';
import { expect, test } from 'vitest';
import { compilePath } from '../../../../src/core/json/path/index.ts';
import { text as anyText } from '../arbitrary.ts';

const raw = (path: string, json: string): string | undefined => compilePath(path).get(json)?.raw;

test.each([
  ['a', '', undefined],
  ['a', 'word', undefined],
  ['a', '{"a', undefined],
  ['a', '{"a"', undefined],
  ['a', '{"a":', undefined],
  ['a', '{"a":"x', undefined],
  ['a', '{"a":[1,2', '[1,2'],
  ['a.1', '{"a":[1,2', '2'],
  ['a.#', '{"a":[1,2', '2'],
  ['#', '["a","b', undefined],
  ['#', '[["a', undefined],
  ['b', '{"a":1 "b" 2}', '2'],
  ['b', '{"a":tru,"b":2}', '2'],
  ['1', '[1 2 3]', '2'],
  ['a', 'log: {"a":1}', '1'],
  ['a', '{"a":"\\uZZ","b":1}', '"\\uZZ"'],
])('%s in %s', (path, json, found) => {
  expect(raw(path, json)).toBe(found);
});

test('a wrong escape ends the text of a string', () => {
  expect(compilePath('a').get('{"a":"b\\qc"}')?.text).toBe('b');
  expect(compilePath('a').get('{"a":"b\\n\u0001c"}')?.text).toBe('b\n');
});

test('any path on any text finds something or nothing', () => {
  const piece = fc.oneof(
    anyText(),
    fc.constantFrom(
      '.',
      '|',
      '#',
      '#(',
      ')',
      ')#',
      '[',
      ']',
      '{',
      '}',
      ',',
      ':',
      '"',
      '\\',
      '@this',
      '@dig:',
      '@pretty',
      '@flatten',
      '!',
      '==',
      '%',
      '~',
      '..',
      '0',
    ),
  );
  const path = fc.array(piece, { maxLength: 8 }).map((parts) => parts.join(''));
  const brokenJson = fc.tuple(fc.json(), fc.nat(), anyText()).map(([json, at, insert]) => {
    const place = at % (json.length + 1);
    return json.slice(0, place) + insert + json.slice(place + (at % 3));
  });

  fc.assert(
    fc.property(path, fc.oneof(brokenJson, anyText(), path), (one, json) => {
      const found = compilePath(one).get(json);
      if (found) expect([typeof found.text, typeof found.number, typeof found.boolean]).toEqual(['string', 'number', 'boolean']);
    }),
    { numRuns: 2000 },
  );
});

test('text nested twenty thousand times is walked through', () => {
  const deep = `{"x":${'['.repeat(20_000)}1${']'.repeat(20_000)},"y":2}`;

  expect(raw('y', deep)).toBe('2');
  expect(raw('@dig:z', deep)).toBe('[]');
  expect(raw('x.@flatten:{"deep":true}', deep)).toMatch(/^\[\[/);
  expect(raw('x.@pretty', deep)).toMatch(/^\[/);
  expect(raw('x.0.0.0', deep)).toMatch(/^\[\[/);
});
