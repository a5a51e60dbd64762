import { expect, test } from 'vitest';
import { parseJson } from '../../../src/core/json/parse.ts';
import { compileJsonata } from '../../../src/core/jsonata/index.ts';

const evaluate = (expression: string, input = { text: 'a-1 b-2', list: [1, 2] }) => compileJsonata(expression).evaluate(input);

test('an expression makes JSON of JSON, or nothing', async () => {
  expect(await evaluate('{"sum": $sum(list), "first": $split(text, /\\s+/)[0]}')).toEqual({ sum: 3, first: 'a-1' });
  expect(await evaluate('nothing.there')).toBeUndefined();
});

test('patterns find each match with its groups', async () => {
  expect(await evaluate('$match(text, /([A-Z])-(\\d)/i).groups')).toEqual(['a', '1', 'b', '2']);
  expect(await evaluate('$replace(text, /(.)-(.)/, "$2")')).toBe('1 2');
});

test('what is no expression is refused, with the place', () => {
  const offsetOf = (expression: string) => {
    try {
      compileJsonata(expression);
    } catch (thrown) {
      return [(thrown as Error).message, (thrown as { fields: { offset: number } }).fields.offset];
    }
    return undefined;
  };

  expect(offsetOf('{"a": )}')).toEqual(['JSONata: The symbol ")" cannot be used as a unary operator', 6]);
  expect(offsetOf('{"a":')).toEqual(['JSONata: Expected "}" before end of expression', 5]);
  expect(offsetOf('$match(text, /(?=a)/)')?.[0]).toBe('regular expression "(?=a)": invalid or unsupported Perl syntax: `(?=`');
});

test('what fails says why', async () => {
  await expect(evaluate('$number(text)')).rejects.toMatchObject({
    code: 'EVENT_TRANSFORM_FAILED',
    message: 'JSONata: Unable to cast value to a number: "a-1 b-2" (D3030)',
    retry: 'never',
  });
});

test('a function is no JSON', async () => {
  await expect(evaluate('{"f": function($x){$x}}')).rejects.toMatchObject({
    code: 'EVENT_TRANSFORM_FAILED',
    message: 'the JSONata expression makes a function, which is no JSON',
  });
});

test('integers that no double can hold are worked with as doubles', async () => {
  const input = parseJson('{"list": [{"id": 12345678901234567890}]}');

  expect(await compileJsonata('{"all": $, "text": $string(list), "next": list.id + 1}').evaluate(input)).toEqual({
    all: { list: [{ id: 12345678901234567000n }] },
    text: '[{"id":12345678901234567000}]',
    next: 12345678901234567000n,
  });
});

test.each([
  ['($f := function($x){$x + $f($x + 1)}; $f(1))', '200 calls within calls'],
  ['[1..10000000]', '100000 values'],
])('%s is stopped', async (expression, limit) => {
  await expect(evaluate(expression)).rejects.toMatchObject({
    code: 'EVENT_LIMIT',
    message: `stopped after ${limit}: the JSONata expression does too much`,
  });
});
