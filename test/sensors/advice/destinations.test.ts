import { expect, test } from 'vitest';
import type { z } from 'zod';
import { decisive } from '../../../sensors/advice/decisive.ts';
import { triggers } from '../../../sensors/triggers/registry.ts';
import { unwrap } from '../../../src/core/schema/read.ts';
import { findingsIn } from '../../support/findings.ts';

const from = (dest: string, more = '', src = 'dataKey: body.x') => `{src: {dependencyName: call, ${src}}, dest: ${dest}${more}}`;

/** A Sensor with one trigger of this block. */
const sensor = (block: string, { own = '', filters = '' } = {}) => `apiVersion: argoproj.io/v1alpha1
kind: Sensor
metadata: {name: under-test}
spec:
  dependencies: [{name: call, eventSourceName: es, eventName: call${filters === '' ? '' : `, filters: {data: [${filters}]}`}}]
  triggers:
    - template: {name: act, ${block}}
      parameters: [${own}]
`;

/** What events choose in it, by the place that the warning points at. */
const chosen = (text: string): string[] =>
  findingsIn(text).flatMap((one) => {
    const [, place, what] = /^«(.*)» warning: event data chooses ([^:]+):/.exec(one) ?? [];
    return place === undefined ? [] : [`${place}: ${what}`];
  });

const payload = `payload: [${from('x')}]`;
const blocks = {
  http: (parameters: string, url = 'http://host') => `http: {url: "${url}", parameters: [${parameters}]}`,
  kafka: (parameters: string) => `kafka: {url: "k:9092", topic: orders, ${payload}, parameters: [${parameters}]}`,
  nats: (parameters: string) => `nats: {url: "nats://n:4222", subject: orders, ${payload}, parameters: [${parameters}]}`,
  slack: (parameters: string) => `slack: {slackToken: {name: s, key: t}, channel: ops, message: m, parameters: [${parameters}]}`,
  email: (parameters: string) => `email: {host: mail, from: a@b.c, to: [d@e.f], subject: s, body: b, parameters: [${parameters}]}`,
  custom: (parameters: string) => `custom: {serverURL: "c:1", spec: {a: b}, ${payload}, parameters: [${parameters}]}`,
  tekton: (parameters: string) => `tekton: {pipeline: build, parameters: [${parameters}]}`,
  workflow: (parameters: string, args = '') =>
    `argoWorkflow: {operation: submit, args: [${args}], source: {resource: {apiVersion: argoproj.io/v1alpha1, kind: Workflow, metadata: {name: w}}}, parameters: [${parameters}]}`,
  git: (url: string) => `k8s: {operation: create, source: {git: {url: "${url}", filePath: pod.yaml}}}`,
};

test.each([
  [
    'http',
    blocks.http(`${from('url')}, ${from('host')}`),
    ['url: the URL, and with it the host', 'host: the host that the server is asked for'],
  ],
  ['kafka', blocks.kafka(`${from('url')}, ${from('topic')}`), ['url: the brokers', 'topic: the topic']],
  ['nats', blocks.nats(`${from('url')}, ${from('subject')}`), ['url: the servers', 'subject: the subject']],
  ['slack', blocks.slack(`${from('baseURL')}, ${from('channel')}`), ['baseURL: the URL, and with it the host', 'channel: the channel']],
  [
    'email',
    blocks.email(`${from('host')}, ${from('port', ', operation: overwrite', 'dataKey: p, useRawData: true')}, ${from('to.0')}`),
    ['host: the server', 'port: the port of the server', 'to.0: whom the mail goes to'],
  ],
  ['email, all addresses at once', blocks.email(from('to', '', 'dataKey: list, useRawData: true')), ['to: whom the mail goes to']],
  ['tekton', blocks.tekton(from('metadata.namespace')), ['metadata.namespace: the namespace of the object']],
  ['argoWorkflow', blocks.workflow(from('metadata.namespace')), ['metadata.namespace: the namespace of the object']],
])('an event that chooses where %s acts is warned of', (_name, block, expected) => {
  expect(chosen(sensor(block))).toEqual(expected);
});

test.each([
  ['custom', blocks.custom(''), 'custom.serverURL', 'the server'],
  ['tekton', blocks.tekton(''), 'tekton.namespace', 'the namespace of the run'],
  ['argoWorkflow', blocks.workflow(''), 'argoWorkflow.operation', 'what is done with the object'],
  ['argoWorkflow', blocks.workflow('', '-n, team'), 'argoWorkflow.args.1', 'a flag of argo, which may be the namespace'],
  ['argoWorkflow', blocks.workflow('', '-p, a=b, -p, c=d'), 'argoWorkflow.args.0', 'a flag of argo, which may be the namespace'],
  ['a git URL', blocks.git('https://host'), 'k8s.source.git.url', 'the URL that the object comes from, and with it the host'],
  [
    'another git URL',
    blocks.git('https://host'),
    'k8s.source.git.remote.urls.0',
    'the URL that the object comes from, and with it the host',
  ],
  ['a page', blocks.git('https://host'), 'k8s.source.url.path', 'the URL that the object comes from, and with it the host'],
  ['a file', blocks.git('https://host'), 'k8s.source.file.path', 'the file that the object is read from'],
  ['a bucket', blocks.git('https://host'), 'k8s.source.s3.endpoint', 'the host that the object comes from'],
])('also by a parameter of the trigger: %s', (_name, block, dest, what) => {
  expect(chosen(sensor(block, { own: from(dest) }))).toEqual([`${dest}: ${what}`]);
});

const behind = ', operation: append';

test.each([
  ['a path behind the host', sensor(blocks.http(from('url', behind), 'http://host/'))],
  ['a repository behind the host', sensor(blocks.git('https://host/team/'), { own: from('k8s.source.git.url', behind) })],
  ['a part of a subject', sensor(blocks.nats(from('subject', behind)))],
  ['a part of a topic', sensor(blocks.kafka(from('topic', behind)))],
  ['the value of a flag', sensor(blocks.workflow('', '-p, a=b'), { own: from('argoWorkflow.args.1', behind) })],
  ['a field of what a server of `custom` gave', sensor(blocks.custom(from('serverURL')))],
  [
    'one of the values that a filter lets through',
    sensor(blocks.kafka(from('topic')), { filters: '{path: body.x, type: string, value: ["^(a|b)$"]}' }),
  ],
  ['what the author wrote', sensor(blocks.email(from('host', '', 'value: mail')))],
])('nothing is said of %s', (_name, text) => {
  expect(chosen(text)).toEqual([]);
});

test.each([
  ['a host that goes on', sensor(blocks.http(from('url', behind), 'http://host')), 'url: the URL, and with it the host'],
  ['one more server', sensor(blocks.nats(from('url', behind))), 'url: the servers'],
  ['one more broker', sensor(blocks.kafka(from('url', behind))), 'url: the brokers'],
])('what is appended may lead elsewhere: %s', (_name, text, expected) => {
  expect(chosen(text)).toEqual([expected]);
});

/** Fields that sound like a destination, and why an event may choose them. */
const harmless: Readonly<Record<string, string>> = {
  'custom.serverNameOverride': 'the name in a certificate: the server is the author\u2019s',
  'email.from': 'whom the mail is from',
  'email.subject': 'words of the mail',
};

/** The fields of a schema that hold texts, below the block; blocks of secrets, parameters and free objects are left out. */
function texts(schema: z.ZodType, at: string): string[] {
  const def = unwrap(schema)?.def;
  if (def?.type === 'object')
    return Object.entries(def.shape ?? {}).flatMap(([key, field]) =>
      /^(?:parameters|payload|dynamicHeaders|secureHeaders|params)$/.test(key) ? [] : texts(field as z.ZodType, `${at}.${key}`),
    );
  if (def?.type === 'array') return texts(def.element as z.ZodType, `${at}.*`);
  return def?.type === 'string' ? [at] : [];
}

test('every field of every trigger that names a destination is known as one', () => {
  const all = triggers.flatMap(({ type, spec }) => texts(spec, type));
  const named = all.filter((path) =>
    /(?:url|urls\.\*|host|server\w*|endpoint|brokers?|address|namespace|topic|subject|channel|to\.\*|from)$/i.test(path),
  );
  const known = new Set([...decisive.map(({ path }) => path), ...Object.keys(harmless)]);

  expect(all.length).toBeGreaterThan(60);
  expect(named.filter((path) => !known.has(path))).toEqual([]);
});

test('every place that decides is one that a trigger has', () => {
  const all = new Set(triggers.flatMap(({ type, spec }) => texts(spec, type)));
  const others = decisive.map(({ path }) => path).filter((path) => !all.has(path) && !path.includes('.source.resource.'));

  // No texts: words to choose from, and a number.
  expect(others).toEqual(['k8s.operation', 'argoWorkflow.operation', 'email.port']);
});
