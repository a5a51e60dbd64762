import { Agent, request } from 'undici';
import { expect, test } from 'vitest';
import { makeCertificates } from '../../../../src/cli/local-cluster/tls/certificates.ts';
import { EngineError } from '../../../../src/core/errors/engine-error.ts';
import type { JsonObject } from '../../../../src/core/json/json.ts';
import { systemClock } from '../../../../src/core/time/clock.ts';
import { type ListenerWorld, startListeners } from '../listener-world.ts';

const configMap = (data: JsonObject = {}): JsonObject => ({
  spec: { resourcetemplates: [{ apiVersion: 'v1', kind: 'ConfigMap', metadata: { generateName: 'c-' }, data }] },
});

const listener = (triggers: JsonObject[], metadata: JsonObject = {}): JsonObject => ({
  apiVersion: 'triggers.tekton.dev/v1beta1',
  kind: 'EventListener',
  metadata: { name: 'hooks', namespace: 'ci', uid: 'u1', ...metadata },
  spec: { triggers },
});

const open = [listener([{ name: 'all', template: configMap() }])];

async function post(world: ListenerWorld, { query = '', path = '/', ...request }: RequestInit & { query?: string; path?: string } = {}) {
  const answer = await fetch(`${await world.urlOf()}${path}${query}`, { method: 'POST', body: '{"a":1}', redirect: 'manual', ...request });
  const text = await answer.text();
  return { status: answer.status, text, headers: answer.headers, json: () => JSON.parse(text) as JsonObject };
}

test('every path and every method is an event', async () => {
  await using world = await startListeners(open);

  const answers = [
    await post(world, { path: '/a/b%0Ac?x=1' }),
    await post(world, { method: 'PUT' }),
    await post(world, { method: 'DELETE' }),
  ];

  expect(answers.map(({ status }) => status)).toEqual([202, 202, 202]);
  expect(new Set(answers.map(({ json }) => json()['eventID'])).size).toBe(3);
});

test('a path that is not clean leads to the one that is', async () => {
  await using world = await startListeners(open);

  const answer = await post(world, { path: '//a//./b/', query: '?x=1' });

  expect([answer.status, answer.headers.get('location')]).toEqual([301, '/a/b/?x=1']);
});

test('a body that is too large for the bus is refused with its size', async () => {
  await using world = await startListeners(open);

  const answer = await post(world, { body: JSON.stringify({ text: 'x'.repeat(20_000_000) }) });

  expect(answer.status).toBe(413);
  expect(answer.text).toBe('the body has 20000011 bytes, and no more than 1048576 are taken');
});

test('while the bus is away the caller is asked to come again', async () => {
  const clock = { ...systemClock, after: (_: number, callback: () => void) => systemClock.after(1, callback) };
  const publish = async () => {
    throw new EngineError('UNREACHABLE_BUS', { server: 'memory', reason: 'it is down' });
  };
  await using world = await startListeners(open, { clock, around: (bus) => ({ ...bus, publish }) });

  const answer = await post(world);

  expect([answer.status, answer.headers.get('retry-after'), answer.text]).toEqual([503, '5', 'EventListener Timeout!\n']);
});

test('without the check, whatever is no JSON fails where it is used, and is parked', async () => {
  const metadata = { annotations: { 'tekton.dev/payload-validation': 'false' } };
  await using world = await startListeners([listener([{ name: 'all', template: configMap() }], metadata)]);

  const answer = await post(world, { body: '<a/>', query: '?wait=10s' });

  expect(answer.json()['triggers']).toEqual([
    { trigger: 'all', outcome: 'failed', message: 'the event is not JSON: unexpected "<" at line 1, column 1, wanted a value' },
  ]);
  await world.heard.seen('firingParked');
});

test('a structured CloudEvent is answered by one, and not unwrapped', async () => {
  const template = configMap({ type: '$(tt.params.type)' });
  (template['spec'] as JsonObject)['params'] = [{ name: 'type' }];
  await using world = await startListeners([listener([{ name: 'all', bindings: [{ name: 'type', value: '$(body.type)' }], template }])]);

  const answer = await post(world, {
    headers: { 'content-type': 'application/cloudevents+json; charset=utf-8' },
    body: JSON.stringify({ specversion: '1.0', id: '1', type: 'a.b', source: '/c', data: {} }),
    query: '?wait=10s',
  });

  const id = String(answer.json()['eventID']);
  expect(Object.fromEntries([...answer.headers].filter(([name]) => name.startsWith('ce-')))).toEqual({
    'ce-id': id,
    'ce-source': 'hooks',
    'ce-specversion': '1.0',
    'ce-subject': `ci.hooks accepted ${id}`,
    'ce-type': 'dev.tekton.event.triggers.accepted.v1',
  });
  expect(world.created[0]?.object['data']).toEqual({ type: 'a.b' });
});

test('who waits is told what became of it in each trigger', async () => {
  const cel = (filter: string) => [{ ref: { name: 'cel' }, params: [{ name: 'filter', value: filter }] }];
  await using world = await startListeners([
    listener([
      { name: 'yes', interceptors: cel('body.a == 1'), template: configMap() },
      { name: 'no', interceptors: cel('body.a == 2'), template: configMap() },
      { name: 'broken', bindings: [{ name: 'x', value: '$(body.b)' }], template: configMap() },
    ]),
  ]);

  const answer = await post(world, { query: '?wait=10s' });

  const [name] = world.created.map(({ object }) => object.metadata.name);
  expect(answer.json()).toEqual({
    eventListener: 'hooks',
    namespace: 'ci',
    eventListenerUID: 'u1',
    eventID: expect.any(String),
    triggers: [
      {
        trigger: 'yes',
        outcome: 'done',
        message: `created ConfigMap ci/${name}`,
        detail: [{ apiVersion: 'v1', kind: 'ConfigMap', name, namespace: 'ci' }],
      },
      { trigger: 'no', outcome: 'stopped', message: 'interceptor `cel` stopped it: body.a is 1, and body.a == 2 is wanted' },
      { trigger: 'broken', outcome: 'failed', message: 'the param "x": $(body.b): "b" is not there' },
    ],
  });
});

test('with a certificate it speaks TLS, as soon as the Secret is there', async () => {
  const { certificate, key } = makeCertificates(Date.now());
  const env = ['CERT', 'KEY'].map((one) => ({ name: `TLS_${one}`, valueFrom: { secretKeyRef: { name: 'tls', key: one } } }));
  const object = listener([{ name: 'all', template: configMap() }]);
  (object['spec'] as JsonObject)['resources'] = { kubernetesResource: { spec: { template: { spec: { containers: [{ env }] } } } } };
  await using world = await startListeners([object]);
  await world.heard.seen('workerFailed');
  const base64 = (text: string): string => Buffer.from(text).toString('base64');
  const data = { CERT: base64(certificate), KEY: base64(key) };
  world.kube.put({ apiVersion: 'v1', kind: 'Secret', metadata: { name: 'tls', namespace: 'ci' }, data });

  const { port } = new URL(await world.urlOf());
  const agent = new Agent({ connect: { rejectUnauthorized: false } });
  const { statusCode, body } = await request(`https://127.0.0.1:${port}/`, { method: 'POST', body: '{}', dispatcher: agent });

  expect(statusCode).toBe(202);
  expect(await body.json()).toMatchObject({ eventListener: 'hooks' });
  await agent.close();
});

test('a wait that is no time is refused', async () => {
  await using world = await startListeners(open);

  const answer = await post(world, { query: '?wait=long' });

  expect([answer.status, answer.text]).toEqual([400, 'wait is a time such as 10s, not "long"\n']);
});

test('a body that is no UTF-8 stays what it is', async () => {
  const metadata = { annotations: { 'tekton.dev/payload-validation': 'false' } };
  await using world = await startListeners([listener([{ name: 'all', template: configMap() }], metadata)]);

  const answer = await post(world, { body: Buffer.from([0x7b, 0xff, 0x7d]), query: '?wait=10s' });

  expect(answer.json()['triggers']).toMatchObject([{ outcome: 'failed' }]);
});
