import { describe, expect, test } from 'vitest';
import type { JsonObject } from '../../../../src/core/json/json.ts';
import { checkRule } from '../../../../src/manifests/check.ts';

const metadata = { name: 'x', namespace: 'ns' };
const sink = { uri: 'http://receiver.example.com' };
const service = { apiVersion: 'serving.knative.dev/v1', kind: 'Service', name: 'show' };

const read = (apiVersion: string, kind: string, spec: object, more: object = {}) =>
  checkRule({ apiVersion, kind, metadata: { ...metadata, ...more }, spec } as JsonObject)!;

/** The spec as it is understood, or what is wrong with it. */
function understood(apiVersion: string, kind: string, spec: object): unknown {
  const { rule, findings } = read(apiVersion, kind, spec);
  return rule ? (rule.value as { spec: unknown }).spec : findings.map(({ message }) => message);
}

const problems = (apiVersion: string, kind: string, spec: object, more: object = {}): string[] =>
  read(apiVersion, kind, spec, more).findings.map(({ path, message, hint }) => `${path.join('.')}: ${message}${hint ? ` (${hint})` : ''}`);

describe('old spellings', () => {
  test('an ApiServerSource of the first group, with a bare sink and a mode of its time', () => {
    const bare = { apiVersion: 'eventing.knative.dev/v1alpha1', kind: 'Broker', name: 'default' };
    const old = { mode: 'Ref', resources: [{ apiVersion: 'v1', kind: 'Pod', labelSelector: { matchLabels: { app: 'x' } } }], sink: bare };

    expect(understood('sources.eventing.knative.dev/v1alpha1', 'ApiServerSource', old)).toEqual({
      mode: 'Reference',
      resources: [{ apiVersion: 'v1', kind: 'Pod', selector: { matchLabels: { app: 'x' } } }],
      sink: { ref: bare },
    });
  });

  test('a controller selector is the owner of today; events of the controller itself are no more', () => {
    const controllerSelector = { apiVersion: 'apps/v1', kind: 'ReplicaSet', name: '', uid: '' };
    const old = { resources: [{ apiVersion: 'v1', kind: 'Pod', controllerSelector, controller: true }], sink };
    const { rule, findings } = read('sources.knative.dev/v1alpha1', 'ApiServerSource', old);

    expect((rule!.value as { spec: object }).spec).toMatchObject({ owner: { apiVersion: 'apps/v1', kind: 'ReplicaSet' } });
    expect(findings.map(({ severity, path, message }) => [severity, path.join('.'), message])).toEqual([
      [
        'warning',
        'spec.resources.0.controller',
        'events of the controller in the place of the object are no longer sent: they are of the object',
      ],
    ]);
  });

  test.each([
    ['sources.knative.dev/v1alpha1', { data: 'hello' }, '{"body":"hello"}'],
    ['sources.knative.dev/v1alpha2', { jsonData: '{"a": 1}' }, '{"a": 1}'],
    ['sources.knative.dev/v1beta1', { jsonData: '[1]' }, '{"body":"[1]"}'],
  ])('the data of a PingSource of %s', (apiVersion, data, expected) => {
    expect(understood(apiVersion, 'PingSource', { ...data, sink })).toMatchObject({ contentType: 'application/json', data: expected });
  });

  test('a Trigger without a broker, with a filter for two attributes', () => {
    const old = {
      filter: { sourceAndType: { type: 'a', source: '' } },
      subscriber: { ref: { ...service, apiVersion: 'serving.knative.dev/v1alpha1' } },
    };

    expect(understood('eventing.knative.dev/v1alpha1', 'Trigger', old)).toMatchObject({
      broker: 'default',
      filter: { attributes: { type: 'a' } },
    });
    expect(problems('eventing.knative.dev/v1', 'Trigger', { subscriber: { ref: service } })).toEqual([
      'spec.broker: a Trigger names the Broker whose events it gets (broker: default)',
    ]);
  });

  test('a Trigger that names its subscriber by DNS', () => {
    expect(understood('eventing.knative.dev/v1alpha1', 'Trigger', { subscriber: { dnsName: 'show.ns.svc' } })).toMatchObject({
      subscriber: { uri: 'http://show.ns.svc' },
    });
  });

  test('Subscriptions and flows with bare destinations', () => {
    const channel = { apiVersion: 'messaging.knative.dev/v1', kind: 'Channel', name: 'c' };

    expect(
      understood('messaging.knative.dev/v1alpha1', 'Subscription', { channel, subscriber: service, reply: { channel } }),
    ).toMatchObject({
      subscriber: { ref: service },
      reply: { ref: channel },
    });
    expect(understood('messaging.knative.dev/v1alpha1', 'Sequence', { steps: [service], reply: channel })).toMatchObject({
      steps: [{ ref: service }],
      reply: { ref: channel },
    });
    expect(understood('flows.knative.dev/v1beta1', 'Parallel', { branches: [{ filter: service, subscriber: service }] })).toMatchObject({
      branches: [{ filter: { ref: service }, subscriber: { ref: service } }],
    });
  });

  test('a Broker or Channel may be without a spec', () => {
    for (const [apiVersion, kind] of [
      ['eventing.knative.dev/v1', 'Broker'],
      ['messaging.knative.dev/v1', 'InMemoryChannel'],
    ])
      expect(checkRule({ apiVersion, kind, metadata } as unknown as JsonObject)?.findings).toEqual([]);
  });
});

test.each([
  ['IntegrationSource', 'sources.knative.dev/v1alpha1', 'it runs a connector of Apache Camel, and we run none'],
  ['IntegrationSink', 'sinks.knative.dev/v1alpha1', 'it runs a connector of Apache Camel, and we run none'],
  [
    'RequestReply',
    'eventing.knative.dev/v1alpha1',
    'our Broker answers a sender when the event is stored, and never with an event that comes later',
  ],
  ['EventPolicy', 'eventing.knative.dev/v1alpha1', 'it judges senders by OIDC tokens of the cluster, which we do not read'],
])('%s is refused with a reason', (kind, apiVersion, because) => {
  expect(read(apiVersion, kind, { anything: true }).findings.map(({ message }) => message)).toEqual([
    `the kind ${kind} is not supported: ${because}`,
  ]);
});

describe('what is wrong is told with its place', () => {
  test('sources', () => {
    expect(problems('sources.knative.dev/v1', 'ApiServerSource', { resources: [{ apiVersion: 'a/b/c' }] })).toEqual([
      'spec.resources.0.apiVersion: "a/b/c" is no API version (v1, or GROUP/VERSION such as apps/v1)',
      'spec.resources.0.kind: there is no kind (kind: Pod)',
      'spec.sink: an ApiServerSource has no sink (sink: {ref: {…}}, or sink: {uri: http://…})',
    ]);
    const wrong = { schedule: '* * * *', timezone: 'Nowhere', ceOverrides: { extensions: { type: 'x' } }, sink: { uri: '/path' } };
    expect(problems('sources.knative.dev/v1', 'PingSource', wrong)).toEqual([
      'spec.timezone: there is no time zone "Nowhere" (a name such as Europe/Berlin)',
      'spec.schedule: cron line "* * * *": expected 5 to 6 fields, found 4: [* * * *] (they are minute, hour, day, month, weekday)',
      'spec.sink.uri: "/path" is no whole URL, and there is no ref whose address it could belong to (uri: http://HOST/PATH)',
      'spec.ceOverrides.extensions.type: "type" is an attribute of every CloudEvent, and no extension may replace it',
    ]);
  });

  test.each([
    ['wut', 'default', 'metadata.annotations.eventing.knative.dev/injection: "wut" is neither enabled nor disabled'],
    [
      'enabled',
      'orders',
      'metadata.annotations.eventing.knative.dev/injection: only the Broker default is made by it, and the Trigger is for orders (leave it out)',
    ],
    ['enabled', 'default', undefined],
    ['disabled', 'default', undefined],
  ])('the injection %s of the Broker %s', (injection, broker, expected) => {
    const metadata = { annotations: { 'eventing.knative.dev/injection': injection } };

    expect(problems('eventing.knative.dev/v1', 'Trigger', { broker, subscriber: sink }, metadata)).toEqual(
      expected === undefined ? [] : [expected],
    );
  });

  test('a Trigger of two Brokers', () => {
    expect(problems('eventing.knative.dev/v1', 'Trigger', { broker: 'a', brokerRef: { name: 'b' }, subscriber: sink })).toEqual([
      'spec.broker: the Trigger gets the events of the Broker b, which brokerRef names, and none of a (leave it out)',
    ]);
  });

  test('a schedule, at the word that is wrong', () => {
    const [finding] = read('sources.knative.dev/v1', 'PingSource', { schedule: '* * 32 * *', sink }).findings;

    expect(finding).toMatchObject({
      path: ['spec', 'schedule'],
      message: 'cron line "* * 32 * *": end of range (32) above maximum (31): 32',
      offset: 4,
    });
  });

  test('an EventTransform, at the place in its expression', () => {
    const [finding] = read('eventing.knative.dev/v1alpha1', 'EventTransform', { jsonata: { expression: '{"a": )}' } }).findings;

    expect(finding).toMatchObject({
      path: ['spec', 'jsonata', 'expression'],
      message: 'JSONata: The symbol ")" cannot be used as a unary operator',
      offset: 6,
    });
  });

  test('flows and Jobs', () => {
    expect(problems('flows.knative.dev/v1', 'Sequence', { steps: [{}] })).toEqual([
      'spec.steps.0: a Sequence has no step (ref: {…}, or uri: http://…)',
    ]);
    expect(problems('sinks.knative.dev/v1alpha1', 'JobSink', { job: { spec: {} } })).toEqual([
      'spec.job.spec.template.spec.containers: the Job has no container',
    ]);
  });
});
