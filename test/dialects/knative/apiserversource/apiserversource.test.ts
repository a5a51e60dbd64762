import { expect, test } from 'vitest';
import type { CloudEvent } from '../../../../src/core/cloudevents/cloud-event.ts';
import { EngineError } from '../../../../src/core/errors/engine-error.ts';
import type { KubeObject } from '../../../../src/core/kube/kube.ts';
import { TestClock } from '../../../support/clock.ts';
import { memoryBus, runListener } from '../run-listener.ts';
import { listenerOf } from '../source-of.ts';
import { WatchedApi } from './watched-api.ts';

const source = (spec: object = {}) => ({
  apiVersion: 'sources.knative.dev/v1',
  kind: 'ApiServerSource',
  metadata: { name: 'watcher', namespace: 'shop' },
  spec: {
    mode: 'Resource',
    resources: [{ apiVersion: 'v1', kind: 'Pod' }],
    sink: { uri: 'http://receiver.example.com' },
    ...spec,
  },
});

const pod = (
  name: string,
  { namespace = 'shop', labels = {}, ...more }: { namespace?: string; labels?: object; spec?: object } = {},
): KubeObject => ({ apiVersion: 'v1', kind: 'Pod', metadata: { name, namespace, uid: `uid-${name}`, labels }, ...more }) as KubeObject;

const namespace = (name: string, labels: { [key: string]: string } = {}): KubeObject => ({
  apiVersion: 'v1',
  kind: 'Namespace',
  metadata: { name, uid: `uid-${name}`, labels },
});

/** "add a", in the order in which they were sent. */
const inShort = (events: readonly CloudEvent[]): string[] =>
  events.map(({ type, extensions }) => `${type.split('.').at(-1)} ${extensions['name']}`);

function world() {
  const clock = new TestClock();
  const api = new WatchedApi(() => clock.now());
  return { clock, api, kube: api.kube, bus: memoryBus(clock) };
}

test('what is there at the first start is not sent; what changes is, with the whole object', async () => {
  const { api, ...rest } = world();
  api.put(pod('old'));
  await rest.clock.turn(1_000);

  await using running = runListener(listenerOf([source()]), rest);
  await running.ready();
  api.put(pod('new', { spec: { nodeName: 'one' } }));
  api.put(pod('old', { labels: { touched: 'yes' } }));
  api.delete(pod('old'));

  const events = await running.seen(3);
  expect(inShort(events)).toEqual(['add new', 'update old', 'delete old']);
  expect({ ...events[0], id: '', data: events[0]!.data!.json }).toEqual({
    specversion: '1.0',
    id: '',
    source: 'https://10.96.0.1:443',
    type: 'dev.knative.apiserver.resource.add',
    subject: '/apis/v1/namespaces/shop/pods/new',
    time: expect.stringMatching(/^2026-07-18T12:00:0.*Z$/),
    datacontenttype: 'application/json',
    extensions: { apiversion: 'v1', kind: 'Pod', name: 'new', namespace: 'shop' },
    data: expect.objectContaining({ kind: 'Pod', spec: { nodeName: 'one' } }),
  });
});

test.each(['Resource', 'Reference'])('after a stop exactly what changed meanwhile is sent (%s)', async (mode) => {
  const { api, ...rest } = world();
  for (const name of ['same', 'changed', 'gone']) api.put(pod(name));
  await rest.clock.turn(1_000);
  const listener = listenerOf([source({ mode })]);
  {
    await using running = runListener(listener, rest);
    await running.ready();
  }

  api.put(pod('changed', { labels: { touched: 'yes' } }));
  api.delete(pod('gone'));
  api.put(pod('new'));
  await using running = runListener(listener, rest);
  const events = await running.seen(3);

  expect(inShort(events).sort()).toEqual(['add new', 'delete gone', 'update changed']);
  expect(new Set(events.map(({ extensions }) => extensions['synthetic']))).toEqual(new Set(['true']));
});

test.each(['Resource', 'Reference'])(
  'what was sent, but not yet remembered when the process died, is not sent again (%s)',
  async (mode) => {
    const { api, bus, ...rest } = world();
    let isDying = false;
    const dying: typeof bus = {
      ...bus,
      async state(name) {
        const store = await bus.state(name);
        const set: typeof store.set = async (...write) => {
          if (isDying) throw new EngineError('UNREACHABLE_BUS', { server: 'nats://test', reason: 'it is away on purpose' });
          return store.set(...write);
        };
        return { ...store, set };
      },
    };
    const listener = listenerOf([source({ mode })]);
    {
      await using first = runListener(listener, { ...rest, bus: dying });
      await first.ready();
      isDying = true;
      api.put(pod('a'));
      await first.seen(1);
    }

    api.put(pod('a', { labels: { touched: 'yes' } }));
    await using running = runListener(listener, { ...rest, bus });
    await running.ready();
    api.delete(pod('a'));

    expect(inShort(await running.seen(3))).toEqual(['add a', 'update a', 'delete a']);
  },
);

test('a kind that is not there yet is waited for, and that is told', async () => {
  const { api, ...rest } = world();
  api.hasKind('Widget', false);

  await using running = runListener(listenerOf([source({ resources: [{ apiVersion: 'example.com/v1', kind: 'Widget' }] })]), rest);
  await running.heard.seen(
    'watchRefused',
    ({ error }) => (error as Error).message === 'the API server does not know kind "Widget" in example.com/v1',
  );
  api.hasKind('Widget', true);
  await running.ready();
  api.put({ apiVersion: 'example.com/v1', kind: 'Widget', metadata: { name: 'w', namespace: 'shop', uid: 'w' } });

  expect(inShort(await running.seen(1))).toEqual(['add w']);
  expect(running.heard.of('watchAccepted')).toHaveLength(1);
});

test('namespaces that are chosen by labels come and go', async () => {
  const { api, ...rest } = world();
  api.put(namespace('a', { env: 'test' }));
  api.put(namespace('b'));
  await using running = runListener(listenerOf([source({ namespaceSelector: { matchLabels: { env: 'test' } } })]), rest);
  await running.ready();

  api.put(pod('in-a', { namespace: 'a' }));
  api.put(pod('in-b', { namespace: 'b' }));
  await running.seen(1);
  await rest.clock.turn(1_000);
  api.put(namespace('b', { env: 'test' }));
  await running.until(() => running.heard.of('caughtUp').length === 2);
  api.put(pod('later-in-b', { namespace: 'b' }));
  await running.seen(2);
  api.put(namespace('a'));
  await rest.clock.turn(1_000);
  api.put(pod('later-in-a', { namespace: 'a' }));
  api.put(pod('last-in-b', { namespace: 'b' }));

  expect(inShort(await running.seen(3))).toEqual(['add in-a', 'add later-in-b', 'add last-in-b']);
});

test('an object that stops to have the labels is told of as deleted', async () => {
  const { api, ...rest } = world();
  const selector = { matchLabels: { app: 'web' } };
  await using running = runListener(listenerOf([source({ resources: [{ apiVersion: 'v1', kind: 'Pod', selector }] })]), rest);
  await running.ready();

  api.put(pod('a', { labels: { app: 'web' } }));
  api.put(pod('a', { labels: { app: 'other' } }));

  expect(inShort(await running.seen(2))).toEqual(['add a', 'delete a']);
});

test('filters look at the finished event, and what they refuse is told', async () => {
  const { api, ...rest } = world();
  await using running = runListener(listenerOf([source({ filters: [{ exact: { name: 'wanted' } }] })]), rest);
  await running.ready();

  api.put(pod('other'));
  api.put(pod('wanted'));

  expect(inShort(await running.seen(1))).toEqual(['add wanted']);
  const { because } = await running.heard.seen('eventFilteredAtSource');
  expect(because).toBe('filters[0].exact.name: name is "other", not "wanted"');
});

test('one that sends into a Broker publishes to it straight', async () => {
  const { api, ...rest } = world();
  const broker = { apiVersion: 'eventing.knative.dev/v1', kind: 'Broker', metadata: { name: 'default', namespace: 'shop' } };
  const sink = { ref: { apiVersion: 'eventing.knative.dev/v1', kind: 'Broker', name: 'default' } };
  const listener = listenerOf([source({ sink, ceOverrides: { extensions: { Team: 'web' } } }), broker]);
  await using running = runListener(listener, rest);
  await running.ready();

  api.put(pod('a'));

  const [event] = await running.seen(1);
  expect(listener.address).toEqual({ source: 'Broker:default', subject: 'event' });
  expect(event!.extensions).toEqual({
    apiversion: 'v1',
    kind: 'Pod',
    name: 'a',
    namespace: 'shop',
    team: 'web',
    knativearrivaltime: event!.time,
    knativebrokerttl: 255,
  });
});
