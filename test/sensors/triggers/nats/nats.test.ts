import { describe, expect, test } from 'vitest';
import { buildEvent } from '../../../support/build-sensor.ts';
import { clientsOf } from '../../../support/clients-of.ts';
import { compiledSensor, findingTexts, prepareFirst } from '../../../support/compile-sensor.ts';

const publishing = (nats: object) => ({ triggers: [{ template: { name: 'tell', nats } }] });
const fromData = (dataKey: string, dest: string, more: object = {}) => ({ src: { dependencyName: 'dep', dataKey }, dest, ...more });
const payload = [fromData('a', 'x')];
const event = (data: object = { a: 1 }) => buildEvent('e1', { data });

test('what would be published is shown, without the password of the server', async () => {
  const { summary, rendered } = await prepareFirst(publishing({ url: 'nats://joe:pass@a:4222', subject: 's', payload }), event());

  expect(summary).toBe('publish on s at nats://a:4222');
  expect(rendered).toEqual({ url: 'nats://a:4222', subject: 's', body: '{"x":"1"}' });
});

test('parameters of the block reach the subject', async () => {
  const block = { url: 'nats://a', subject: 'pods.', payload, parameters: [fromData('name', 'subject', { operation: 'append' })] };

  expect((await prepareFirst(publishing(block), event({ a: 1, name: 'web' }))).rendered).toMatchObject({ subject: 'pods.web' });
});

test.each(['a b', 'a..b', '.a', 'a.', 'a.*', '>', ''])('nothing is published on the subject "%s"', async (name) => {
  const block = { url: 'nats://a', subject: 's', payload, parameters: [fromData('name', 'subject')] };

  await expect(prepareFirst(publishing(block), event({ a: 1, name }))).rejects.toMatchObject({
    code: 'EVENT_RENDERED_INVALID',
    retry: 'never',
  });
});

test('a stream that has the message already is a success', async () => {
  const store = async () => ({ stream: 'ORDERS', sequence: 7, duplicate: true });
  const block = { url: 'nats://a', subject: 's', payload, jetstream: true };
  const action = await prepareFirst(publishing(block), event(), { clients: clientsOf({ store }) });

  expect(await action.fire()).toEqual({ summary: 'was already in ORDERS', detail: { stream: 'ORDERS', sequence: 7 } });
});

describe('a block', () => {
  const right = { url: 'nats://a', subject: 's', payload };

  test.each<[object, string]>([
    [{ ...right, url: '' }, "url: nats server url can't be empty"],
    [{ ...right, subject: undefined }, "subject: nats subject can't be empty"],
    [{ ...right, payload: undefined }, "payload: payload can't be nil"],
    [{ ...right, url: 'http://a' }, 'url: "http://a" is no URL of a NATS server (write nats://host:4222)'],
    [
      { ...right, tls: { clientKeySecret: { name: 'a', key: 'b' } } },
      'tls: invalid tls config, both clientCertSecret and clientKeySecret need to be configured',
    ],
  ])('%j', (block, finding) => {
    expect(findingTexts(compiledSensor(publishing(block)).findings)).toEqual([`error spec.triggers.0.template.nats.${finding}`]);
  });
});
