import { status } from '@grpc/grpc-js';
import { describe, expect, test } from 'vitest';
import { makeCertificates } from '../../../../src/cli/local-cluster/tls/certificates.ts';
import { Clients } from '../../../../src/core/lifecycle/clients.ts';
import { buildEvent } from '../../../support/build-sensor.ts';
import { TestClock } from '../../../support/clock.ts';
import { compiledSensor, type FiringOptions, findingTexts, prepareFirst } from '../../../support/compile-sensor.ts';
import { eventually } from '../../../support/eventually.ts';
import { kubeWithSecret, secretKey } from '../../../support/secrets.ts';
import { type Answering, startTriggerServer } from '../../../support/trigger-server.ts';

const acting = (custom: object) => ({ triggers: [{ template: { name: 'act', custom } }] });
const fromData = (dataKey: string, dest: string) => ({ src: { dependencyName: 'dep', dataKey }, dest });

const success = Buffer.from('0801', 'hex');
const usual: Answering = ({ method }) => {
  if (method === 'FetchResource') return { 1: '{"kind":"Build"}' };
  return method === 'Execute' ? { 1: 'started' } : success;
};

async function fire(block: object, { data = {}, ...options }: FiringOptions & { data?: object } = {}) {
  await using clients = new Clients();
  return await (await prepareFirst(acting({ spec: { a: 'b' }, ...block }), buildEvent('e1', { data }), { clients, ...options })).fire();
}

test('the server fetches, gets values from the event, acts, and judges', async () => {
  await using server = await startTriggerServer(usual);
  const block = {
    serverURL: server.target,
    spec: { url: 'https://a/b.yaml', on: 'true' },
    parameters: [fromData('name', 'metadata.name')],
    payload: [fromData('name', 'n')],
  };

  expect(await fire(block, { data: { name: 'web' } })).toEqual({
    summary: `executed by ${server.target}`,
    detail: { response: 'started' },
  });
  expect(server.asked).toEqual([
    { method: 'FetchResource', fields: { 1: 'url: https://a/b.yaml\n"on": "true"\n' }, key: 'f1' },
    { method: 'Execute', fields: { 1: '{"kind":"Build","metadata":{"name":"web"}}', 2: '{"n":"web"}' }, key: 'f1' },
    { method: 'ApplyPolicy', fields: { 1: 'started' }, key: 'f1' },
  ]);
});

test('without parameters the resource goes back as it came, whatever it is', async () => {
  await using server = await startTriggerServer((asked) => (asked.method === 'FetchResource' ? { 1: 'kind: Build\n' } : usual(asked)));

  await fire({ serverURL: server.target });

  expect(server.asked[1]).toMatchObject({ method: 'Execute', fields: { 1: 'kind: Build\n' } });
});

test('parameters need a resource that is JSON', async () => {
  await using server = await startTriggerServer((asked) => (asked.method === 'FetchResource' ? { 1: 'kind: Build\n' } : usual(asked)));

  await expect(fire({ serverURL: server.target, parameters: [fromData('a', 'b')] }, { data: { a: 1 } })).rejects.toMatchObject({
    code: 'EVENT_RENDERED_INVALID',
    retry: 'never',
  });
  expect(server.asked).toHaveLength(1);
});

test('what the server judges to be no success is a failure', async () => {
  const refused = Buffer.concat([Buffer.from('1205', 'hex'), Buffer.from('no go')]);
  await using server = await startTriggerServer((asked) => (asked.method === 'ApplyPolicy' ? refused : usual(asked)));

  await expect(fire({ serverURL: server.target })).rejects.toMatchObject({
    code: 'REMOTE_RECEIVER',
    message: `${server.target} refused: no go`,
    retry: 'backoff',
  });
});

test.each([
  ['INTERNAL', 'REMOTE_RECEIVER', 'refused: INTERNAL why', 'backoff'],
  ['UNKNOWN', 'REMOTE_RECEIVER', 'refused: UNKNOWN why', 'backoff'],
  ['INVALID_ARGUMENT', 'REMOTE_RECEIVER', 'refused: INVALID_ARGUMENT why', 'never'],
  ['UNIMPLEMENTED', 'REMOTE_RECEIVER', 'refused: UNIMPLEMENTED why', 'never'],
  ['UNAUTHENTICATED', 'REMOTE_RECEIVER_AUTH', 'refused the credentials: why', 'backoff'],
  ['UNAVAILABLE', 'UNREACHABLE_RECEIVER', 'cannot be reached: why', 'backoff'],
] as const)('the status %s', async (name, code, message, retry) => {
  await using server = await startTriggerServer(() => ({ code: status[name], details: 'why' }));

  await expect(fire({ serverURL: server.target })).rejects.toMatchObject({ code, message: `${server.target} ${message}`, retry });
});

test('a server that hangs is given up, and one that is not there can be tried again', async () => {
  const clock = new TestClock();
  let target = '';
  {
    await using server = await startTriggerServer(() => undefined);
    target = server.target;
    const hung = fire({ serverURL: target }, { clock }).catch((thrown) => thrown);
    await eventually(() => server.asked.length === 1);
    await clock.turn(30_000);

    expect(await hung).toMatchObject({ message: `${target} cannot be reached: it has not answered within 30 s`, retry: 'backoff' });
  }

  await expect(fire({ serverURL: target })).rejects.toMatchObject({ code: 'UNREACHABLE_RECEIVER', retry: 'backoff' });
});

test('what is no answer by the contract is a failure of the server', async () => {
  await using server = await startTriggerServer(() => Buffer.from('0a05', 'hex'));

  await expect(fire({ serverURL: server.target })).rejects.toMatchObject({
    code: 'REMOTE_RECEIVER',
    message: `${server.target} refused: its answer is not what the contract says: a message of Protocol Buffers ends in the middle`,
  });
});

test('a secure server is known by its certificate, under the name that is given', async () => {
  const { ca, certificate: cert, key } = makeCertificates(Date.now());
  await using server = await startTriggerServer(usual, { tls: { cert, key } });
  const block = {
    serverURL: server.target.replace('127.0.0.1', 'localhost'),
    serverNameOverride: 'localhost',
    secure: true,
    certSecret: secretKey('ca'),
  };

  expect(await fire(block, { kube: kubeWithSecret({ ca }) })).toMatchObject({ summary: `executed by ${block.serverURL}` });
  await expect(fire({ ...block, serverNameOverride: 'other.example' }, { kube: kubeWithSecret({ ca }) })).rejects.toMatchObject({
    code: 'UNREACHABLE_RECEIVER',
  });
  await expect(fire(block, { kube: kubeWithSecret({ ca: makeCertificates(Date.now()).ca }) })).rejects.toMatchObject({
    code: 'UNREACHABLE_RECEIVER',
  });
});

describe('a block', () => {
  test.each<[object, string]>([
    [{ spec: { a: 'b' } }, 'serverURL: custom trigger gRPC server url is not defined'],
    [{ serverURL: 'a:1' }, "spec: trigger body can't be empty"],
    [
      { serverURL: 'a:1', spec: { a: 'b' }, secure: true },
      "certSecret: certSecret can't be nil when the trigger server connection is secure",
    ],
  ])('%j', (block, finding) => {
    expect(findingTexts(compiledSensor(acting(block)).findings)).toEqual([`error spec.triggers.0.template.custom.${finding}`]);
  });
});

test('what would be asked is shown, and nobody is asked', async () => {
  const block = { serverURL: 'a:1', spec: { b: 'c' }, payload: [fromData('d', 'e')] };
  const { summary, rendered } = await prepareFirst(acting(block), buildEvent('e1', { data: { d: 'f' } }));

  expect(summary).toBe('have a:1 act');
  expect(rendered).toEqual({ serverURL: 'a:1', spec: { b: 'c' }, payload: '{"e":"f"}' });
});
