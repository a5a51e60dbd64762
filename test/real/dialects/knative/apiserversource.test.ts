import { expect, test } from 'vitest';
import { systemClock } from '../../../../src/core/time/clock.ts';
import { WatchedApi } from '../../../dialects/knative/apiserversource/watched-api.ts';
import { runListener } from '../../../dialects/knative/run-listener.ts';
import { listenerOf } from '../../../dialects/knative/source-of.ts';
import { startNats } from '../../../support/nats.ts';
import { openJetStream } from '../../../support/open-bus.ts';

const source = {
  apiVersion: 'sources.knative.dev/v1',
  kind: 'ApiServerSource',
  metadata: { name: 'watcher', namespace: 'shop' },
  spec: {
    resources: [
      { apiVersion: 'v1', kind: 'Pod' },
      { apiVersion: 'apps/v1', kind: 'Deployment' },
    ],
    sink: { uri: 'http://receiver.example.com' },
  },
};

const object = (apiVersion: string, kind: string, name: string, labels: { [key: string]: string } = {}) => ({
  apiVersion,
  kind,
  metadata: { name, namespace: 'shop', uid: `${kind}-${name}`, labels },
});

test('on a real server the memory of several collections is one bucket, and each finds its own', async () => {
  await using nats = await startNats();
  await using bus = await openJetStream(nats);
  const api = new WatchedApi(() => systemClock.now());
  const world = { kube: api.kube, bus, clock: systemClock };
  const listener = listenerOf([source]);
  {
    await using running = runListener(listener, world);
    await running.ready();
    api.put(object('v1', 'Pod', 'a'));
    api.put(object('apps/v1', 'Deployment', 'a'));
    await running.seen(2);
  }

  api.delete(object('v1', 'Pod', 'a'));
  api.put(object('apps/v1', 'Deployment', 'a', { touched: 'yes' }));
  await using running = runListener(listener, world);
  const events = await running.seen(4);

  expect(
    events
      .slice(2)
      .map(({ type, extensions }) => `${type} ${extensions['kind']}`)
      .sort(),
  ).toEqual(['dev.knative.apiserver.ref.delete Pod', 'dev.knative.apiserver.ref.update Deployment']);
});
