import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { eventually } from '../../support/eventually.ts';
import { kubeconfigOfNone } from '../../support/kubeconfig.ts';
import { startLittleArgo } from '../../support/little-argo.ts';
import { type Nats, startNats } from '../../support/nats.ts';
import { otherClient } from '../../support/open-bus.ts';
import { freePort } from '../../support/ports.ts';
import { asProcess, type Process } from '../../support/process.ts';
import { type Receiver, startReceiver } from '../../support/receiver.ts';
import { startSensorium } from '../../support/sensorium.ts';

let mounts: string;
let nats: Nats;
let target: Receiver;
let port: number;
beforeAll(async () => {
  mounts = mkdtempSync(join(tmpdir(), 'sensorium-pod-'));
  [nats, target, port] = await Promise.all([
    startNats({ config: 'authorization { user: argo, password: "s3cret" }' }),
    startReceiver(),
    freePort(),
  ]);
  mount('etc/eventbus/auth/auth.yaml', 'username: argo\npassword: s3cret\n');
  mount('argo-events/secrets/tokens/caller', 'hidden-of-callers\n');
  mount('argo-events/secrets/tokens/target', 'hidden-of-target\n');
});
afterAll(async () => {
  await target?.[Symbol.asyncDispose]();
  await nats?.[Symbol.asyncDispose]();
  rmSync(mounts, { recursive: true, force: true });
});

function mount(path: string, text: string): void {
  mkdirSync(dirname(join(mounts, path)), { recursive: true });
  writeFileSync(join(mounts, path), text);
}

const encode = (value: unknown): string => Buffer.from(JSON.stringify(value)).toString('base64');
const metadata = (name: string) => ({ name, namespace: 'shop', creationTimestamp: null });

const eventSource = () => ({
  metadata: metadata('es'),
  spec: {
    service: { ports: [{ port }] },
    webhook: { order: { port: String(port), endpoint: '/order', method: 'POST', authSecret: { name: 'tokens', key: 'caller' } } },
  },
  status: {},
});
const sensor = () => ({
  metadata: metadata('orders'),
  spec: {
    dependencies: [{ name: 'order', eventSourceName: 'es', eventName: 'order' }],
    triggers: [
      {
        template: {
          name: 'tell',
          http: {
            url: `${target.url}/orders`,
            method: 'POST',
            payload: [{ src: { dependencyName: 'order', dataKey: 'body.id' }, dest: 'id' }],
            secureHeaders: [{ name: 'x-token', valueFrom: { secretKeyRef: { name: 'tokens', key: 'target' } } }],
          },
        },
      },
    ],
  },
  status: {},
});

/** A pod as Argo's controller starts it, on ports of its own: here several share one machine. Its account may read nothing. */
const startPod = (service: 'eventsource-service' | 'sensor-service', variable: string, object: unknown): Promise<Process> => {
  const jetstream = {
    url: nats.url,
    accessSecret: { name: 'eventbus-default-js-client-auth', key: 'client-auth' },
    streamConfig: 'maxMsgs: 50000\n',
  };
  const env = {
    [variable]: encode(object),
    EVENTBUS_CONFIG: encode({ jetstream }),
    EVENTBUS_SUBJECT: 'eventbus-shop',
    POD_NAME: `${service}-x7k2p`,
    NAMESPACE: 'shop',
    LEADER_ELECTION: '',
    LOG_LEVEL: 'info',
    KUBECONFIG: join(mounts, 'kubeconfig'),
    SENSORIUM_MOUNTS: mounts,
  };
  return asProcess(startSensorium([service, '--port', '0', '--host', '127.0.0.1'], { env }));
};

const post = (id: string, token = 'hidden-of-callers') =>
  fetch(`http://127.0.0.1:${port}/order`, {
    method: 'POST',
    headers: { authorization: `Bearer ${token}`, 'content-type': 'application/json' },
    body: JSON.stringify({ id }),
  });

test('our image stands where Argo’s stood: by what its controller gives to the pods, and from where its sensor was', async () => {
  mount('kubeconfig', kubeconfigOfNone);
  const withUser = nats.url.replace('//', '//argo:s3cret@');
  await using source = await startPod('eventsource-service', 'EVENTSOURCE_OBJECT', eventSource());
  await source.ready();
  const byArgo: string[] = [];
  await using theirs = await startLittleArgo(
    withUser,
    { sensor: 'orders', triggers: [{ name: 'tell', dependencies: ['order'] }] },
    (_, { order }) => {
      byArgo.push(order!);
    },
  );
  expect((await post('o1')).status).toBe(200);
  await eventually(() => byArgo.length === 1);
  await theirs.stop();
  expect((await post('o2')).status).toBe(200);

  await using ours = await startPod('sensor-service', 'SENSOR_OBJECT', sensor());
  await ours.seen(/the sensor goes on where Argo's has stopped/, 30_000);
  await ours.ready();
  expect((await post('o3')).status).toBe(200);
  expect((await post('o4', 'guessed')).status).toBe(401);
  await eventually(() => target.received.length === 2);

  expect(target.received.map(({ body, headers }) => [body, headers['x-token']])).toEqual([
    ['{"id":"o2"}', 'hidden-of-target'],
    ['{"id":"o3"}', 'hidden-of-target'],
  ]);
  await using client = await otherClient({ ...nats, url: withUser });
  const stored = await client.manager.streams.getMessage('default', { seq: 1 });
  expect(stored!.json()).toMatchObject({ specversion: '1.0', source: 'es', subject: 'order', data_base64: expect.any(String) });
  expect(source.output() + ours.output()).not.toMatch(/s3cret|hidden-of/);
});
