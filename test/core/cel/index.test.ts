import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { celEnvironment, compileCel } from '../../../src/core/cel/index.ts';
import { jsonOf } from '../../../src/core/cel/json.ts';
import { CelFault } from '../../../src/core/cel/values/fault.ts';
import { EngineError } from '../../../src/core/errors/engine-error.ts';
import type { JsonObject } from '../../../src/core/json/json.ts';
import { parseJson } from '../../../src/core/json/parse.ts';

const environment = celEnvironment({ variables: { body: 'map(string, dyn)', url: 'string' } });

const valueOfText = (text: string, body: JsonObject = {}) => {
  const value = compileCel(text, environment).evaluate({ body, url: '/' });
  return value instanceof CelFault ? { fails: value.problem, at: value.offset } : jsonOf(value);
};

const refused = (text: string) => {
  try {
    compileCel(text, environment);
  } catch (thrown) {
    if (thrown instanceof EngineError) return [thrown.message, thrown.fields['offset'], thrown.hint];
  }
  return undefined;
};

describe('data of an event', () => {
  test('has doubles for numbers, however many digits they have', () => {
    const body = parseJson('{"n": 2, "id": 9007199254740993, "ids": [9007199254740993]}') as JsonObject;

    expect(valueOfText('body.n == 2 && type(body.id) == double && body.ids.all(id, type(id) == double)', body)).toBe(true);
    expect(valueOfText('[body.id, body.ids[0], body.ids.sort()[0]]', body)).toEqual([9007199254740992, 9007199254740992, 9007199254740992]);
    expect(valueOfText('9007199254740992.0 in body.ids && body.ids == [body.id]', body)).toBe(true);
    expect(valueOfText('body.n + 1', body)).toEqual({ fails: 'no such overload: _+_(double, int)', at: 7 });
  });

  test('has only the members that it was sent with', () => {
    const body = parseJson('{"__proto__": {"a": 1}, "constructor": "x"}') as JsonObject;

    expect(valueOfText('[has(body.toString), has(body.constructor), "valueOf" in body, has({}.a)]', body)).toEqual([
      false,
      true,
      false,
      false,
    ]);
    expect(valueOfText('body.hasOwnProperty', body)).toEqual({ fails: 'no such key: hasOwnProperty', at: 5 });
    expect(valueOfText('body["__proto__"].a', body)).toBe(1);
  });

  test('holds null where null was sent, also by index', () => {
    const body: JsonObject = { z: null, l: [null] };

    expect(valueOfText('[has(body.z), body.z == null, body["z"] == null, body.l[0] == null]', body)).toEqual([true, true, true, true]);
  });
});

describe('an expression that can never be evaluated', () => {
  test.each([
    ['', 'the expression is empty', 0, undefined],
    ['body.a = 1', 'a single "=" is no operator: compare with "=="', 7, undefined],
    ['body.a & true', 'a single "&" is no operator: write "&&"', 7, undefined],
    ["body.a == 'x", 'this text has no closing quote', 10, undefined],
    ['body.a == ', 'it ends where a value should follow', 10, undefined],
    ['body.a body.b', 'body stands where an operator or the end should follow', 7, undefined],
    ['(body.a', 'it ends where ")" should follow', 7, undefined],
    ['bodi.a', 'there is no "bodi"; there are body, url', 0, 'did you mean body?'],
    ['url.trunca(7)', 'there is no function "trunca"', 4, undefined],
    ['url.startWith("x")', 'there is no function "startWith"', 4, 'did you mean startsWith?'],
    ['split(url, "/")', 'split is called as x.split()', 0, undefined],
    ['url + 1', '+ does not take (string, int)', 4, undefined],
    ['url == 1', '== does not take (string, int)', 4, undefined],
    ['url.path', 'string has no fields, so there is no .path of it', 4, undefined],
    ['has(url)', 'has(…) takes a field, as in has(body.action)', 4, undefined],
    ['body.l.all(x.y, true)', 'the first argument is the name that an element gets, such as x', 11, undefined],
    ['size(url) && true', 'this is int, and true or false is wanted', 0, undefined],
    ['true ? 1 : "x"', 'the choice gives int or string: both must be of one type', 5, undefined],
    ['9223372036854775808', '9223372036854775808 is too large for an int', 0, undefined],
    ["'\\q'", '"\\q" is no escape', 1, "write \\\\ for a backslash, or r'…'"],
    ['if', '"if" is a reserved word', 0, undefined],
    ['Msg{a: 1}', 'messages of a type are not known here: write a map, {"key": value}', 3, undefined],
    ["body.n == 1 || int('x') == 1", 'strconv: parsing "x": invalid syntax', 19, undefined],
    ["duration('1 h') == duration('1h')", 'time: unknown unit " h" in duration "1 h"', 9, undefined],
    ['math.greatest("x")', 'math.greatest() takes numbers', 14, undefined],
  ])('%s', (text, problem, offset, hint) => {
    const [message, at, tip] = refused(text) ?? [];

    expect([message, at]).toEqual([`CEL: ${problem}`, offset]);
    if (hint !== undefined) expect(tip).toBe(hint);
  });

  test('tells the place of a pattern that is none', () => {
    expect(refused("body.ref.matches('(?=x)')")).toEqual([
      'regular expression "(?=x)": invalid or unsupported Perl syntax: `(?=`',
      17,
      'patterns are RE2, as in Go: no look-around and no back-references',
    ]);
  });

  test('nests too deeply, or is too long', () => {
    expect(refused(`${'('.repeat(300)}1${')'.repeat(300)}`)?.[0]).toBe('CEL: the expression nests deeper than 250 levels');
    expect(refused(`${'[1]'.padEnd(100_001)}`)?.[0]).toBe('CEL: the expression is longer than 100000 characters');
    expect(refused(`body${'.a'.repeat(10_000)}`)?.[0]).toBe('CEL: more than 250 members follow each other');
    expect(refused(Array(2000).fill('body.a == 1').join(' || '))).toBeUndefined();
    expect(refused(`${'-'.repeat(5000)}body.n`)).toBeUndefined();
    expect(refused(`1${' + 1'.repeat(5000)}`)?.[0]).toBe('CEL: more than 250 "+" follow each other: use brackets');
  });
});

describe('an expression that does too much', () => {
  const many: JsonObject = { l: Array.from({ length: 2000 }, (_, index) => index), s: 'x'.repeat(100_000) };

  test.each([
    ['body.l.all(a, body.l.all(b, body.l.all(c, true)))', '1000000 steps'],
    ['body.l.map(a, body.l.map(b, body.l))', '1000000 steps'],
    [`['x']${'.map(a, a + a)'.repeat(40)}`, '16777216 bytes'],
    ['lists.range(1000000000)', '16777216 bytes'],
    ['body.l.exists(a, !sets.contains(body.l, body.l))', '1000000 steps'],
    ['body.l.map(a, body.s.replace("x", "yyyyyyyyyy"))', '16777216 bytes'],
    ["body.l.all(a, body.s.matches('(x+x+)+y') || true)", '1000000 steps'],
    ["'%.100000f'.format([1.0])", undefined],
  ])('%s ends', (text, limit) => {
    const value = compileCel(text, environment).evaluate({ body: many, url: '/' });

    expect(value).toBeInstanceOf(CelFault);
    const { code, fields } = (value as CelFault).error;
    expect([code, fields['limit']]).toEqual(limit === undefined ? ['EVENT_CEL_FAILED', undefined] : ['EVENT_LIMIT', limit]);
  });
});

test('one side of && or || decides, whatever becomes of the other', () => {
  expect(valueOfText('body.gone == 1 || true')).toBe(true);
  expect(valueOfText('body.gone == 1 && false')).toBe(false);
  expect(valueOfText('[1, 2].exists(x, x == 2 || body.gone)')).toBe(true);
  expect(valueOfText('body.gone == 1 || false')).toEqual({ fails: 'no such key: gone', at: 5 });
  expect(valueOfText('true && body.s', { s: 'x' })).toEqual({ fails: 'this is string, and true or false is wanted', at: 5 });
});

test('a variable of a loop hides those outside, and ends with it', () => {
  expect(valueOfText('[1, 2].map(body, [body, 10].map(body, body))')).toEqual([
    [1, 10],
    [2, 10],
  ]);
  expect(valueOfText('[1, 2].map(x, [3].map(x, x)[0] + x)')).toEqual([4, 5]);
});

test('text counts by its characters', () => {
  expect(valueOfText("[size('a😀é'), 'a😀é'.indexOf('é'), 'a😀é'.lastIndexOf('é')]")).toEqual([3, 2, 2]);
  expect(valueOfText("['a😀é'.charAt(1), 'a😀é'.substring(1, 2), 'a😀é'.reverse(), 'é😀'.split('')[1]]")).toEqual([
    '😀',
    '😀',
    'é😀a',
    '😀',
  ]);
});

test('whatever is written is refused with its place, or evaluated to a value or a fault', () => {
  const parts =
    "body .a ['x'] ( ) [ ] { } : , ? && || ! - + == < in 1 2u 1.5 'x' b'y' .all(x, .map(x, x has( size( .size() true null".split(' ');
  const anything = fc.array(fc.constantFrom(...parts), { maxLength: 12 }).map((words) => words.join(' '));
  const holds = fc.property(fc.oneof(anything, fc.string()), (text) => {
    const problem = refused(text);
    if (problem) expect(problem[1]).toEqual(expect.any(Number));
    else valueOfText(text, { a: [1, { x: 'y' }] });
  });

  fc.assert(holds, { numRuns: 1000 });
});

describe('what cel-go says of', () => {
  test.each([
    ["'abc'.indexOf('c', 9)", -1],
    ["'abc'.indexOf('', 9)", 3],
    ["'abc'.lastIndexOf('c', 3)", -1],
    ["'abc'.lastIndexOf('', 9)", 3],
    ["string(timestamp('2024-01-01T00:00:00+02:00') + duration('1h'))", '2024-01-01T01:00:00+02:00'],
    ["timestamp('2024-01-01T00:00:00+02:00').getHours()", 22],
    ["timestamp('2024-01-01T00:00:00Z').getHours('5:30')", 5],
    ["int(timestamp('1969-12-31T23:59:59.5Z'))", -1],
    ["{'a': 1, 'a': 2}", { a: 2 }],
    ['body.`a-b/c d.e` + 1.0', 3],
    ['has(body.`a-b`)', false],
  ])('%s', (text, value) => {
    expect(valueOfText(text, { 'a-b/c d.e': 2 })).toEqual(value);
  });

  test.each([
    ["'abc'.indexOf('', -1)", 'index out of range: -1'],
    ['lists.range(-1)', 'lists.range takes a size from 0 on, and this is -1'],
    ['duration(dyn(1))', 'no such overload: duration(int)'],
  ])('%s, which fails', (text, problem) => {
    expect(valueOfText(text)).toMatchObject({ fails: problem });
  });

  test.each([
    ['1e400', '1e400 is too large for a double'],
    ['body.sortBy(key, key)', 'sortBy sorts a list, and this is map(string, dyn)'],
    ['duration(1)', 'duration does not take (int)'],
    ['body.true', 'true stands where the name of a field or function should follow'],
    ['body.`a`()', '( stands where an operator or the end should follow'],
  ])('%s, which is refused', (text, problem) => {
    expect(refused(text)?.[0]).toBe(`CEL: ${problem}`);
  });
});
