import { expect, test } from 'vitest';
import type { JsonObject } from '../../../src/core/json/json.ts';
import { errorsOf } from './errors-of.ts';

/** What Argo’s validation says is said in its words, beside whatever else we find. */
test.each<[string, JsonObject]>([
  ['invalid spec: either "nats", "jetstream", "jetstreamExotic", or "kafka" needs to be specified', {}],
  ['"spec.nats.native" and "spec.nats.exotic" can not be defined together', { nats: { native: {}, exotic: {} } }],
  ['either "native" or "exotic" must be defined', { nats: {} }],
  ['"spec.nats.exotic.clusterID" is missing', { nats: { exotic: { url: 'x' } } }],
  ['"spec.nats.exotic.url" is missing', { nats: { exotic: { clusterID: 'x' } } }],
  ['invalid spec: a version for jetstream needs to be specified', { jetstream: {} }],
  ['invalid spec: a jetstream eventbus requires 1 replica or >= 3 replicas', { jetstream: { version: 'latest', replicas: 2 } }],
  ['"spec.kafka.url" is missing', { kafka: {} }],
  ['"spec.jetstreamExotic.url" is missing', { jetstreamExotic: {} }],
])('EventBus: %s', (text, spec) => {
  expect(errorsOf('EventBus', spec)).toContain(text);
});
