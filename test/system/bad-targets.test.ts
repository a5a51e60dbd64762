/** Targets that hang, reset, send on in a circle, answer without end or are not there, beside those that work. */
import { expect, test } from 'vitest';
import type { EngineError } from '../../src/core/errors/engine-error.ts';
import { eventually } from '../support/eventually.ts';
import { freePort } from '../support/ports.ts';
import { startReceiver } from '../support/receiver.ts';
import { kubeWithSecret } from '../support/secrets.ts';
import { startTinyServer } from '../support/tiny-server.ts';
import { startBeside } from './neighbours.ts';

const payload = 'payload: [{src: {dependencyName: dep, dataKey: a}, dest: a}]';

/** The Sensor "bad" with these triggers, by name, and one that works beside them. */
const sensor = (triggers: Record<string, string>): string => `apiVersion: argoproj.io/v1alpha1
kind: Sensor
metadata: {name: bad}
spec:
  dependencies: [{name: dep, eventSourceName: es, eventName: things}]
  triggers:
${Object.entries({ ...triggers, show: 'log: {}' })
  .map(([name, block]) => `  - template: {name: ${name}, ${block}}`)
  .join('\n')}
`;

test('each failure is told once with its reason and waits in its queue, and the neighbours fire', async () => {
  // Nobody listens there, nor will.
  const absent = '127.0.0.1:1';
  await using resetting = await startTinyServer((socket) => () => socket.resetAndDestroy());
  const reset = `127.0.0.1:${resetting.port}`;
  await using target = await startReceiver(({ path }, response) => {
    if (path === '/circle') response.writeHead(302, { location: '/circle' }).end();
    else if (path === '/large') response.end('x'.repeat(10 * 1024 * 1024));
    else if (path === '/busy') response.writeHead(503).end('busy');
  });
  const rule = sensor({
    hangs: `http: {url: "${target.url}/hangs", timeout: 1}`,
    circle: `http: {url: "${target.url}/circle", method: GET}`,
    busy: `http: {url: "${target.url}/busy"}`,
    reset: `http: {url: "http://${reset}/"}`,
    absent: `http: {url: "http://${absent}/"}`,
    nats: `nats: {url: "nats://${absent}", subject: s, ${payload}}`,
    kafka: `kafka: {url: "${absent}", topic: t, ${payload}}`,
    mail: `email: {host: 127.0.0.1, port: ${absent.split(':')[1]}, from: a@b.c, to: [d@e.f]}`,
    slack: `slack: {baseURL: "http://${absent}", slackToken: {name: access, key: token}, channel: c, message: m}`,
    custom: `custom: {serverURL: "${absent}", spec: {a: b}}`,
    unset: `slack: {baseURL: "${target.url}", slackToken: {name: access, key: none}, channel: c, message: m}`,
    large: `http: {url: "${target.url}/large"}`,
  });
  await using beside = await startBeside(rule, kubeWithSecret({ token: 't' }, 'team'));
  const { told } = beside;

  for (const id of ['1', '2', '3']) await beside.publish(id, '{"a":1}');
  for (const id of ['1', '2', '3']) await beside.fired('good', id);

  const firedBy = (trigger: string) => told.of('triggerFired').filter((fields) => fields['trigger'] === trigger);
  await eventually(() => firedBy('show').length === 6 && firedBy('large').length === 3);
  expect((firedBy('large')[0]!['detail'] as { body: string }).body).toHaveLength(4096);
  const reasons = () => Object.fromEntries(told.of('attemptFailed').map(({ trigger, error }) => [trigger, (error as EngineError).message]));
  await eventually(() => Object.keys(reasons()).length === 11, 20_000);
  expect(reasons()).toEqual({
    hangs: `${target.host} cannot be reached: it has not answered within 1 s`,
    circle: `${target.host} refused: its redirections lead in a circle, back to ${target.url}/circle`,
    busy: `POST ${target.url}/busy: the answer was 503: busy`,
    reset: expect.stringMatching(`^${reset} cannot be reached: `),
    absent: `${absent} cannot be reached: connect ECONNREFUSED ${absent}`,
    nats: `nats://${absent} cannot be reached: connect ECONNREFUSED ${absent}`,
    kafka: `${absent} cannot be reached: connect ECONNREFUSED ${absent}`,
    mail: `${absent} cannot be reached: connect ECONNREFUSED ${absent}`,
    slack: `${absent} cannot be reached: connect ECONNREFUSED ${absent}`,
    custom: `${absent} cannot be reached: connect ECONNREFUSED ${absent}`,
    unset: 'Secret team/access has no readable key "none": its keys are token',
  });
  await eventually(async () => (await beside.waiting('bad')) === 33, 20_000);
  expect(await beside.parked()).toEqual([]);
}, 60_000);

test('what waited for a target is done once when it is there', async () => {
  const port = await freePort();
  const url = `http://127.0.0.1:${port}/`;
  await using beside = await startBeside(sensor({ post: `http: {url: "${url}", ${payload}}` }), kubeWithSecret({}));
  for (const id of ['1', '2', '3']) await beside.publish(id, `{"a":${id}}`);
  await beside.told.seen('attemptFailed');

  await using target = await startReceiver(undefined, { port });

  await eventually(() => target.received.length >= 3, 30_000);
  expect(target.received.map(({ body }) => body).sort()).toEqual(['{"a":"1"}', '{"a":"2"}', '{"a":"3"}']);
  expect(new Set(target.received.map(({ headers }) => headers['Idempotency-Key'])).size).toBe(3);
  await eventually(async () => (await beside.waiting('bad')) === 0);
}, 60_000);
