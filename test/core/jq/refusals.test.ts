import { expect, test } from 'vitest';
import { EngineError } from '../../../src/core/errors/engine-error.ts';
import { compileJq } from '../../../src/core/jq/index.ts';

function refusal(program: string): { message: string; offset: unknown; hint: string | undefined } {
  try {
    compileJq(program);
  } catch (thrown) {
    if (thrown instanceof EngineError && thrown.code === 'CONFIG_JQ') {
      return { message: thrown.message, offset: thrown.fields.offset, hint: thrown.hint };
    }
    throw thrown;
  }
  throw new Error(`${program} was not refused`);
}

const re2 = 'patterns are RE2, as in Go: no look-around and no back-references';

test.each<[program: string, message: string, offset: number, hint?: string]>([
  ['', 'jq: unexpected end of the program, expected an expression', 0],
  ['.a |', 'jq: unexpected end of the program, expected an expression', 4],
  ['.a then', 'jq: unexpected token `then`, expected an operator, or the end of the program', 3],
  ['if .a then 1', 'jq: unexpected end of the program, expected `elif`, `else` or `end`', 12],
  ['if .a then 1 else 2', 'jq: unexpected end of the program, expected `end`', 19],
  ['[1, 2', 'jq: unexpected end of the program, expected `]`', 5],
  ['{a: 1, b', 'jq: unexpected end of the program, expected `,` or `}`', 8],
  ['{1: 2}', 'jq: unexpected token `1`, expected a key: a name, `$name`, a string or `(…)`', 1],
  ['.a = 1 = 2', 'jq: unexpected token `=`, expected an operator other than `=`, or brackets around the first', 7],
  ['. as [] | 1', 'jq: unexpected token `]`, expected `$name`, `[…]` or `{…}`', 6],
  ['. as $x', 'jq: unexpected end of the program, expected `|`', 7],
  ['reduce .[] as $x (0)', 'jq: unexpected token `)`, expected `;`', 19],
  ['def f: 1', 'jq: unexpected end of the program, expected `;`', 8],
  ['def f: 1;', 'jq: unexpected end of the program, expected an expression', 9],
  ['"abc', 'jq: this string is never closed', 0],
  ['"a \\(1', 'jq: this string is never closed', 3],
  ['"a\\q"', 'jq: invalid escape sequence `\\q` in a string', 2],
  ['"a\\u12"', 'jq: invalid escape sequence `\\u12"` in a string', 2],
  ['1.2.3', 'jq: invalid number `1.2.`', 0],
  ['.a & .b', 'jq: unexpected character `&`', 3],
  ['.a | qux', 'jq: function `qux/0` is not defined', 5],
  ['.a | lenght', 'jq: function `lenght/0` is not defined', 5, 'did you mean `length`?'],
  ['def double: . * 2; .a | duoble', 'jq: function `duoble/0` is not defined', 24, 'did you mean `double`?'],
  ['map', 'jq: function `map/0` is not defined', 0, '`map` takes 1 argument, not 0'],
  ['range(1; 2; 3; 4)', 'jq: function `range/4` is not defined', 0, '`range` takes 1 or 2 or 3 arguments, not 4'],
  ['def unused: nothing; 1', 'jq: function `nothing/0` is not defined', 12],
  ['1 as $name | $nmae', 'jq: variable `$nmae` is not defined', 13, 'did you mean `$name`?'],
  ['break $out', 'jq: label `$out` is not defined', 0],
  ['@jsno', 'jq: format `@jsno` is not defined', 0, 'did you mean `@json`?'],
  ['"a" | @base64 "\\(.b | zzz)"', 'jq: function `zzz/0` is not defined', 22],
  ['[inputs]', 'jq: there is no further input: a program sees one event', 1],
  ['import "a" as a; 1', 'jq: `import` is not supported: a program stands alone', 0],
  ['.a | test("a(b")', 'jq: regular expression "a(b": missing closing ): `a(b`', 12, re2],
  ['sub("x|*"; "")', 'jq: regular expression "x|*": missing argument to repetition operator: `*`', 7, re2],
  ['[scan("\\\\d[z-a]"; "g")]', 'jq: regular expression "\\d[z-a]": invalid character class range: `z-a`', 6, re2],
  ['splits("a"; "gx")', 'jq: unsupported regular expression flag: "gx"', 12, 'the flags are g, i and m'],
  ['gsub("a"; "b"; "y")', 'jq: unsupported regular expression flag: "y"', 15, 'the flags are g, i and m'],
  ['.[', 'jq: unexpected end of the program, expected an expression', 2],
  ['(1, 2', 'jq: unexpected end of the program, expected `)`', 5],
])('%s is refused: %s', (program, message, offset, hint) => {
  expect(refusal(program)).toEqual({ message, offset, hint });
});

test.each([['try test("(") catch "wrong"'], ['(test("(")?) // "wrong"'], ['if . then test(.) else "wrong" end']])(
  'a pattern that may be caught, or is not known yet, is left to the run: %s',
  (program) => {
    expect(compileJq(program).first('x')).toEqual(program.startsWith('if') ? true : 'wrong');
  },
);

test.each([
  ['('.repeat(100_000)],
  ['['.repeat(100_000)],
  ['-'.repeat(100_000)],
  ['"\\('.repeat(50_000)],
  ['1//'.repeat(50_000)],
  ['if 1 then '.repeat(50_000)],
  [`. as ${'['.repeat(50_000)}`],
  ['{a:'.repeat(50_000)],
  ['def f: '.repeat(50_000)],
])('a program that is nested without end is refused too (%#)', (program) => {
  expect(refusal(program).message).toMatch(/^jq: (the program is nested more than 500 levels deep|strings are nested too deeply)$/);
});

test.each([['1,'], ['1+'], ['.a|'], ['.a[0]'], ['.[]?']])('one that only goes on and on with %s is refused, or runs', (part) => {
  const program = `${part.repeat(100_000)}1`.replace(/([\]?])1$/, '$1');

  let message = 'runs';
  try {
    compileJq(program);
  } catch (thrown) {
    message = (thrown as Error).message;
  }

  expect(message).toMatch(/^(runs|jq: the program is (too large|nested more than 500 levels deep))$/);
});

test('filters inside filters are compiled once, however deep', () => {
  const until = `${'until(true; '.repeat(100)}.${')'.repeat(100)}`;
  const reduce = `${'reduce 1 as $x (.; .a = '.repeat(100)}1${')'.repeat(100)}`;
  const functions = `${Array.from({ length: 60 }, (_, index) => `def f${index}: `).join('')}1, 2${Array.from({ length: 60 }, (_, index) => `; f${59 - index}, f${59 - index}?`).join('')}; 1`;

  expect(compileJq(until).first(5)).toBe(5);
  expect(compileJq(reduce).first({})).toBeDefined();
  expect(() => compileJq(functions.replace(/; 1$/, ''))).not.toThrow();
});
