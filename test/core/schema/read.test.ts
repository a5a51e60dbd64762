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

test('the value that was given is left alone', () => {
  const given = { name: 'web', extra: 1 };

  read(schema, given);

  expect(given).toEqual({ name: 'web', extra: 1 });
});
