import { expect, test } from 'vitest';
import { eventBusKind } from '../../eventbus/kind.ts';
import { read } from '../../src/core/schema/read.ts';
import { structuralSchema } from '../../src/core/schema/structural.ts';

const object = (spec: object) => ({ apiVersion: 'argoproj.io/v1alpha1', kind: 'EventBus', metadata: { name: 'default' }, spec });

function findings(spec: object): string[] {
  const { value, findings } = read(eventBusKind.schema, object(spec));
  return [...findings, ...(value ? eventBusKind.check(value) : [])].map(
    ({ path, code, message }) => `${path.join('.')} ${code}: ${message}`,
  );
}

test("Argo's own buses are accepted", () => {
  expect(
    findings({ jetstream: { version: 'latest', replicas: 3, settings: 'max_file_store: 1GB', streamConfig: 'maxAge: 24h\n' } }),
  ).toEqual([]);
  const persistence = { storageClassName: 'standard', accessMode: 'ReadWriteOnce', volumeSize: '10Gi' };
  expect(findings({ jetstream: { version: '2.10.10', persistence, affinity: {}, containerTemplate: { resources: {} } } })).toEqual([]);
  const accessSecret = { name: 'bus', key: 'auth' };
  expect(findings({ jetstreamExotic: { url: 'nats://a:4222', accessSecret, tls: { caCertSecret: accessSecret } } })).toEqual([]);
});

test("what Argo refuses is refused in Argo's words", () => {
  expect(findings({})).toEqual([
    'spec CONFIG_INVALID: invalid spec: either "nats", "jetstream", "jetstreamExotic", or "kafka" needs to be specified',
  ]);
  expect(findings({ nats: {} })).toEqual(['spec.nats CONFIG_INVALID: either "native" or "exotic" must be defined']);
  expect(findings({ nats: { native: {}, exotic: {} } })).toEqual([
    'spec.nats CONFIG_INVALID: "spec.nats.native" and "spec.nats.exotic" can not be defined together',
  ]);
  expect(findings({ nats: { exotic: { url: 'u' } } })).toEqual([
    'spec.nats.exotic CONFIG_INVALID: "spec.nats.exotic.clusterID" is missing',
  ]);
  expect(findings({ nats: { exotic: { clusterID: 'c' } } })).toEqual([
    'spec.nats.exotic CONFIG_INVALID: "spec.nats.exotic.url" is missing',
  ]);
  expect(findings({ jetstream: {} })).toEqual([
    'spec.jetstream CONFIG_INVALID: invalid spec: a version for jetstream needs to be specified',
  ]);
  expect(findings({ jetstream: { version: 'latest', replicas: 2 } })).toEqual([
    'spec.jetstream.replicas CONFIG_INVALID: invalid spec: a jetstream eventbus requires 1 replica or >= 3 replicas',
  ]);
  expect(findings({ jetstreamExotic: {} })).toEqual(['spec.jetstreamExotic CONFIG_INVALID: "spec.jetstreamExotic.url" is missing']);
  expect(findings({ kafka: {} })).toEqual(['spec.kafka CONFIG_INVALID: "spec.kafka.url" is missing']);
});

test('buses that are not supported are refused with a sentence', () => {
  expect(findings({ nats: { native: { replicas: 3, auth: 'none' } } })).toEqual([
    'spec.nats CONFIG_UNSUPPORTED: a bus on NATS Streaming is not supported: its makers ended it in 2023, for JetStream',
  ]);
  expect(findings({ kafka: { url: 'broker:9092', topic: 't' } })).toEqual([
    'spec.kafka CONFIG_UNSUPPORTED: a bus on Kafka is not supported: it keeps no state and no order for each object; an event source and a trigger of type kafka are there',
  ]);
});

test('a streamConfig that cannot be read is refused, an unknown field is only warned about', () => {
  expect(findings({ jetstream: { version: 'latest', streamConfig: 'maxAge: 7d' } })).toEqual([
    'spec.jetstream.streamConfig CONFIG_INVALID: streamConfig: maxAge is not a duration: 7d',
  ]);
  expect(findings({ jetstream: { version: 'latest', replica: 1 } })).toEqual([
    'spec.jetstream.replica CONFIG_UNKNOWN_FIELD: unknown field "replica" is ignored',
  ]);
});

test('a CustomResourceDefinition can say its schema', () => {
  expect(structuralSchema(eventBusKind.schema)).toMatchObject({ properties: { spec: { properties: { jetstream: { type: 'object' } } } } });
});
