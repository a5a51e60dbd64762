/**
 * A secret in every place that takes one; everything that uses them succeeds or fails, with servers that repeat what they were sent. Nothing
 * that is written anywhere has one of them: not the log at its most talkative, decisions, dead letters, metrics, Events, status, commands.
 */

import { createHmac } from 'node:crypto';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { makeCertificates } from '../../src/cli/local-cluster/tls/certificates.ts';
import { openKube } from '../../src/core/kube/client.ts';
import { kubeConfigFrom } from '../../src/core/kube/config.ts';
import { systemClock } from '../../src/core/time/clock.ts';
import { eventually } from '../support/eventually.ts';
import { freePort } from '../support/ports.ts';
import { type Receiver, startReceiver } from '../support/receiver.ts';
import { record } from '../support/record.ts';
import { startSensorium } from '../support/sensorium.ts';
import { startTinyServer } from '../support/tiny-server.ts';

/** One for each place, so that what leaks says where. Signs that are written in other ways in URLs and in JSON are in it. */
const canaries: Record<string, string> = {};
const key = (place: string): string => {
  canaries[place] = `c4nary/${place}+"&=~`;
  return `{name: all, key: ${place}}`;
};

/** Every form in which it could be written. */
function formsOf(secret: string): string[] {
  const bytes = Buffer.from(secret);
  return [
    secret,
    bytes.toString('base64').replace(/=+$/, ''),
    bytes.toString('base64url'),
    bytes.toString('hex'),
    encodeURIComponent(secret),
    new URLSearchParams({ x: secret }).toString().slice(2),
    JSON.stringify(secret).slice(1, -1),
    JSON.stringify(JSON.stringify(secret).slice(1, -1)).slice(1, -1),
  ];
}

let folder: string;
let echo: Receiver;
let broken: Awaited<ReturnType<typeof startTinyServer>>;
beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'sensorium-canary-'));
  // Answers with everything that it was sent; `no` in the path makes it a refusal.
  echo = await startReceiver(({ path, headers, body }, response) => {
    const status = path.includes('no') ? 400 : path.includes('auth') ? 401 : path.includes('away') ? 503 : 200;
    const basic = /^Basic (.+)$/.exec(headers['Authorization'] ?? headers['authorization'] ?? '')?.[1] ?? '';
    response
      .writeHead(status)
      .end(JSON.stringify({ ok: false, error: `${Object.values(headers).join(' ')} ${Buffer.from(basic, 'base64')}`, body }));
  });
  // Repeats every byte, whatever the protocol.
  broken = await startTinyServer((socket) => (piece) => socket.write(piece));
});
afterAll(async () => {
  await echo?.[Symbol.asyncDispose]();
  await broken?.[Symbol.asyncDispose]();
  rmSync(folder, { recursive: true, force: true });
});

const dependency = 'dependencies: [{name: dep, eventSourceName: called, eventName: hook}]';

function rules(port: number): string {
  const hook = (path: string) => `webhook: {port: "${port}", endpoint: /${path}, method: POST, url: "${echo.url}"}`;
  const tcp = `127.0.0.1:${broken.port}`;
  const basic = (place: string) => `{username: ${key(`${place}-user`)}, password: ${key(`${place}-password`)}}`;
  const keys = (place: string) => `accessKey: ${key(`${place}-access`)}, secretKey: ${key(`${place}-secret`)}`;
  return `
apiVersion: argoproj.io/v1alpha1
kind: EventSource
metadata: {name: called}
spec:
  webhook:
    hook: {port: "${port}", endpoint: /hook, method: POST, authSecret: ${key('webhook')}}
  github:
    hub: {${hook('github')}, repositories: [{owner: o, names: [n]}], events: [push], apiToken: ${key('github-token')}, webhookSecret: ${key('github')}, githubBaseURL: "${echo.url}/no/", githubUploadURL: "${echo.url}/no/"}
  gitlab:
    lab: {${hook('gitlab')}, projects: [a/b], events: [PushEvents], gitlabBaseURL: "${echo.url}/no", accessToken: ${key('gitlab-token')}, secretToken: ${key('gitlab')}}
  bitbucket:
    cloud: {${hook('bitbucket')}, repositories: [{owner: o, repositorySlug: s}], events: ["repo:push"], auth: {basic: ${basic('bitbucket')}}, webhookSecret: ${key('bitbucket')}}
  bitbucketserver:
    server: {${hook('bbs')}, bitbucketserverBaseURL: "${echo.url}/no/rest", repositories: [{projectKey: K, repositorySlug: s}], events: ["repo:refs_changed"], accessToken: ${key('bbs-token')}, webhookSecret: ${key('bbs')}}
  gerrit:
    review: {${hook('gerrit')}, gerritBaseURL: "${echo.url}/auth", projects: [p], events: [change-merged], auth: ${basic('gerrit')}}
  slack:
    chat: {${hook('slack')}, token: ${key('slack-verification')}, signingSecret: ${key('slack-signing')}}
  stripe:
    pay: {${hook('stripe')}, signingSecret: ${key('stripe')}}
  storageGrid:
    grid: {${hook('grid')}, topicArn: "urn:a:sns:b::c", bucket: b, events: ["ObjectCreated:Put"], authToken: ${key('storagegrid')}, apiURL: "${echo.url}/no"}
  sns:
    topic: {${hook('sns')}, topicArn: "arn:aws:sns:us-east-1:1:t", region: us-east-1, endpoint: "${echo.url}/no", ${keys('sns')}}
  sqs:
    queue: {region: us-east-1, queue: q, endpoint: "${echo.url}/no", ${keys('sqs')}}
  minio:
    bucket: {endpoint: "${echo.host}", insecure: true, bucket: {name: "no"}, events: ["s3:ObjectCreated:*"], ${keys('minio')}}
  nats:
    basic: {url: "nats://${tcp}", subject: s, auth: {basic: ${basic('nats')}}}
    token: {url: "nats://${tcp}", subject: s, auth: {token: ${key('nats-token')}}}
    nkey: {url: "nats://${tcp}", subject: s, auth: {nkey: ${key('nats-nkey')}}}
  kafka:
    log: {url: "${tcp}", topic: t, partition: "0", sasl: {mechanism: PLAIN, userSecret: ${key('kafka-user')}, passwordSecret: ${key('kafka-password')}}, tls: {clientCertSecret: ${key('kafka-cert')}, clientKeySecret: ${key('kafka-key')}}}
  amqp:
    rabbit: {url: "amqp://${tcp}", exchangeName: e, exchangeType: fanout, routingKey: k, auth: ${basic('amqp')}}
    address: {urlSecret: ${key('amqp-url')}, exchangeName: e, exchangeType: fanout, routingKey: k}
  mqtt:
    house: {url: "tcp://${tcp}", topic: t, clientId: c, auth: ${basic('mqtt')}}
  redis:
    memory: {namespace: default, hostAddress: "${tcp}", db: 0, channels: [c], password: ${key('redis')}}
  redisStream:
    stream: {namespace: default, hostAddress: "${tcp}", db: 0, streams: [s], password: ${key('redis-stream')}}
  nsq:
    q: {hostAddress: "${tcp}", topic: t, channel: c}
---
apiVersion: argoproj.io/v1alpha1
kind: Sensor
metadata: {name: acts}
spec:
  ${dependency}
  triggers:
${[
  ...['ok', 'no', 'auth', 'away'].map(
    (how) =>
      `http-${how}, http: {url: "${echo.url}/${how}", method: POST, basicAuth: ${basic(`http-${how}`)}, secureHeaders: [{name: X-Thing, valueFrom: {secretKeyRef: ${key(`header-${how}`)}}}]}`,
  ),
  `http-tls, http: {url: "https://${tcp}/", tls: {clientCertSecret: ${key('tls-cert')}, clientKeySecret: ${key('tls-key')}}}`,
  `slack-no, slack: {baseURL: "${echo.url}/no", slackToken: ${key('slack-no')}, channel: c, message: m}`,
  `slack-ok, slack: {baseURL: "${echo.url}/ok", slackToken: ${key('slack-ok')}, channel: c, message: m}`,
  `mail, email: {host: 127.0.0.1, port: ${broken.port}, username: u, smtpPassword: ${key('mail')}, from: a@b.c, to: [d@e.f]}`,
  `nats, nats: {url: "nats://${tcp}", subject: s, auth: {basic: ${basic('nats-trigger')}}, payload: [{src: {dependencyName: dep, dataKey: body.a}, dest: a}]}`,
  `kafka, kafka: {url: "${tcp}", topic: t, sasl: {mechanism: PLAIN, userSecret: ${key('kafka-trigger-user')}, passwordSecret: ${key('kafka-trigger-password')}}, payload: [{src: {dependencyName: dep, dataKey: body.a}, dest: a}]}`,
  `s3, k8s: {operation: create, source: {s3: {endpoint: "${echo.host}", insecure: true, bucket: {name: "no", key: k}, ${keys('s3')}}}}`,
  `s3-yaml, k8s: {operation: create, source: {s3: {endpoint: "${echo.host}", insecure: true, bucket: {name: b, key: k}, ${keys('s3-yaml')}}}}`,
  `git, k8s: {operation: create, source: {git: {url: "${echo.url}/no/r.git", filePath: f.yaml, cloneDirectory: "", creds: ${basic('git')}}}}`,
  `git-ssh, k8s: {operation: create, source: {git: {url: "ssh://git@${tcp}/r.git", filePath: f.yaml, sshKeySecret: ${key('git-ssh')}}}}`,
]
  .map((one) => `    - template: {name: ${one}}`)
  .join('\n')}
---
apiVersion: triggers.tekton.dev/v1beta1
kind: EventListener
metadata: {name: listener}
spec:
  triggers:
    - name: lab
      interceptors: [{ref: {name: gitlab}, params: [{name: secretRef, value: {secretName: all, secretKey: tekton-gitlab}}]}]
      template: {spec: {resourcetemplates: [{apiVersion: v1, kind: ConfigMap, metadata: {generateName: made-}}]}}
    - name: hub
      interceptors: [{ref: {name: github}, params: [{name: secretRef, value: {secretName: all, secretKey: tekton-github}}]}]
      template: {spec: {resourcetemplates: [{apiVersion: v1, kind: ConfigMap, metadata: {generateName: made-}}]}}
    - name: cel
      interceptors: [{ref: {name: cel}, params: [{name: filter, value: "header.canonical('X-Secret-Token').compareSecret('tekton-cel', 'all')"}]}]
      template: {spec: {resourcetemplates: [{apiVersion: v1, kind: ConfigMap, metadata: {generateName: made-}}]}}
`;
}

const hmac = (algorithm: string, secret: string, text: string) => createHmac(algorithm, secret).update(text).digest('hex');

test('no secret is written anywhere, whatever becomes of what it is for', async () => {
  const [port, listening, health] = [await freePort(), await freePort(), await freePort()];
  const text = rules(port);
  for (const place of ['tekton-gitlab', 'tekton-github', 'tekton-cel']) key(place);
  // A real private key, which TLS takes; it is looked for by one of its lines.
  const pem = makeCertificates(Date.now());
  const values = {
    ...canaries,
    'tls-key': pem.key,
    'tls-cert': pem.certificate,
    'amqp-url': `amqp://u:${encodeURIComponent(canaries['amqp-url']!)}@127.0.0.1:${broken.port}`,
  };
  canaries['tls-key'] = pem.key.split('\n')[2]!;
  delete canaries['tls-cert'];
  const secret = { apiVersion: 'v1', kind: 'Secret', metadata: { name: 'all' }, stringData: values };
  writeFileSync(join(folder, 'rules.yaml'), `${JSON.stringify(secret)}\n---\n${text}`);

  const at = (path: string) => `http://127.0.0.1:${port}/${path}`;
  await using program = startSensorium(
    [
      'run',
      'rules.yaml',
      '--api-port',
      '0',
      '--port',
      `${health}`,
      '--host',
      '127.0.0.1',
      '--listen',
      `listener=${listening}`,
      '--grace',
      '3s',
      '--log',
      'json',
      '--log-level',
      'debug',
    ],
    { cwd: folder },
  );
  await eventually(async () => (await fetch(at('hook'), { method: 'POST' })).status === 401, 30_000).catch((thrown) => {
    throw new Error(`${thrown}: ${program.output()}`);
  });

  const post = async (url: string, headers: Record<string, string>, body = '{"a":"1"}') =>
    (await fetch(url, { method: 'POST', headers, body })).status;
  const now = `${Math.floor(Date.now() / 1000)}`;
  const calls: [string, Record<string, string>, string?][] = [
    [at('hook'), { authorization: `Bearer ${canaries['webhook']}` }],
    [at('hook'), { authorization: `Bearer x${canaries['webhook']}` }],
    [at('github'), { 'x-hub-signature-256': `sha256=${hmac('sha256', canaries['github']!, '{"a":"1"}')}`, 'x-github-event': 'push' }],
    [at('github'), { 'x-hub-signature-256': 'sha256=00' }],
    [at('gitlab'), { 'x-gitlab-token': canaries['gitlab']! }],
    [at('gitlab'), { 'x-gitlab-token': 'x' }],
    [at('stripe'), { 'stripe-signature': `t=${now},v1=${hmac('sha256', canaries['stripe']!, `${now}.{"a":"1"}`)}` }],
    [
      at('slack'),
      {
        'x-slack-request-timestamp': now,
        'x-slack-signature': `v0=${hmac('sha256', canaries['slack-signing']!, `v0:${now}:{"token":"no"}`)}`,
      },
      '{"token":"no"}',
    ],
    [`http://127.0.0.1:${listening}/`, { 'x-gitlab-token': canaries['tekton-gitlab']!, 'x-secret-token': canaries['tekton-cel']! }],
    [`http://127.0.0.1:${listening}/`, { 'x-hub-signature-256': `sha256=${hmac('sha256', canaries['tekton-github']!, '{"a":"1"}')}` }],
  ];
  const statuses: number[] = [];
  for (const [url, headers, body] of calls) statuses.push(await eventually(() => post(url, headers, body)));
  expect(statuses).toEqual([200, 401, 200, 400, 200, 400, 200, 401, 202, 202]);

  // Everything has succeeded or failed at least once.
  const metrics = async () => (await fetch(`http://127.0.0.1:${health}/metrics`)).text();
  const ask = async (...words: string[]) => {
    await using command = startSensorium(words, { cwd: folder });
    await command.ended;
    return command.output();
  };
  const triggers = [...text.matchAll(/template: \{name: ([\w-]+)/g)].map(([, name]) => name!);
  const told = () => program.output();
  await eventually(() => {
    const silent = triggers.filter((name) => !told().includes(`"trigger":"${name}"`));
    if (silent.length > 0) throw new Error(`nothing was said of ${silent}`);
    return true;
  }, 60_000);
  const events = [
    'hub',
    'lab',
    'cloud',
    'server',
    'review',
    'grid',
    'topic',
    'queue',
    'bucket',
    'basic',
    'token',
    'nkey',
    'log',
    'rabbit',
    'address',
    'house',
    'memory',
    'stream',
  ];
  await eventually(() => {
    const silent = events.filter((name) => !told().includes(`"event":"${name}"`));
    if (silent.length > 0) throw new Error(`nothing was said of ${silent}`);
    return true;
  }, 60_000);

  await using kube = openKube(await kubeConfigFrom({ kubeconfig: join(folder, '.sensorium', 'kubeconfig'), env: {} }), {
    tell: record().tell,
    clock: systemClock,
  });
  const raw = async (path: string) => JSON.stringify(await kube.raw('GET', path));
  const argo = '/apis/argoproj.io/v1alpha1/namespaces/default';
  const written: Record<string, string> = {
    events: await raw('/api/v1/events'),
    sensors: await raw(`${argo}/sensors`),
    sources: await raw(`${argo}/eventsources`),
    metrics: await metrics(),
    why: await ask('why', 'acts', '--output', 'json'),
    'why in words': await ask('why', 'acts'),
    'dead letters': await ask('dead-letters', 'list', '--output', 'json'),
    'first dead letter': await ask('dead-letters', 'show', '1'),
    tail: await ask('tail', '--last', '3', '--count', '3', '--output', 'json'),
    'what was found in the file': await ask('validate', 'rules.yaml'),
  };
  // A bus on a server that repeats what it hears, with its password in a URL and in a file.
  const password = 'c4nary-bus-password';
  canaries['bus'] = password;
  await using lonely = startSensorium(
    [
      'run',
      'rules.yaml',
      '--api-port',
      '0',
      '--bus',
      `nats://u:${password}@127.0.0.1:${broken.port}`,
      '--log',
      'json',
      '--log-level',
      'debug',
    ],
    {
      cwd: folder,
    },
  );
  await lonely.seen(/cannot be reached|refused/, 30_000);
  // Whatever its servers do, a process ends when it is told to.
  expect([await lonely.stop(), await program.stop()]).toEqual([0, 0]);
  written['log'] = told();
  written['log with a bus'] = lonely.output();

  for (const [what, output] of Object.entries(written)) expect(output.length, what).toBeGreaterThan(20);
  const leaks = Object.entries(written).flatMap(([what, output]) =>
    Object.entries(canaries).flatMap(([place, value]) =>
      formsOf(value).flatMap((form) => (output.includes(form) ? [`${place} in ${what}: ${around(output, form)}`] : [])),
    ),
  );
  expect(leaks).toEqual([]);
}, 180_000);

const around = (output: string, form: string): string => {
  const at = output.indexOf(form);
  return output.slice(Math.max(0, at - 120), at + 60);
};
