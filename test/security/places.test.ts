/** Data of an event goes to the place that the rule names. What tries to leave it is data there, or the firing is parked with its reason. */
import { expect, test } from 'vitest';
import { startLocalCluster } from '../../src/cli/local-cluster/index.ts';
import { openKube } from '../../src/core/kube/client.ts';
import { systemClock } from '../../src/core/time/clock.ts';
import { eventually } from '../support/eventually.ts';
import { configMaps } from '../support/kinds.ts';
import { startReceiver } from '../support/receiver.ts';
import { record } from '../support/record.ts';
import { tokenConfig } from '../support/token-config.ts';
import { startBeside } from '../system/neighbours.ts';

const from = (dest: string, more = ''): string => `{src: {dependencyName: dep, dataKey: a}, dest: ${dest}${more}}`;

const sensor = (trigger: string): string => `apiVersion: argoproj.io/v1alpha1
kind: Sensor
metadata: {name: bad}
spec:
  dependencies: [{name: dep, eventSourceName: es, eventName: things}]
  triggers: [{template: {name: acts, ${trigger}}}]
`;

const configMap = (parameters: string, metadata = '{name: made}'): string =>
  sensor(
    `k8s: {operation: create, source: {resource: {apiVersion: v1, kind: ConfigMap, metadata: ${metadata}}}, parameters: [${parameters}]}`,
  );

async function place() {
  const cluster = await startLocalCluster();
  const kube = openKube(tokenConfig(cluster, cluster.token), { tell: record().tell, clock: systemClock });
  const target = await startReceiver();
  return {
    kube,
    target,
    async [Symbol.asyncDispose]() {
      await kube[Symbol.asyncDispose]();
      await target[Symbol.asyncDispose]();
      await cluster.close();
    },
  };
}

/** What becomes of an event whose `a` is this: the reason for which it is parked, or nothing. */
async function fired(rule: string, a: string, kube: Awaited<ReturnType<typeof place>>['kube']): Promise<string | undefined> {
  await using rules = await startBeside(rule, kube);
  expect(rules.findings.filter((one) => one.includes('error'))).toEqual([]);
  await rules.publish('e1', JSON.stringify({ a }));
  const [parked] = await eventually(async () => {
    const fired = rules.told.of('triggerFired').some(({ sensor }) => sensor === 'bad');
    const parked = await rules.parked();
    return fired || parked.length > 0 ? parked : undefined;
  });
  return parked?.reason;
}

test.each([
  ['YAML', 'x\n  labels: {admin: "true"}\n---\nkind: Secret'],
  ['JSON', '"},"admin":true,"x":{"y":"'],
  ['a template', '{{ .Input.secret }}{{ env "HOME" }}'],
  ['a variable of Tekton', '$(tt.params.other) $(params.other) $HOME'],
  ['a path', '../../../etc/passwd'],
])('%s in a text stays a text', async (_name, text) => {
  await using world = await place();

  expect(await fired(configMap(from('data.a')), text, world.kube)).toBeUndefined();

  const made = await world.kube.get(configMaps, { namespace: 'team', name: 'made' });
  expect(made['data']).toEqual({ a: text });
  expect(made.metadata['labels']).not.toHaveProperty('admin');
});

test.each([
  ['namespace', '../../kube-system/pods', '"../../kube-system/pods" cannot be a namespace'],
  ['namespace', '..', '".." cannot be a namespace'],
  ['name', 'x/../../../secrets', '"x/../../../secrets" cannot be a name'],
  ['name', 'x%2f..%2fy', '"x%2f..%2fy" cannot be a name'],
])('a %s that would be another path is none: %s', async (field, text, because) => {
  await using world = await place();

  expect(await fired(configMap(from(`metadata.${field}`)), text, world.kube)).toContain(because);
});

test('a key with signs of paths in it is one key', async () => {
  await using world = await place();
  const rule = sensor(
    `http: {url: "${world.target.url}/", payload: [{src: {dependencyName: dep, dataKey: a}, dest: "labels.app\\\\.kubernetes\\\\.io/name"}]}`,
  );

  expect(await fired(rule, 'x', world.kube)).toBeUndefined();
  expect(JSON.parse(world.target.received[0]!.body)).toEqual({ labels: { 'app.kubernetes.io/name': 'x' } });
});

test.each(['x\r\nInjected: 1', 'x\nInjected: 1', 'x\r\n\r\nGET /other HTTP/1.1', 'x\0y'])(
  'a header is one line, or nothing is sent: %j',
  async (text) => {
    await using world = await place();
    const rule = sensor(`http: {url: "${world.target.url}/", dynamicHeaders: [${from('X-Thing')}]}`);

    expect(await fired(rule, text, world.kube)).toMatch(/EVENT_RENDERED_INVALID$/);
    expect(world.target.received).toEqual([]);
  },
);

test.each([
  '/a\\@evil.example/',
  '/a@evil.example',
  '/?x#@evil.example',
  '//evil.example/',
  '/../..//evil.example',
  '/\r\nHost: evil.example',
])('what stands behind the host of a URL does not become another host: %j', async (text) => {
  await using world = await place();
  const rule = sensor(`http: {url: "${world.target.url}/", parameters: [${from('url', ', operation: append')}]}`);

  await fired(rule, text, world.kube);

  expect(world.target.received.map(({ headers }) => headers['host'])).toEqual([world.target.host]);
});

test('where an event chooses a host, a kind or a namespace, the author is warned', async () => {
  await using world = await place();
  const about = async (rule: string) => {
    await using rules = await startBeside(rule, world.kube);
    return rules.findings.map((one) => /event data chooses [^:]+/.exec(one)?.[0]);
  };

  expect(await about(sensor(`http: {url: "${world.target.url}", parameters: [${from('url', ', operation: append')}]}`))).toEqual([
    'event data chooses the URL, and with it the host',
  ]);
  expect(await about(configMap(from('kind')))).toEqual(['event data chooses the kind of the object']);
  expect(await about(configMap(from('metadata.namespace')))).toEqual(['event data chooses the namespace of the object']);
});

test.each(['>', 'a.*', 'a b', '', 'a..b', 'a\r\nPUB evil 1'])('a subject with another meaning is none: %j', async (text) => {
  await using world = await place();
  const rule = sensor(`nats: {url: "nats://127.0.0.1:1", subject: x, payload: [${from('a')}], parameters: [${from('subject')}]}`);

  expect(await fired(rule, text, world.kube)).toMatch(/EVENT_RENDERED_INVALID$/);
});
