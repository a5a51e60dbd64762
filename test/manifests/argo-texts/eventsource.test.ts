import { expect, test } from 'vitest';
import type { JsonObject } from '../../../src/core/json/json.ts';
import { errorsOf, secret } from './errors-of.ts';

/** What Argo’s validation says is said in its words, beside whatever else we find. */
const at = { endpoint: '/e', port: '12000', method: 'POST' };
const tlsHalf = 'invalid tls config, both clientCertSecret and clientKeySecret need to be configured';
const tlsNone = 'invalid tls config, please configure either caCertSecret, or clientCertSecret and clientKeySecret, or both';
const needs = (type: string, whole: JsonObject, texts: Readonly<Record<string, string>>): [string, string, JsonObject][] =>
  Object.entries(texts).map(([field, text]) => {
    const { [field]: _, ...rest } = whole;
    return [type, text, rest];
  });

test.each<[string, string, JsonObject]>([
  ...needs(
    'resource',
    { version: 'v1', resource: 'pods', eventTypes: ['ADD'] },
    {
      version: 'version must be specified',
      resource: 'resource must be specified',
      eventTypes: 'event types must be specified',
    },
  ),
  [
    'resource',
    "key can't be empty for selector",
    { version: 'v1', resource: 'pods', eventTypes: ['ADD'], filter: { labels: [{ value: 'x' }] } },
  ],
  [
    'resource',
    "key can't be empty for selector",
    { version: 'v1', resource: 'pods', eventTypes: ['ADD'], filter: { fields: [{ key: '', value: 'x' }] } },
  ],
  ...needs('webhook', at, { endpoint: "endpoint can't be empty", port: "port can't be empty" }),
  ['webhook', 'failed to parse server port x. err: strconv.Atoi: parsing "x": invalid syntax', { ...at, port: 'x' }],
  ['calendar', 'must have either schedule or interval', {}],
  ...needs('file', { eventType: 'CREATE', watchPathConfig: { directory: '/a', path: 'b' } }, { eventType: 'type must be specified' }),
  ['file', 'directory is required', { eventType: 'CREATE', watchPathConfig: { path: 'b' } }],
  ['file', 'directory must be an absolute file path', { eventType: 'CREATE', watchPathConfig: { directory: 'a', path: 'b' } }],
  ['file', 'either path or pathRegexp must be specified', { eventType: 'CREATE', watchPathConfig: { directory: '/a' } }],
  [
    'file',
    'path and pathRegexp cannot be specified together',
    { eventType: 'CREATE', watchPathConfig: { directory: '/a', path: 'b', pathRegexp: 'c' } },
  ],
  ['file', 'path must be a relative file path', { eventType: 'CREATE', watchPathConfig: { directory: '/a', path: '/b' } }],
  ...needs(
    'kafka',
    { url: 'x:1', topic: 't', partition: '0' },
    { url: 'url must be specified', topic: 'topic must be specified', partition: 'consumerGroup or partition must be specified' },
  ),
  ['kafka', tlsHalf, { url: 'x:1', topic: 't', partition: '0', tls: { clientCertSecret: secret } }],
  ['kafka', tlsNone, { url: 'x:1', topic: 't', partition: '0', tls: {} }],
  [
    'kafka',
    'invalid sasl config, both userSecret and passwordSecret must be defined',
    { url: 'x:1', topic: 't', partition: '0', sasl: { mechanism: 'PLAIN', userSecret: secret } },
  ],
  ['kafka', 'awsMskIamAuth.region must be specified', { url: 'x:1', topic: 't', partition: '0', awsMskIamAuth: {} }],
  ...needs(
    'amqp',
    { url: 'amqp://x', exchangeType: 'topic', routingKey: 'r' },
    {
      url: 'either url or urlSecret must be specified',
      exchangeType: 'exchange type must be specified',
      routingKey: 'routing key must be specified',
    },
  ),
  ['amqp', 'only one of url or urlSecret can be specified', { url: 'amqp://x', urlSecret: secret, exchangeType: 'topic', routingKey: 'r' }],
  ['amqp', 'username missing', { url: 'amqp://x', exchangeType: 'topic', routingKey: 'r', auth: { password: secret } }],
  ['amqp', 'password missing', { url: 'amqp://x', exchangeType: 'topic', routingKey: 'r', auth: { username: secret } }],
  ...needs('nats', { url: 'nats://x', subject: 's' }, { url: 'url must be specified', subject: 'subject must be specified' }),
  ['nats', 'queue group cannot be empty if specified', { url: 'nats://x', subject: 's', queue: '' }],
  ...needs(
    'mqtt',
    { url: 'tcp://x', topic: 't', clientId: 'c' },
    { url: 'url must be specified', topic: 'topic must be specified', clientId: 'client id must be specified' },
  ),
  ['mqtt', tlsHalf, { url: 'tcp://x', topic: 't', clientId: 'c', tls: { clientKeySecret: secret } }],
  ...needs(
    'redis',
    { hostAddress: 'x:1', channels: ['c'] },
    { hostAddress: 'host address must be specified', channels: 'channel/s must be specified' },
  ),
  [
    'redis',
    'namespace must be defined in order to retrieve the password from the secret',
    { hostAddress: 'x:1', channels: ['c'], password: secret },
  ],
  ...needs(
    'redisStream',
    { hostAddress: 'x:1', streams: ['c'] },
    { hostAddress: 'host address must be specified', streams: 'stream/streams must be specified' },
  ),
  ...needs(
    'nsq',
    { hostAddress: 'x:1', topic: 't', channel: 'c' },
    { hostAddress: 'host address must be specified', topic: 'topic must be specified', channel: 'channel must be specified' },
  ),
  ...needs(
    'emitter',
    { broker: 'tcp://x', channelName: 'n', channelKey: 'k' },
    {
      broker: 'broker url must be specified',
      channelName: 'channel name must be specified',
      channelKey: 'channel key secret selector must be specified',
    },
  ),
  ...needs(
    'sqs',
    { region: 'r', queue: 'q', accessKey: secret, secretKey: secret },
    { region: 'must specify region', queue: 'must specify queue name' },
  ),
  ...needs(
    'sns',
    { topicArn: 'arn:aws:sns:a:1:b', region: 'r', webhook: at },
    { topicArn: 'must specify topic arn', region: 'must specify region' },
  ),
  ['sns', "endpoint can't be empty", { topicArn: 'arn:aws:sns:a:1:b', region: 'r', webhook: { port: '1' } }],
  ['github', 'either repositories or organizations is required', { events: ['*'], webhook: at }],
  [
    'github',
    'only one of repositories and organizations is allowed',
    { events: ['*'], webhook: at, organizations: ['o'], repositories: [{ owner: 'o', names: ['n'] }] },
  ],
  ['github', 'events must be defined to create a github webhook', { webhook: at, organizations: ['o'] }],
  ['github', 'content type must be "json" or "form"', { events: ['*'], webhook: at, organizations: ['o'], contentType: 'xml' }],
  [
    'github',
    'githubBaseURL is required when githubUploadURL is set',
    { events: ['*'], webhook: at, organizations: ['o'], githubUploadURL: 'https://x' },
  ],
  [
    'github',
    'githubUploadURL is required when githubBaseURL is set',
    { events: ['*'], webhook: at, organizations: ['o'], githubBaseURL: 'https://x' },
  ],
  ...needs(
    'gitlab',
    { events: ['PushEvents'], gitlabBaseURL: 'https://x', accessToken: secret, projects: ['1'], webhook: at },
    {
      events: "events can't be empty",
      gitlabBaseURL: "gitlab base url can't be empty",
      accessToken: "access token can't be nil",
    },
  ),
  ...needs(
    'bitbucket',
    { events: ['repo:push'], repositories: [{ owner: 'o', repositorySlug: 's' }], webhook: at },
    {
      repositories: 'at least one repository is required',
      events: 'events must be defined to create a bitbucket webhooks',
    },
  ),
  ...needs(
    'bitbucketserver',
    {
      events: ['repo:refs_changed'],
      bitbucketserverBaseURL: 'https://x',
      repositories: [{ projectKey: 'P', repositorySlug: 's' }],
      webhook: at,
    },
    {
      events: 'events must be defined to create a bitbucket server webhook',
      bitbucketserverBaseURL: "bitbucket server base url can't be empty",
    },
  ),
  [
    'bitbucketserver',
    'failed to parse webhook check interval duration: time: invalid duration "x"',
    { events: ['repo:refs_changed'], bitbucketserverBaseURL: 'https://x', projects: ['P'], webhook: at, checkInterval: 'x' },
  ],
  ...needs(
    'gerrit',
    { projects: ['p'], events: ['ref-updated'], gerritBaseURL: 'https://x', webhook: at },
    {
      projects: 'projects cannot be empty',
      events: "events can't be empty",
      gerritBaseURL: "gerrit base url can't be empty",
    },
  ),
  [
    'gerrit',
    "username and password can't be empty",
    { projects: ['p'], events: ['ref-updated'], gerritBaseURL: 'https://x', webhook: at, auth: { username: secret } },
  ],
  ...needs(
    'slack',
    { token: secret, signingSecret: secret, webhook: at },
    { token: 'token not provided', signingSecret: 'signingSecret not provided' },
  ),
  ['stripe', 'api key K8s secret selector not provided', { createWebhook: true, webhook: at }],
  ...needs(
    'storageGrid',
    { topicArn: 'urn:a', apiURL: 'https://x', authToken: secret, bucket: 'b', events: ['ObjectCreated:*'], webhook: at },
    {
      topicArn: 'topic arn must be provided',
      apiURL: 'api url must be provided',
      authToken: 'api auth token must be provided',
      bucket: 'bucket name must be provided',
      events: 'event types must be provided',
    },
  ),
  ...needs(
    'minio',
    { accessKey: secret, secretKey: secret, endpoint: 'x:1', bucket: { name: 'b' }, events: ['s3:ObjectCreated:*'] },
    {
      accessKey: "access key can't be empty",
      secretKey: "secret key can't be empty",
      endpoint: "endpoint url can't be empty",
    },
  ),
  ['minio', "bucket name can't be empty", { accessKey: secret, secretKey: secret, endpoint: 'x:1', bucket: { name: '' } }],
  ...needs('generic', { url: 'x:1', config: 'c' }, { url: "server url can't be empty", config: "config can't be empty" }),
])('EventSource %s: %s', (type, text, entry) => {
  expect(errorsOf('EventSource', { [type]: { e: entry } })).toContain(text);
});

test('EventSource: a name stands for one event, and types of every kind may stand together', () => {
  expect(errorsOf('EventSource', { webhook: { e: at }, calendar: { e: { interval: '1s' } } })).toEqual([
    'more than one "e" found in the spec',
  ]);
  expect(errorsOf('EventSource', { webhook: { e: at }, calendar: { f: { interval: '1s' } } })).toEqual([]);
});
