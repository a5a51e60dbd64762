import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { eventSources } from '../eventsources/registry.ts';
import { triggers } from '../sensors/triggers/registry.ts';
import { isObject, type Json } from '../src/core/json/json.ts';
import { jsonSchema } from '../src/core/schema/json-schema.ts';
import { checkRule } from '../src/manifests/check.ts';
import { kinds } from '../src/manifests/kinds.ts';
import { loadRules } from '../src/manifests/load.ts';
import { testFileSchema } from '../src/manifests/test-kind.ts';
import { componentContract, undescribed } from './contracts/component.ts';
import { compiledSensor, findingTexts } from './support/compile-sensor.ts';

const root = join(import.meta.dirname, '..');
const examples = (await loadRules([join(root, 'examples')], { namespace: 'default' })).objects.map(({ object }) => object);

/** Every value under a key, wherever it stands. */
const under = (value: Json | undefined, key: string): Json[] => {
  if (Array.isArray(value)) return value.flatMap((inner) => under(inner, key));
  if (!isObject(value)) return [];
  return Object.entries(value).flatMap(([name, inner]) => [...(name === key ? [inner] : []), ...under(inner, key)]);
};
const specsOf = (kind: string): Json[] => examples.filter((one) => one['kind'] === kind).map((one) => one['spec']!);

for (const definition of eventSources) {
  componentContract(definition, {
    folder: 'eventsources',
    inExamples: specsOf('EventSource').flatMap((spec) => (isObject(spec) && spec[definition.type] ? [spec[definition.type]] : [])),
    problemsOf: (spec) => {
      const object = {
        apiVersion: 'argoproj.io/v1alpha1',
        kind: 'EventSource',
        metadata: { name: 'shown' },
        spec: { [definition.type]: { example: spec as Json } },
      };
      return checkRule(object)!.findings.map(({ message }) => message);
    },
  });
}

for (const { type, ...definition } of triggers) {
  componentContract(
    { type, ...definition },
    {
      folder: 'sensors/triggers',
      inExamples: specsOf('Sensor').flatMap((spec) => under(spec, 'template').filter((template) => isObject(template) && type in template)),
      problemsOf: (spec) =>
        findingTexts(compiledSensor({ triggers: [{ template: { name: 'shown', [type]: spec } }] }).findings).filter((text) =>
          text.startsWith('error'),
        ),
    },
  );
}

test.each([
  ['eventsources', 'defineEventSource', eventSources.map(({ type }) => type as string)],
  ['sensors/triggers', 'defineTrigger', triggers.map(({ type }) => type as string)],
])('every part that %s defines is registered', (folder, define, built) => {
  const defined = readdirSync(join(root, folder)).filter((name) => {
    const main = join(root, folder, name, 'index.ts');
    return existsSync(main) && readFileSync(main, 'utf8').includes(define);
  });

  expect(defined.sort()).toEqual([...built].sort());
});

describe('every field has a description, in sentences', () => {
  test.each(kinds.map((kind) => [kind.kind, kind] as const))('of the kind %s', (_, { summary, about, schema }) => {
    expect(summary).toMatch(/^[A-Z].*\.$/);
    expect(about).toMatch(/^[A-Z`].*\.$/);
    expect(undescribed(jsonSchema(schema))).toEqual([]);
  });

  test('of a test file', () => {
    expect(undescribed(jsonSchema(testFileSchema))).toEqual([]);
  });
});
