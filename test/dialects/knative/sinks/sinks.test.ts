import { describe, expect, test } from 'vitest';
import type { CloudEvent } from '../../../../src/core/cloudevents/cloud-event.ts';
import type { Address } from '../../../../src/core/event/event.ts';
import type { DialectWorld } from '../../../../src/dialects/dialect.ts';
import type { Around, Target } from '../../../../src/dialects/knative/delivery/index.ts';
import type { Destination } from '../../../../src/dialects/knative/kinds/fields.ts';
import { Rules } from '../../../../src/dialects/knative/rules.ts';
import { placeOf } from '../../../../src/dialects/knative/sinks/place.ts';
import { type Reachable, resolverOf } from '../../../../src/dialects/knative/sinks/resolve.ts';
import { memoryKube } from '../../../support/memory-kube.ts';
import { eventOf } from '../running-rules.ts';
import { emptyWorld } from '../source-of.ts';

const kube = memoryKube();
const around = { kube, signal: new AbortController().signal, clock: { now: () => 0 } } as unknown as Around;

async function targetOf(destination: Destination, world: Partial<DialectWorld> = {}): Promise<Target> {
  return resolverOf(placeOf(destination, 'shop', new Rules([])) as Reachable, emptyWorld(world))(around);
}

const refused = (destination: Destination, world: Partial<DialectWorld> = {}) =>
  targetOf(destination, world).then(
    () => 'found',
    ({ message, retry }: Error & { retry: string }) => `${message} (${retry})`,
  );

describe('an EventListener', () => {
  const stored: { namespace: string; address: Address; event: CloudEvent }[] = [];
  const world: Partial<DialectWorld> = {
    isHeard: (namespace, { source }) => namespace === 'shop' && source === 'EventListener:images',
    publish: async (namespace, address, event) => void stored.push({ namespace, address, event }),
  };

  test.each<[string, Destination]>([
    ['by its ref', { ref: { apiVersion: 'triggers.tekton.dev/v1beta1', kind: 'EventListener', name: 'images' } }],
    ['by the name of its Service', { uri: 'http://el-images:8080' }],
    ['with its namespace', { uri: 'http://el-images.shop:8080/path?a=1' }],
    ['as a Service', { uri: 'http://el-images.shop.svc:8080' }],
    ['by its whole name', { uri: 'http://el-images.shop.svc.cluster.local:8080' }],
  ])('that listens here gets its events in this process, %s', async (_, destination) => {
    expect(await targetOf(destination, world)).toMatchObject({ kind: 'here', name: 'EventListener images' });
  });

  test.each<[string, Destination]>([
    ['another name', { uri: 'http://el-other:8080' }],
    ['another namespace', { uri: 'http://el-images.office:8080' }],
    ['a host that only looks like one', { uri: 'http://el-images.example.com:8080' }],
  ])('that does not is called: %s', async (_, destination) => {
    expect(await targetOf(destination, world)).toMatchObject({ kind: 'http' });
  });

  test('sees the event as the call that would have brought it', async () => {
    const target = await targetOf({ uri: 'http://el-images.shop:8080/path?a=1' }, world);
    const event = eventOf({ a: 'ü' }, { subject: 'x', extensions: { kind: 'Image', namespace: '' } });
    if (target.kind === 'here') await target.take(event, around, event);

    const [{ namespace, address, event: call } = {}] = stored;
    expect([namespace, address, call!.id, call!.type]).toEqual([
      'shop',
      { source: 'EventListener:images', subject: 'request' },
      'one',
      'order',
    ]);
    expect(call!.data!.json).toEqual({
      url: '/path?a=1',
      header: {
        'Ce-Specversion': ['1.0'],
        'Ce-Id': ['one'],
        'Ce-Source': ['/shop'],
        'Ce-Type': ['order'],
        'Ce-Subject': ['x'],
        'Ce-Kind': ['Image'],
        'Ce-Namespace': [''],
        'Content-Type': ['application/json'],
      },
      body: '{"a":"ü"}',
    });
  });
});

describe('a Service', () => {
  const knative: Destination = { ref: { apiVersion: 'serving.knative.dev/v1', kind: 'Service', name: 'show' } };
  const core: Destination = { ref: { apiVersion: 'v1', kind: 'Service', name: 'core' }, uri: '/in' };
  const display: NonNullable<DialectWorld['display']> = () => {};

  test('is called where whoever started the process says', async () => {
    const target = await targetOf(core, { sinkOf: (namespace, name) => `http://${name}.${namespace}.example.com`, display });

    expect(target).toEqual({ kind: 'http', url: new URL('http://core.shop.example.com/in') });
  });

  test('is played where there is no cluster', async () => {
    expect(await targetOf(knative, { display })).toMatchObject({ kind: 'here', name: 'show, played on the screen' });
    expect(await targetOf(core, { display })).toMatchObject({ kind: 'here', name: 'core, played on the screen' });
  });

  test('is looked up in a cluster, again until it is there', async () => {
    expect(await refused(core)).toBe('get Service shop/core: not found (backoff)');
    kube.put({ apiVersion: 'v1', kind: 'Service', metadata: { name: 'core', namespace: 'shop' } });
    expect(await targetOf(core)).toEqual({ kind: 'http', url: new URL('http://core.shop.svc.cluster.local/in'), caCerts: undefined });

    kube.put({ apiVersion: 'serving.knative.dev/v1', kind: 'Service', metadata: { name: 'show', namespace: 'shop' } });
    expect(await refused(knative)).toBe('Service shop/show cannot be reached: it has no address yet (backoff)');
  });
});

test('a destination that leads nowhere says why', async () => {
  expect(await refused({})).toBe('the receiver cannot be reached: there is neither a ref nor a uri (backoff)');
  expect(await refused({ ref: { kind: 'Service' }, uri: '/p' })).toBe(
    'the receiver cannot be reached: its ref has no apiVersion (backoff)',
  );
  expect(await refused({ uri: 'http:///path' })).toBe('the receiver cannot be reached: "http:///path" is no whole URL (backoff)');
  expect(await refused({ uri: 'urn:receiver' })).toBe('the receiver cannot be reached: "urn:receiver" is no whole URL (backoff)');
  expect(await refused({ ref: { apiVersion: 'v1', kind: 'Service', name: 'core' }, uri: 'http://elsewhere/in' })).toBe(
    'the receiver cannot be reached: beside its ref, "http://elsewhere/in" is no path but a whole URL (backoff)',
  );
});
