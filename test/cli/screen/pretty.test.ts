import { expect, test } from 'vitest';
import { prettyJson } from '../../../src/cli/screen/pretty.ts';
import { parseJson } from '../../../src/core/json/parse.ts';

test('it is what JSON.stringify writes with two spaces', () => {
  const value = { a: [], b: {}, c: [1, 'x', null, { d: [true] }], 'e "f"': '\n' };

  expect(prettyJson(value)).toBe(JSON.stringify(value, null, 2));
});

test('no digit of a large number is lost', () => {
  expect(prettyJson(parseJson('[12345678901234567890]'), '  ')).toBe('[\n    12345678901234567890\n  ]');
});
