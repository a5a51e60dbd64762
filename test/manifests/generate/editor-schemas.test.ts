import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import type { z } from 'zod';
import type { Sensor } from '../../../sensors/kind.ts';
import { triggerSpec } from '../../../sensors/triggers/spec.ts';
import { isObject, type Json, type JsonObject } from '../../../src/core/json/json.ts';
import { type JsonSchema, jsonSchema } from '../../../src/core/schema/json-schema.ts';
import { parseDocuments } from '../../../src/core/yaml/documents.ts';
import { anyRule } from '../../../src/manifests/generate/editor-schemas.ts';
import { fileNameOf, kindOf, kinds } from '../../../src/manifests/kinds.ts';
import { testFileSchema } from '../../../src/manifests/test-kind.ts';
import { fits } from '../../support/check-json-schema.ts';

const root = join(import.meta.dirname, '..', '..', '..');
const samplesIn = (folder: string) =>
  readdirSync(join(root, folder), { recursive: true, encoding: 'utf8' })
    .filter((name) => name.endsWith('.yaml'))
    .flatMap((name) =>
      parseDocuments(readFileSync(join(root, folder, name), 'utf8')).flatMap(({ value }) =>
        value === undefined ? [] : [{ name, value: value as JsonObject }],
      ),
    );
/** Of kinds of other systems, our examples use some; the others stand in files of their own. */
const examples = ['examples', 'test/manifests/dialect-examples'].flatMap(samplesIn);
const rules = examples.filter(({ name }) => !name.endsWith('.test.yaml'));
const tests = examples.filter(({ name }) => name.endsWith('.test.yaml'));
/** Those in today's form; what is written in an older one, no editor checks. */
const ours = rules.flatMap(({ name, value }) => {
  const kind = kindOf(value);
  return kind && value['apiVersion'] === `${kind.group}/${kind.version}` ? [{ name, value, kind }] : [];
});
const committed = (name: string) => JSON.parse(readFileSync(join(root, 'docs', 'schema', name), 'utf8')) as JsonSchema;

test.each(rules.map(({ name, value }) => [`${name} ${String(value['kind'])}`, value] as const))('%s fits', (_, value) => {
  expect(fits(value, committed('sensorium.json'))).toBe(true);
});

test.each(ours.map(({ name, value, kind }) => [name, value, kind] as const))('%s fits the schema of its kind', (_, value, kind) => {
  expect(fits(value, committed(`${fileNameOf(kind)}.json`))).toBe(true);
});

test.each(tests.map(({ name, value }) => [name, value] as const))('%s fits', (_, value) => {
  expect(fits(value, committed('test.json'))).toBe(true);
});

describe('one document of several is judged by its kind', () => {
  const sensor = ours.find(({ value }) => value['kind'] === 'Sensor')!.value;

  test.each([
    ['a field that nobody knows', { ...sensor, spec: { ...(sensor['spec'] as JsonObject), dependency: [] } }],
    ['a kind without its spec', { apiVersion: sensor['apiVersion']!, kind: 'EventSource', metadata: { name: 'es' } }],
    ['an object without a kind', { apiVersion: 'v1' }],
  ])('%s does not fit', (_, value) => {
    expect(fits(value, anyRule())).toBe(false);
  });

  test('an object of another kind fits, whatever is in it', () => {
    expect(fits({ apiVersion: 'v1', kind: 'Service', dependency: [] }, anyRule())).toBe(true);
  });
});

/** The value with one thing changed, in every way at every place. */
function* changed(value: Json): Generator<Json> {
  for (const other of ['', 'x', -1, 1.5, true, [], {}, ['x'], { x: 1 }]) yield other;
  if (Array.isArray(value)) {
    for (const [index, one] of value.entries()) for (const other of changed(one)) yield value.with(index, other);
    return;
  }
  if (!isObject(value)) return;
  yield { ...value, unheardOf: 1 };
  for (const [name, one] of Object.entries(value)) {
    const { [name]: _, ...others } = value;
    yield others;
    for (const other of changed(one)) yield { ...value, [name]: other };
  }
}

/** A dlqTrigger is read by itself, as a trigger; one behind it is any object to an editor. */
function takes(schema: z.ZodType, value: Json): boolean {
  const { success, data } = schema.safeParse(value);
  const { triggers = [] } = success && (value as JsonObject)['kind'] === 'Sensor' ? (data as Sensor).spec : {};
  return success && triggers.every(({ dlqTrigger }) => dlqTrigger === undefined || triggerSpec.safeParse(dlqTrigger).success);
}

describe('what an editor says is what the check says', () => {
  const subjects = [
    ...kinds.map((kind) => ({
      name: fileNameOf(kind),
      schema: kind.schema,
      values: ours.filter((one) => one.kind === kind).map(({ value }) => value),
    })),
    { name: 'test files', schema: testFileSchema, values: tests.map(({ value }) => value) },
  ];

  test.each(subjects)('of $name', ({ schema, values }) => {
    const generated = jsonSchema(schema);
    const all = values.flatMap((value) => [...changed(value)]);
    const verdicts = all.map((value) => ({ value, editor: fits(value, generated), check: takes(schema, value) }));

    expect(verdicts.filter(({ editor }) => editor).length).toBeGreaterThan(10);
    expect(verdicts.filter(({ editor }) => !editor).length).toBeGreaterThan(10);
    expect(verdicts.filter(({ editor, check }) => editor !== check)).toEqual([]);
  });
});
