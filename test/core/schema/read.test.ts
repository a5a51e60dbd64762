import { expect, test } from 'vitest';
import { z } from 'zod';
import { read } from '../../../src/core/schema/read.ts';

const schema = z.strictObject({
  name: z.string(),
  ports: z.array(z.strictObject({ number: z.int(), protocol: z.string().default('TCP') })).default([]),
});

test('a value that fits is read with its defaults', () => {
  expect(read(schema, { name: 'web', ports: [{ number: 80 }] })).toEqual({
    value: { name: 'web', ports: [{ number: 80, protocol: 'TCP' }] },
    findings: [],
  });
});

test('an unknown field is a warning at its key, with the field that was probably meant, and the rest is read', () => {
  const { value, findings } = read(schema, { name: 'web', ports: [{ number: 80, protocl: 'UDP' }] }, ['spec']);

  expect(value).toEqual({ name: 'web', ports: [{ number: 80, protocol: 'TCP' }] });
  expect(findings).toEqual([
    {
      severity: 'warning',
      code: 'CONFIG_UNKNOWN_FIELD',
      path: ['spec', 'ports', 0, 'protocl'],
      message: 'unknown field "protocl" is ignored',
      hint: 'did you mean "protocol"?',
      atKey: true,
    },
  ]);
});

test('wrong types and missing fields are errors, all at once, beside the warnings', () => {
  const { value, findings } = read(schema, { ports: [{ number: 'x' }], extra: 1 });

  expect(value).toBeUndefined();
  expect(findings.map(({ severity, code, path }) => [severity, code, path.join('.')])).toEqual([
    ['warning', 'CONFIG_UNKNOWN_FIELD', 'extra'],
    ['error', 'CONFIG_MISSING', 'name'],
    ['error', 'CONFIG_WRONG_TYPE', 'ports.0.number'],
  ]);
});

test('what does not fit is said in words', () => {
  const rule = z.object({
    name: z.string(),
    list: z.array(z.string()),
    map: z.record(z.string(), z.int()),
    small: z.int().min(1).max(9),
    one: z.enum(['a', 'b']),
    on: z.boolean(),
    own: z.string('say what it is'),
  });
  const said = (value: unknown) => read(rule, value).findings.map(({ message }) => message);

  expect(said({ name: 7, list: ['x', true], map: { a: 1.5 }, small: 0, one: 'c', on: 'yes', own: 3 })).toEqual([
    'name must be a text, not 7',
    'list[1] must be a text, not true',
    'a must be a whole number, not 1.5',
    'small must be at least 1, not 0',
    'one must be "a" or "b", not the text "c"',
    'on must be true or false, not the text "yes"',
    'say what it is',
  ]);
  expect(said({ list: {}, map: [], small: 10, one: 'a', on: true, own: '' })).toEqual([
    'name is missing',
    'list must be a list, not a map',
    'map must be a map, not a list',
    'small must be at most 9, not 10',
  ]);
  expect(said('text')).toEqual(['the whole must be a map, not the text "text"']);
});

test('the value that was given is left alone', () => {
  const given = { name: 'web', extra: 1 };

  read(schema, given);

  expect(given).toEqual({ name: 'web', extra: 1 });
});
