import { expect, test } from 'vitest';
import type { JsonObject } from '../../../src/core/json/json.ts';
import type { KubeObject } from '../../../src/core/kube/kube.ts';
import { eventually } from '../../support/eventually.ts';
import { startReceiver } from '../../support/receiver.ts';
import { eventOf, runRules } from './running-rules.ts';

const object = (apiVersion: string, kind: string, name: string, spec: object = {}): JsonObject =>
  ({ apiVersion, kind, metadata: { name, namespace: 'shop' }, spec }) as unknown as JsonObject;

const eventing = 'eventing.knative.dev/v1';
const service = (name: string) => ({ ref: { apiVersion: 'serving.knative.dev/v1', kind: 'Service', name } });
const channelRef = { apiVersion: 'messaging.knative.dev/v1', kind: 'Channel', name: 'orders' };
const transformRef = (name: string) => ({ ref: { apiVersion: 'eventing.knative.dev/v1alpha1', kind: 'EventTransform', name } });
const transform = (name: string, expression: string, more: object = {}) =>
  object('eventing.knative.dev/v1alpha1', 'EventTransform', name, { jsonata: { expression }, ...more });
const trigger = (name: string, spec: object) => object(eventing, 'Trigger', name, { broker: 'default', ...spec });

const broker = object(eventing, 'Broker', 'default');
const intoBroker = { source: 'Broker:default', subject: 'event' };
const doubled = '$merge([$, {"type": "doubled", "data": {"n": data.n * 2}}])';

test('a Trigger whose subscriber is an EventTransform puts what it makes back into the Broker', async () => {
  await using running = await runRules([
    broker,
    transform('double', doubled),
    trigger('double', { filter: { attributes: { type: 'order' } }, subscriber: transformRef('double') }),
    trigger('show', { filter: { attributes: { type: 'doubled' } }, subscriber: service('display') }),
  ]);

  await running.publish(intoBroker, eventOf({ n: 21 }));

  const [{ service: where, event } = {}] = await running.seen(1);
  expect(where).toBe('display');
  expect(event).toMatchObject({ id: 'one', source: '/shop', type: 'doubled' });
  expect(event!.data!.json).toEqual({ n: 42 });
});

test('with a sink it stands before it, and changes the answer too', async () => {
  await using receiver = await startReceiver((_, response) => {
    const headers = {
      'Ce-Specversion': '1.0',
      'Ce-Id': 'answer',
      'Ce-Source': '/receiver',
      'Ce-Type': 'answered',
      'Content-Type': 'application/json',
    };
    response.writeHead(200, headers).end('{"n": 1}');
  });
  await using running = await runRules([
    broker,
    transform('double', doubled, { sink: { uri: receiver.url }, reply: { jsonata: { expression: doubled } } }),
    trigger('double', { filter: { attributes: { type: 'order' } }, subscriber: transformRef('double') }),
    trigger('show', { filter: { attributes: { type: 'doubled' } }, subscriber: service('display') }),
  ]);

  await running.publish(intoBroker, eventOf({ n: 21 }));

  const [{ event } = {}] = await running.seen(1);
  expect(event).toMatchObject({ id: 'answer', source: '/receiver', type: 'doubled' });
  expect(event!.data!.json).toEqual({ n: 2 });
  expect(receiver.received[0]).toMatchObject({ body: '{"n":42}', headers: expect.objectContaining({ 'Ce-Type': 'doubled' }) });
});

test('between a source and a Broker it changes each event', async () => {
  const sink = { ref: { apiVersion: eventing, kind: 'Broker', name: 'default' } };
  const ping = { schedule: '* * * * * *', contentType: 'application/json', data: '{"n": 4}', sink: transformRef('double') };
  await using running = await runRules([
    broker,
    transform('double', doubled, { sink }),
    object('sources.knative.dev/v1', 'PingSource', 'tick', ping),
    trigger('show', { subscriber: service('display') }),
  ]);

  const [{ event } = {}] = await running.seen(1);

  expect(event).toMatchObject({ source: '/apis/v1/namespaces/shop/pingsources/tick', type: 'doubled' });
  expect(event!.data!.json).toEqual({ n: 8 });
});

test('an event that its EventTransform cannot change goes to the dead letter sink, with the reason', async () => {
  await using running = await runRules([
    broker,
    transform('broken', '$number(type)'),
    trigger('change', { subscriber: transformRef('broken'), delivery: { retry: 1, deadLetterSink: service('graveyard') } }),
  ]);

  await running.publish(intoBroker, eventOf({}));

  const [{ service: where, event } = {}] = await running.seen(1);
  expect(where).toBe('graveyard');
  expect(Buffer.from(String(event!.extensions['knativeerrordata']), 'base64').toString()).toBe(
    'JSONata: Unable to cast value to a number: "order" (D3030)',
  );
});

test('EventTransforms that answer each other for ever come to an end, and that is told', async () => {
  await using running = await runRules([broker, transform('same', '$'), trigger('again', { subscriber: transformRef('same') })]);

  await running.publish(intoBroker, eventOf({}, { extensions: { knativebrokerttl: 3 } }));

  const { summary } = await running.heard.seen('triggerFired', ({ summary: said }) => String(said).includes('circle'));
  expect(summary).toBe('answer with order one, dropped: replies go in a circle through Broker default');
});

test('Brokers that hand an event to each other for ever come to an end, also through a Channel, and that is told', async () => {
  const brokerRef = (name: string) => ({ ref: { apiVersion: eventing, kind: 'Broker', name } });
  await using running = await runRules([
    broker,
    object(eventing, 'Broker', 'other'),
    object('messaging.knative.dev/v1', 'Channel', 'orders'),
    trigger('there', { subscriber: brokerRef('other') }),
    object(eventing, 'Trigger', 'on', { broker: 'other', subscriber: { ref: channelRef } }),
    object('messaging.knative.dev/v1', 'Subscription', 'back', { channel: channelRef, subscriber: brokerRef('default') }),
  ]);

  await running.publish(intoBroker, eventOf({}, { extensions: { knativebrokerttl: 3 } }));

  const { summary } = await running.heard.seen('triggerFired', ({ summary: said }) => String(said).includes('circle'));
  expect(summary).toBe('deliver to Broker other: dropped, as events go in a circle through Broker other');
});

test('a Sequence hands on from step to step, into a Channel whose Subscriptions each get it', async () => {
  await using running = await runRules([
    transform('double', doubled),
    object('flows.knative.dev/v1', 'Sequence', 'line', {
      steps: [transformRef('double'), transformRef('double')],
      reply: { ref: channelRef },
    }),
    object('messaging.knative.dev/v1', 'Channel', 'orders'),
    ...['a', 'b'].map((name) =>
      object('messaging.knative.dev/v1', 'Subscription', name, { channel: channelRef, subscriber: service(name) }),
    ),
  ]);

  await running.publish({ source: 'Sequence:line', subject: 'event' }, eventOf({ n: 1 }));

  const shown = await running.seen(2);
  expect(shown.map(({ service: where, event }) => `${where} ${event.data!.text}`).sort()).toEqual(['a {"n":4}', 'b {"n":4}']);
  expect(shown[0]!.event.extensions).toEqual({});
});

test('a branch of a Parallel whose filter does not answer gets nothing', async () => {
  await using receiver = await startReceiver((_, response) => void response.writeHead(204).end());
  const branches = [
    { filter: { uri: receiver.url }, subscriber: service('refused') },
    { filter: transformRef('double'), subscriber: service('passed') },
    { subscriber: service('plain') },
  ];
  await using running = await runRules([transform('double', doubled), object('flows.knative.dev/v1', 'Parallel', 'fork', { branches })]);

  await running.publish({ source: 'Parallel:fork', subject: 'event' }, eventOf({ n: 1 }));
  await eventually(() => receiver.received.length === 1);

  const shown = await running.seen(2);
  expect(shown.map(({ service: where, event }) => `${where} ${event.data!.text}`).sort()).toEqual(['passed {"n":2}', 'plain {"n":1}']);
});

test('a JobSink makes one Job for an event that comes twice, with the event in a Secret', async () => {
  const job = { metadata: { labels: { app: 'x' } }, spec: { template: { spec: { containers: [{ name: 'main', image: 'busybox' }] } } } };
  const sink = { ref: { apiVersion: 'sinks.knative.dev/v1alpha1', kind: 'JobSink', name: 'work' } };
  await using running = await runRules([
    broker,
    object('sinks.knative.dev/v1alpha1', 'JobSink', 'work', { job }),
    trigger('a', { subscriber: sink }),
    trigger('b', { subscriber: sink }),
  ]);

  await running.publish(intoBroker, eventOf({ n: 1 }));
  await eventually(() => running.heard.of('triggerFired').length === 2);

  const made = [...running.kube.objects.values()] as (KubeObject & { data: { event: string } })[];
  const [name] = made.map(({ metadata }) => metadata.name);
  expect(made.map(({ kind, metadata }) => `${kind} ${metadata.name}`)).toEqual([`Job ${name}`, `Secret ${name}`]);
  expect(made[0]).toMatchObject({
    metadata: { namespace: 'shop', labels: { app: 'x', 'sinks.knative.dev/job-sink': 'work' } },
    spec: {
      template: {
        spec: {
          restartPolicy: 'Never',
          containers: [
            {
              name: 'main',
              env: [{ name: 'K_EVENT_PATH', value: '/etc/jobsink-event/event' }],
              volumeMounts: [{ name: 'jobsink-event', mountPath: '/etc/jobsink-event', readOnly: true }],
            },
          ],
          volumes: [{ name: 'jobsink-event', secret: { secretName: name } }],
        },
      },
    },
  });
  expect(JSON.parse(Buffer.from(made[1]!.data.event, 'base64').toString())).toMatchObject({ id: 'one', source: '/shop', data: { n: 1 } });
});

test('a Service that is called elsewhere gets the event there; a core Service and a plain URL too', async () => {
  await using receiver = await startReceiver((_, response) => void response.writeHead(202).end());
  const core = { ref: { apiVersion: 'v1', kind: 'Service', name: 'core' }, uri: '/in' };
  await using running = await runRules(
    [
      broker,
      trigger('mapped', { subscriber: service('mapped') }),
      trigger('core', { subscriber: core }),
      trigger('url', { subscriber: { uri: `${receiver.url}/url` } }),
    ],
    { sinks: { mapped: `${receiver.url}/mapped`, core: receiver.url } },
  );

  await running.publish(intoBroker, eventOf({ n: 1 }));
  await eventually(() => receiver.received.length === 3);

  expect(receiver.received.map(({ path }) => path).sort()).toEqual(['/in', '/mapped', '/url']);
  expect(receiver.received[0]!.headers).toMatchObject({ 'Ce-Id': 'one', 'Ce-Type': 'order', 'Kn-Namespace': 'shop' });
  expect(running.shown).toEqual([]);
});

test('a receiver of another kind is found by its status, as soon as it has one', async () => {
  await using receiver = await startReceiver((_, response) => void response.writeHead(202).end());
  const kafka: KubeObject = {
    apiVersion: 'eventing.knative.dev/v1alpha1',
    kind: 'KafkaSink',
    metadata: { name: 'topic', namespace: 'shop' },
  };
  const { apiVersion, kind } = kafka;
  await using running = await runRules([
    broker,
    trigger('kafka', {
      subscriber: { ref: { apiVersion, kind, name: 'topic' } },
      delivery: { retry: 50, backoffPolicy: 'linear', backoffDelay: 'PT0.1S' },
    }),
  ]);
  running.kube.put(kafka);

  await running.publish(intoBroker, eventOf({ n: 1 }));
  await running.heard.seen(
    'attemptFailed',
    ({ error }) => (error as Error).message === 'KafkaSink shop/topic cannot be reached: it has no address yet',
  );
  running.kube.put({ ...kafka, status: { address: { url: receiver.url } } });
  await eventually(() => receiver.received.length === 1);

  expect(receiver.received[0]!.body).toBe('{"n":1}');
});
