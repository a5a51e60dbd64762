import { expect, test } from 'vitest';
import { z } from 'zod';
import { structuralSchema } from '../../../src/core/schema/structural.ts';

test('a schema becomes the dialect of a CRD: descriptions stay, with what is required and the defaults in words, and objects are open', () => {
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
      host: { type: 'string', description: 'Where. Required.' },
      port: { type: 'integer', description: 'Default: 80.' },
      tags: { type: 'array', items: { type: 'string' }, description: 'Required.' },
      labels: { type: 'object', additionalProperties: { type: 'string' }, description: 'Required.' },
    },
  });
});

test('what the dialect cannot say becomes free-form, never a wrong restriction', () => {
  expect(
    structuralSchema(z.strictObject({ duration: z.union([z.string(), z.int()]).describe('How long.'), anything: z.unknown() })),
  ).toMatchObject({
    properties: {
      duration: { description: 'How long. Required.', 'x-kubernetes-preserve-unknown-fields': true },
      anything: { 'x-kubernetes-preserve-unknown-fields': true },
    },
  });
});
