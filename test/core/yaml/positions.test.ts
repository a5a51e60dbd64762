import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { Document, Scalar } from 'yaml';
import { isObject, type Json } from '../../../src/core/json/json.ts';
import { type Position, parseDocuments } from '../../../src/core/yaml/documents.ts';

const runs = Number(process.env['FUZZ_RUNS'] ?? 300);

/** The character of a source at a position; a line's end is "\n". */
function characterAt(source: string, { line, column }: Position): string {
  const row = source.split('\n')[line - 1]!.replace(/\r$/, '');
  return column > row.length ? '\n' : row[column - 1]!;
}

function valueAt(value: Json | undefined, path: readonly string[]): string {
  let current = value;
  for (const step of path) current = isObject(current) ? current[step] : undefined;
  return current as string;
}

/** Characters of `value` whose place in the source holds another character; escapes stand at their backslash. */
function misplaced(source: string, path: readonly string[], isMeant: (found: string, wanted: string, index: number) => boolean): string[] {
  const document = parseDocuments(source)[0]!;
  const value = valueAt(document.value, path);
  return typeof value !== 'string'
    ? []
    : Array.from({ length: value.length }, (_, index) => index).flatMap((index) => {
        const found = characterAt(source, document.positionOf(path, { offset: index }));
        return isMeant(found, value[index]!, index)
          ? []
          : [`${index}: found ${JSON.stringify(found)}, wanted ${JSON.stringify(value[index])}`];
      });
}

const word = fc.stringMatching(/^[a-zäß(){}.|"'#:\\%&*!]{1,6}$/);
const space = fc.constantFrom(' ', ' ', ' ', '  ', '\n', '\n', '\n\n', '\n  ', '\n \n', '   \n', '\t', '\n\t');
const text = fc
  .tuple(
    fc.constantFrom('', '', ' ', '\n', '\n\n', '  '),
    fc.array(fc.tuple(word, space), { minLength: 1, maxLength: 12 }),
    fc.constantFrom('', '\n', '\n\n'),
  )
  .map(
    ([lead, parts, tail]) => `${lead}${parts.map(([one, gap], index) => (index === parts.length - 1 ? one : one + gap)).join('')}${tail}`,
  );

const isSpace = (character: string) => /\s/.test(character);

/** A map of maps with one text in it, written by the YAML library in a style; its folding is narrow, so that there is much of it. */
function written(value: string, type: Scalar.Type, { indent, crlf }: { indent: number; crlf: boolean }): string {
  const scalar = new Scalar(value);
  scalar.type = type;
  const document = new Document({ spec: { before: 1 } });
  document.setIn(['spec', 'jq'], scalar);
  document.setIn(['spec', 'after'], 'x');
  const source = document.toString({ lineWidth: 24, minContentWidth: 0, indent, defaultStringType: 'PLAIN' });
  return crlf ? source.replaceAll('\n', '\r\n') : source;
}

describe.each(['PLAIN', 'QUOTE_SINGLE', 'BLOCK_LITERAL', 'BLOCK_FOLDED'] as const)('in the style %s', (style) => {
  test('every character that is not white space is found where it stands', () => {
    fc.assert(
      fc.property(text, fc.integer({ min: 1, max: 5 }), fc.boolean(), (value, indent, crlf) => {
        const source = written(value, style, { indent, crlf });
        const escaped = source.includes('jq: "');

        expect(
          misplaced(source, ['spec', 'jq'], (found, wanted) => found === wanted || isSpace(wanted) || (escaped && found === '\\')),
        ).toEqual([]);
      }),
      { numRuns: runs },
    );
  });
});

test('in a literal text white space is found where it stands, too', () => {
  fc.assert(
    fc.property(text, fc.integer({ min: 1, max: 4 }), fc.constantFrom('', '-', '+'), fc.boolean(), (value, indent, chomping, crlf) => {
      const pad = ' '.repeat(indent);
      const body = value.split('\n').map((line) => (line === '' ? '' : pad + line));
      const plain = `spec:\n${pad}jq: |${indent}${chomping} # a program\n${body.map((line) => (line === '' ? '' : pad + line)).join('\n')}\n${pad}z: 1\n`;
      const source = crlf ? plain.replaceAll('\n', '\r\n') : plain;

      expect(misplaced(source, ['spec', 'jq'], (found, wanted) => found === wanted)).toEqual([]);
    }),
    { numRuns: runs },
  );
});

test('in a double-quoted text every character is found where it or its escape begins', () => {
  const piece = fc.constantFrom(
    'a',
    'b.',
    ' ',
    '\\n',
    '\\"',
    '\\\\',
    '\\t',
    '\\u00e9',
    '\\x41',
    '\\U0001F600',
    '\\ ',
    '\\/',
    "'",
    '#',
    'é',
    '😀',
  );
  fc.assert(
    fc.property(fc.array(piece, { minLength: 1, maxLength: 20 }), (pieces) => {
      const source = `{"a": {"b": "${pieces.join('')}x"}}`;
      const document = parseDocuments(source)[0]!;
      const begins: number[] = [];
      let at = source.indexOf('b": "') + 6;
      for (const one of pieces) {
        const made = JSON.parse(
          `"${one
            .replace(/\\x/, '\\u00')
            .replace(/\\U0001F600/, '\\ud83d\\ude00')
            .replace('\\ ', ' ')}"`,
        ) as string;
        for (let index = 0; index < made.length; index++) begins.push(one.startsWith('\\') ? at : at + index);
        at += one.length;
      }

      expect(begins.map((_, offset) => document.positionOf(['a', 'b'], { offset }).column)).toEqual(begins);
      expect(document.positionOf(['a', 'b'], { offset: begins.length }).column).toBe(at);
    }),
    { numRuns: runs },
  );
});

const at = (source: string, path: readonly string[], offset: number) => {
  const { line, column } = parseDocuments(source)[0]!.positionOf(path, { offset });
  return `${line}:${column}`;
};

test.each([
  ['a folded text', 'a:\n  jq: >\n    .x\n    | then\n    | 1\n', 8, '4:10'],
  ['a folded text with empty and more-indented lines', 'a:\n  jq: >-\n    one\n\n    two\n      three\n    four\n', 16, '7:5'],
  ['a plain text on several lines', 'a:\n  jq: .x\n    | then\n', 5, '3:7'],
  ['a double-quoted text on several lines', 'a:\n  jq: ".x\n    | then\n\n    | \\"e\\""\n', 12, '5:7'],
  ['a double-quoted text with a joined line', 'a:\n  jq: ".x\\\n     | then"\n', 4, '3:8'],
  ['a single-quoted text', "a:\n  jq: '.x | ''then'' | oops'\n", 14, '2:24'],
  ['a text behind an anchor and a tag', 'a:\n  jq: &p !!str |\n    .x\n    | then\n', 5, '4:7'],
  ['the end of a text', 'a:\n  jq: |\n    .x |\n', 5, '4:1'],
  ['the end of a text that is stripped', 'a:\n  jq: |-\n    .x |\n  b: 1\n', 4, '3:9'],
  ['far behind the end of a text', 'a:\n  jq: .x\n', 400, '2:9'],
])('finds a place in %s', (_name, source, offset, place) => {
  expect(at(source, ['a', 'jq'], offset)).toBe(place);
});

test('the place of an alias is where its anchor is, and what is merged in is found, too', () => {
  const source = 'base: &base\n  jq: |\n    .x | then\none: *base\ntwo:\n  <<: *base\n  b: 1\nthree:\n  <<: [*base]\n';

  for (const name of ['one', 'two', 'three']) expect(at(source, [name, 'jq'], 5)).toBe('3:10');
});

test.each(['a: &a\n  <<:\n    <<: *a\n', 'a: &a {b: *a}\n', 'a: &a [*a]\n'])('an anchor that holds itself does no harm: %j', (source) => {
  const document = parseDocuments(source)[0]!;

  expect([undefined, 'an anchor holds itself, or aliases multiply too often']).toContain(document.problems[0]?.message);
  expect(document.positionOf(['a', 'x', 'y']).line).toBeGreaterThan(0);
});

test('lines end with CRLF, too', () => {
  expect(at('a:\r\n  jq: |\r\n    .x\r\n    | then\r\n', ['a', 'jq'], 5)).toBe('4:7');
});
