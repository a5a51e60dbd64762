import { describe, expect, test } from 'vitest';
import type { JsonObject } from '../../../../src/core/json/json.ts';
import type { Translation } from '../../../../src/dialects/dialect.ts';
import { translated } from '../source-of.ts';

const object = (apiVersion: string, kind: string, name: string, spec?: object, more: object = {}): JsonObject =>
  ({ apiVersion, kind, metadata: { name, namespace: 'shop', ...more }, ...(spec ? { spec } : {}) }) as JsonObject;

const brokerRef = { ref: { apiVersion: 'eventing.knative.dev/v1', kind: 'Broker', name: 'default' } };
const show = { ref: { apiVersion: 'serving.knative.dev/v1', kind: 'Service', name: 'show' } };
const broker = (more: object = {}) => object('eventing.knative.dev/v1', 'Broker', 'default', {}, more);
const trigger = (name: string, spec: object = {}, more: object = {}) =>
  object('eventing.knative.dev/v1', 'Trigger', name, { broker: 'default', subscriber: show, ...spec }, more);
const source = (sink: object, name = 'pods') =>
  object('sources.knative.dev/v1', 'ApiServerSource', name, { resources: [{ apiVersion: 'v1', kind: 'Pod' }], sink });
const namespace = (labels: object): JsonObject => ({
  apiVersion: 'v1',
  kind: 'Namespace',
  metadata: { name: 'shop', labels } as JsonObject,
});

const ids = ({ parts }: Translation): string[] => parts.map(({ id }) => id);
const fingerprints = ({ parts }: Translation): Record<string, string> =>
  Object.fromEntries(parts.map(({ id, fingerprint }) => [id, fingerprint]));
const sensorOf = ({ parts }: Translation, id: string) => {
  const runs = parts.find((part) => part.id === id)?.runs;
  return runs && 'sensor' in runs ? runs.sensor : undefined;
};
/** "Trigger show: BrokerDoesNotExist: …", of those that are not ready. */
const problems = ({ standings }: Translation): string[] =>
  standings.flatMap(({ rule, problem }) => (problem ? [`${rule.kind} ${rule.name}: ${problem.reason}: ${problem.message}`] : []));
const statusOf = ({ standings }: Translation, kind: string) => standings.find(({ rule }) => rule.kind === kind)?.status;

describe('a Broker', () => {
  test('is one sensor for all its Triggers, and a path on the port of all Brokers', () => {
    const made = translated([broker(), trigger('a'), trigger('b')]);

    expect(ids(made)).toEqual(['Broker shop/default', 'Broker shop/default (HTTP)', 'Brokers (HTTP)']);
    expect(sensorOf(made, 'Broker shop/default')?.triggers.map(({ name }) => name)).toEqual(['a', 'b']);
    expect(made.parts[0]!.rules.map(({ kind, name }) => `${kind} ${name}`)).toEqual(['Broker default', 'Trigger a', 'Trigger b']);
    expect(problems(made)).toEqual([]);
    expect(statusOf(made, 'Broker')).toEqual({ address: { url: 'http://127.0.0.1:8090/shop/default' } });
    expect(statusOf(made, 'Trigger')).toEqual({ broker: 'default', subscriberUri: 'http://show.shop.svc.cluster.local' });
  });

  test('is stopped and started anew only when something about it changes', () => {
    const before = fingerprints(translated([broker(), trigger('a')]));

    expect(fingerprints(translated([broker(), trigger('a'), source({ uri: 'http://x.example.com' })]))).toMatchObject(before);
    expect(fingerprints(translated([broker(), trigger('a', { filter: { attributes: { type: 'x' } } })]))['Broker shop/default']).not.toBe(
      before['Broker shop/default'],
    );
    expect(fingerprints(translated([broker(), trigger('a')], { sinkOf: () => 'http://127.0.0.1:9' }))['Broker shop/default']).not.toBe(
      before['Broker shop/default'],
    );
  });

  test('without Triggers takes events, so that a later Trigger gets none from before its time', () => {
    const sensor = sensorOf(translated([broker()]), 'Broker shop/default')!;

    expect(sensor.dependencies.map(({ source, subject }) => `${source} ${subject}`)).toEqual(['Broker:default event']);
    expect(sensor.dependencies[0]!.admit({} as never)).toMatchObject({ admitted: false, because: 'the Broker has no Trigger' });
  });

  test('of another class is left to its controller', () => {
    const made = translated([broker({ annotations: { 'eventing.knative.dev/broker.class': 'Kafka' } }), trigger('a')]);

    expect(ids(made)).toEqual([]);
    const because =
      'OtherClass: the class Kafka belongs to another controller; without the annotation eventing.knative.dev/broker.class it runs here';
    expect(problems(made)).toEqual([`Broker default: ${because}`, `Trigger a: ${because}`]);
  });

  test.each([
    ['a label of the Namespace', namespace({ 'knative-eventing-injection': 'enabled' }), trigger('a')],
    ['the same label of today', namespace({ 'eventing.knative.dev/injection': 'enabled' }), trigger('a')],
    ['an annotation of a Trigger', namespace({}), trigger('a', {}, { annotations: { 'eventing.knative.dev/injection': 'enabled' } })],
  ])('is made by %s', (_, ...rules) => {
    const made = translated([...rules, source(brokerRef)]);

    expect(ids(made)).toContain('Broker shop/default');
    expect(problems(made)).toEqual([]);
    expect(statusOf(made, 'ApiServerSource')).toEqual({ sinkUri: 'http://127.0.0.1:8090/shop/default' });
  });

  test('that is not there is missed by all who name it', () => {
    const made = translated([trigger('a'), trigger('b', { broker: 'other' }), source(brokerRef)]);

    expect(ids(made)).toEqual([]);
    expect(problems(made)).toEqual([
      'Trigger a: BrokerDoesNotExist: there is no Broker default in the namespace shop; kubectl label namespace shop knative-eventing-injection=enabled makes it',
      'Trigger b: BrokerDoesNotExist: there is no Broker other in the namespace shop',
      'ApiServerSource pods: SinkNotFound: there is no Broker shop/default among the rules; it is waited for',
    ]);
  });

  test('of another namespace has Triggers by reference', () => {
    const far = trigger('a', { broker: '', brokerRef: { name: 'default', namespace: 'shop' } }, { namespace: 'office' });
    const made = translated([broker(), trigger('a'), far]);

    expect(sensorOf(made, 'Broker shop/default')?.triggers.map(({ name }) => name)).toEqual(['a', 'office/a']);
  });
});

describe('a source', () => {
  test('publishes straight to what runs here, and elsewhere by a sensor of its own', () => {
    expect(ids(translated([source(brokerRef), broker()]))).toContain('ApiServerSource shop/pods');
    expect(ids(translated([source(brokerRef), broker()]))).not.toContain('ApiServerSource shop/pods (sink)');
    expect(ids(translated([source({ uri: 'http://el-images:8080' })]))).toEqual([
      'ApiServerSource shop/pods',
      'ApiServerSource shop/pods (sink)',
    ]);
  });

  test('finds a Broker by the URL of its ingress too', () => {
    const uri = 'http://broker-ingress.knative-eventing.svc.cluster.local/shop/default';
    const [part] = translated([source({ uri }), broker()]).parts.filter(({ id }) => id === 'ApiServerSource shop/pods');

    expect(part!.runs).toMatchObject({ listener: { address: { source: 'Broker:default', subject: 'event' }, busNamespace: 'shop' } });
  });

  test('with a path beside the ref of a Broker sends to the Broker at that path', () => {
    const other = object('eventing.knative.dev/v1', 'Broker', 'other', {});
    const [part] = translated([source({ ...brokerRef, uri: 'other' }), broker(), other]).parts.filter(
      ({ id }) => id === 'ApiServerSource shop/pods',
    );

    expect(part!.runs).toMatchObject({ listener: { address: { source: 'Broker:other', subject: 'event' } } });
  });
});

test('a Trigger waits for the object of its annotation', () => {
  const dependency = { apiVersion: 'sources.knative.dev/v1', kind: 'PingSource', name: 'tick' };
  const waiting = trigger('a', {}, { annotations: { 'knative.dev/dependency': JSON.stringify(dependency) } });
  const ping = object('sources.knative.dev/v1', 'PingSource', 'tick', { sink: brokerRef });

  expect(problems(translated([broker(), waiting]))).toEqual([
    'Trigger a: DependencyDoesNotExist: there is no PingSource shop/tick, which the annotation knative.dev/dependency waits for',
  ]);
  expect(problems(translated([broker(), waiting, ping]))).toEqual([]);
});

test('dead letters are not changed on their way', () => {
  const transform = object('eventing.knative.dev/v1alpha1', 'EventTransform', 'change', { jsonata: { expression: '$' } });
  const deadLetterSink = { ref: { apiVersion: 'eventing.knative.dev/v1alpha1', kind: 'EventTransform', name: 'change' } };

  expect(problems(translated([broker(), transform, trigger('a', { delivery: { deadLetterSink } })]))).toEqual([
    'Trigger a: DeadLetterSinkResolveFailed: an EventTransform cannot be a dead letter sink: name the one behind it',
  ]);
});

describe('flows', () => {
  const sequence = (spec: object) => object('flows.knative.dev/v1', 'Sequence', 'line', spec);

  test('a Sequence hops from step to step, and out to its reply', () => {
    const sensor = sensorOf(
      translated([sequence({ steps: [show, show], reply: { uri: 'http://end.example.com' } })]),
      'Sequence shop/line',
    )!;

    expect(sensor.dependencies.map(({ name, subject }) => `${name} at ${subject}`)).toEqual([
      'step-0 at event',
      'step-1 at step-1',
      'reply at reply',
    ]);
  });

  test('answers that go to something of ours need no further hop', () => {
    const sensor = sensorOf(translated([broker(), sequence({ steps: [show], reply: brokerRef })]), 'Sequence shop/line')!;

    expect(sensor.dependencies.map(({ name }) => name)).toEqual(['step-0']);
  });

  test('a branch with a filter gets what the filter answers', () => {
    const branches = [{ subscriber: show }, { filter: show, subscriber: show, reply: show }];
    const parallel = object('flows.knative.dev/v1', 'Parallel', 'fork', { branches, reply: show });
    const sensor = sensorOf(translated([parallel]), 'Parallel shop/fork')!;

    expect(sensor.dependencies.map(({ name, subject }) => `${name} at ${subject}`)).toEqual([
      'branch-0 at event',
      'branch-1/filter at event',
      'branch-1 at branch-1',
      'branch-1/reply at reply-1',
      'reply at reply',
    ]);
  });

  test('a Subscription to a channel that is not there says so', () => {
    const channel = (kind: string) => ({ apiVersion: 'messaging.knative.dev/v1', kind, name: 'c' });
    const subscription = (kind: string) =>
      object('messaging.knative.dev/v1', 'Subscription', kind.toLowerCase(), { channel: channel(kind), subscriber: show });

    expect(problems(translated([subscription('Channel'), subscription('KafkaChannel')]))).toEqual([
      'Subscription channel: ChannelReferenceFailed: there is no Channel c in the namespace shop',
      'Subscription kafkachannel: ChannelReferenceFailed: channels of the kind KafkaChannel are worked by others; Channel and InMemoryChannel run here',
    ]);
  });
});

describe('advice', () => {
  test('a SinkBinding says what to write into the workload', () => {
    const subject = { apiVersion: 'apps/v1', kind: 'Deployment', name: 'web' };
    const binding = object('sources.knative.dev/v1', 'SinkBinding', 'bind', {
      subject,
      sink: brokerRef,
      ceOverrides: { extensions: { team: 'web' } },
    });

    expect(statusOf(translated([broker(), binding]), 'SinkBinding')).toEqual({
      sinkUri: 'http://127.0.0.1:8090/shop/default',
      advice: `Nothing is changed in the cluster. Write this into the containers of Deployment web:
env:
  - name: K_SINK
    value: http://127.0.0.1:8090/shop/default
  - name: K_CE_OVERRIDES
    value: '{"extensions":{"team":"web"}}'`,
    });
  });

  test('a ContainerSource says which Deployment to apply', () => {
    const template = { spec: { containers: [{ name: 'beat', image: 'beat:1' }] } };
    const { advice } = statusOf(
      translated([broker(), object('sources.knative.dev/v1', 'ContainerSource', 'beat', { template, sink: brokerRef })]),
      'ContainerSource',
    ) as {
      advice: string;
    };

    expect(advice).toContain(
      'Nothing is made in the cluster. Apply this, and the program sends its events:\napiVersion: apps/v1\nkind: Deployment\n',
    );
    expect(advice).toContain(
      'image: beat:1\n          env:\n            - name: K_SINK\n              value: http://127.0.0.1:8090/shop/default\n',
    );
  });
});
