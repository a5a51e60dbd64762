import { expect, test } from 'vitest';
import { sensorKind } from '../../sensors/kind.ts';
import { isObject, type Json } from '../../src/core/json/json.ts';
import { jsonSchema } from '../../src/core/schema/json-schema.ts';
import { read } from '../../src/core/schema/read.ts';
import { structuralSchema } from '../../src/core/schema/structural.ts';
import { crds } from '../../src/manifests/crds.ts';

/** kubectl keeps what it applies in an annotation, and all of these have room for so many bytes. */
const mostBytes = 256 * 1024;

test('kubectl can apply each', () => {
  const tooLarge = crds().filter((crd) => Buffer.byteLength(JSON.stringify(crd)) > mostBytes * 0.9);

  expect(tooLarge.map(({ metadata }) => metadata)).toEqual([]);
});

test('each kind shows at the end whether it is ready, why not, and its age', () => {
  for (const { metadata, spec } of crds()) {
    const shown = (spec as { versions: { additionalPrinterColumns: { name: string }[] }[] }).versions.map((one) =>
      one.additionalPrinterColumns.map(({ name }) => name),
    );
    for (const names of shown) {
      expect(names.slice(-3), JSON.stringify(metadata)).toEqual(['Ready', 'Reason', 'Age']);
      expect(new Set(names).size).toBe(names.length);
    }
  }
});

/** A schema below a field, through lists. */
function below(schema: Json | undefined, path: string): Json | undefined {
  let current = schema;
  for (const name of path.split('.')) {
    if (isObject(current) && isObject(current['items'])) current = current['items'];
    const fields: Json | undefined = isObject(current) ? current['properties'] : undefined;
    current = isObject(fields) ? fields[name] : undefined;
  }
  return current;
}

test.each([
  ['editors', jsonSchema(sensorKind.schema) as unknown as Json],
  ['API servers', structuralSchema(sensorKind.schema)],
])('for %s a dlqTrigger has the fields of a trigger, and the one behind it any', (_, schema) => {
  const trigger = 'spec.triggers.template.http.url';
  const dlq = 'spec.triggers.dlqTrigger';

  expect(below(schema, `${dlq}.template.http.url`)).toEqual(below(schema, trigger));
  expect(below(schema, trigger)).toMatchObject({ type: 'string' });
  expect(below(schema, `${dlq}.dlqTrigger`)).toMatchObject({ type: 'object' });
  expect(below(schema, `${dlq}.dlqTrigger.template`)).toBeUndefined();
});

test('a dlqTrigger is kept as it was written: it is read by itself', () => {
  const dlqTrigger = { template: { name: 'late', log: {} }, retryStrategy: { duration: '1s' }, odd: 1 };
  const { value, findings } = read(sensorKind.schema, {
    apiVersion: 'argoproj.io/v1alpha1',
    kind: 'Sensor',
    metadata: { name: 'sn', namespace: 'shop' },
    spec: {
      dependencies: [{ name: 'dep', eventSourceName: 'es', eventName: 'things' }],
      triggers: [{ template: { name: 'go', log: {} }, dlqTrigger }],
    },
  });

  expect(findings).toEqual([]);
  expect(value!.spec.triggers[0]!.dlqTrigger).toEqual(dlqTrigger);
});
