import { expect, test } from 'vitest';
import { readForm } from '../../../src/core/http/form.ts';

test.each([
  ['b=2&a=x+y&b=%41', { b: ['2', 'A'], a: ['x y'] }, undefined],
  ['', {}, undefined],
  ['a&=1&&c=d=e', { a: [''], '': ['1'], c: ['d=e'] }, undefined],
  ['a=%zz&b=1&c;d', { b: ['1'] }, 'a=%zz'],
])('a form is read as Go reads it: %s', (text, fields, broken) => {
  const form = readForm(text);

  expect({ ...form.fields }).toEqual(fields);
  expect(form.broken).toBe(broken);
});
