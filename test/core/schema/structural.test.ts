import { expect, test } from 'vitest';
import { z } from 'zod';
import { structuralSchema } from '../../../src/core/schema/structural.ts';

test('a schema becomes the dialect of a CRD: descriptions stay, defaults are not required, objects are open', () => {
  const schema = z.strictObject({
    host: z.string().describe('Where.'),
    port: z.int().default(80),
    tags: z.array(z.string()),
    labels: z.record(z.string(), z.string()),
  });

  expect(structuralSchema(schema)).toEqual({
    type: 'object',
    'x-kubernetes-preserve-unknown-fields': true,
    properties: {
      host: { type: 'string', description: 'Where.' },
      port: { type: 'integer' },
      tags: { type: 'array', items: { type: 'string' } },
      labels: { type: 'object', additionalProperties: { type: 'string' } },
    },
  });
});

test('what the dialect cannot say becomes free-form, never a wrong restriction', () => {
  expect(
    structuralSchema(z.strictObject({ duration: z.union([z.string(), z.int()]).describe('How long.'), anything: z.unknown() })),
  ).toMatchObject({
    properties: {
      duration: { description: 'How long.', 'x-kubernetes-preserve-unknown-fields': true },
      anything: { 'x-kubernetes-preserve-unknown-fields': true },
    },
  });
});
