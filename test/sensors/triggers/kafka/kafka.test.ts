import { describe, expect, test } from 'vitest';
import { buildEvent } from '../../../support/build-sensor.ts';
import { compiledSensor, findingTexts, prepareFirst } from '../../../support/compile-sensor.ts';
import { secretKey } from '../../../support/secrets.ts';

const writing = (kafka: object) => ({ triggers: [{ template: { name: 'tell', kafka } }] });
const fromData = (dataKey: string, dest: string) => ({ src: { dependencyName: 'dep', dataKey }, dest });
const right = { url: 'a:9092', topic: 't', payload: [fromData('a', 'x')] };

test('what would be written is shown, without what is in Secrets', async () => {
  const block = {
    ...right,
    parameters: [fromData('key', 'partitioningKey')],
    headers: { plain: 'p' },
    secureHeaders: [{ name: 'token', valueFrom: { secretKeyRef: secretKey('token') } }],
  };
  const { summary, rendered } = await prepareFirst(writing(block), buildEvent('e1', { data: { a: 1, key: 'k' } }));

  expect(summary).toBe('write to the topic t at a:9092');
  expect(rendered).toEqual({
    url: 'a:9092',
    topic: 't',
    key: 'k',
    headers: { plain: 'p', token: '<token of the Secret access>' },
    value: '{"x":"1"}',
  });
});

describe('a block', () => {
  const secrets = { userSecret: secretKey('a'), passwordSecret: secretKey('b') };

  test.each<[object, string]>([
    [{ ...right, url: '' }, 'url: broker url must not be empty'],
    [{ ...right, payload: undefined }, 'payload: payload must not be empty'],
    [{ ...right, payload: [] }, 'payload: payload must not be empty'],
    [{ ...right, topic: '' }, 'topic: topic must not be empty'],
    [{ ...right, sasl: {} }, 'sasl: invalid sasl config, both userSecret and passwordSecret must be defined'],
    [
      { ...right, sasl: { mechanism: 'OWN', ...secrets } },
      'sasl: invalid sasl config. Possible values for SASL Mechanism are `OAUTHBEARER`, `PLAIN`, `SCRAM-SHA-256`, `SCRAM-SHA-512` and `GSSAPI`',
    ],
    [
      { ...right, sasl: { mechanism: 'GSSAPI', ...secrets } },
      'sasl.mechanism: the SASL mechanism GSSAPI is not supported: a user and a password are all that we can show: use PLAIN, SCRAM-SHA-256, SCRAM-SHA-512',
    ],
    [
      { ...right, schemaRegistry: { url: 'http://a', schemaId: 1 } },
      'schemaRegistry: a schema registry is not supported: Avro needs a library of its own; write the message as JSON, without it',
    ],
  ])('%j', (block, finding) => {
    expect(findingTexts(compiledSensor(writing(block)).findings)).toEqual([`error spec.triggers.0.template.kafka.${finding}`]);
  });
});
