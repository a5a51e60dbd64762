import { isDeepStrictEqual } from 'node:util';
import type { CloudEvent } from '../../../src/core/cloudevents/cloud-event.ts';
import { writeBinary } from '../../../src/core/cloudevents/write.ts';
import type { KubeObject } from '../../../src/core/kube/kube.ts';
import { parsePingSchedule } from '../../../src/dialects/knative/pingsource/schedule.ts';
import { checkRule } from '../../../src/manifests/check.ts';
import { WatchedApi } from '../../dialects/knative/apiserversource/watched-api.ts';
import { type RunningListener, runListener } from '../../dialects/knative/run-listener.ts';
import { listenerOf } from '../../dialects/knative/source-of.ts';
import { TestClock } from '../../support/clock.ts';
import type { Adapter, Answer, Case } from '../adapter.ts';

const sink = { uri: 'http://receiver.example.com' };
const apiVersion = 'sources.knative.dev/v1';

/** An ApiServerSource that watches the kind of an object, in all namespaces. */
const sourceFor = ({ apiVersion: of, kind }: Case, spec: object) => ({
  apiVersion,
  kind: 'ApiServerSource',
  metadata: { name: 'source', namespace: 'src' },
  spec: { resources: [{ apiVersion: of, kind }], namespaceSelector: {}, sink, ...spec },
});

const before = '2026-07-01T00:00:00Z';
const asObject = (object: Case, more: object = {}): KubeObject =>
  ({ ...object, metadata: { uid: 'uid', creationTimestamp: before, ...object.metadata, ...more } }) as KubeObject;

/** Plays a change to a source that has just begun to watch. */
async function played({ type, object }: Case, spec: object): Promise<CloudEvent[]> {
  const api = new WatchedApi();
  if (type === 'MODIFIED' || type === 'DELETED') api.put(asObject(object, { labels: { before: 'yes' } }));
  await using running = runListener(listenerOf([sourceFor(object, spec) as never]), { kube: api.kube });
  await running.ready();
  if (type === 'DELETED') api.delete(asObject(object));
  else if (type !== 'BOOKMARK') api.put(asObject(object));
  return await settled(running);
}

/** Nothing may come too: enough time passes for it. */
async function settled(running: RunningListener): Promise<CloudEvent[]> {
  let turns = 0;
  await running.until(async () => (await running.events()).length > 0 || ++turns > 3);
  return running.events();
}

export const apiServerSourceEvents: Adapter = {
  async run(one) {
    const { mode, watchEvent, initialList, thenRelist } = one;
    if (watchEvent) return shown(await played(watchEvent, { mode }), watchEvent.object);
    return { wantEvents: await relisted(mode, initialList ?? [], thenRelist) };
  },
};

/** A list, and one again after a time in which nobody watched. */
async function relisted(mode: string, first: Case[], then: Case[] | undefined): Promise<Answer[]> {
  const api = new WatchedApi();
  for (const object of first) api.put(asObject(object));
  const [sample = { apiVersion: 'v1', kind: 'Pod' }] = [...first, ...(then ?? [])];
  const clock = new TestClock();
  const listener = listenerOf([sourceFor(sample, { mode }) as never]);
  const { memoryBus } = await import('../../dialects/knative/run-listener.ts');
  const world = { kube: api.kube, clock, bus: memoryBus(clock) };
  {
    await using running = runListener(listener, world);
    await running.ready();
  }
  for (const object of then ?? []) api.put(asObject(object));
  await using running = runListener(listener, world);
  await running.ready();
  return (await settled(running)).map((event) => flat(event, then?.[0] ?? {}));
}

const shown = (events: readonly CloudEvent[], object: Case): Answer => ({
  wantEvent: events[0] && flat(events[0], object),
  wantEvents: events.map((event) => flat(event, object)),
});

/** As the cases have an event; what an API server adds to an object is left out of its data. */
function flat({ id: _, time: __, data, extensions, ...attributes }: CloudEvent, object: Case): Answer {
  const { synthetic: ___, ...own } = extensions;
  const json = data?.json as Case | undefined;
  return { ...attributes, ...own, data: json?.metadata ? { ...json, metadata: object.metadata } : json };
}

export const apiServerSourceOwnerAndFilters: Adapter = {
  async run({ owner, filters, mode, watchEvent }) {
    const spec = { ...(owner ? { owner } : {}), ...(filters ? { filters } : {}), ...(mode ? { mode } : {}) };
    return { wantSent: (await played(watchEvent, spec)).length > 0 };
  },
};

/** All namespaces, in the words of one case or another. */
const widely = ({ namespaces, ...want }: Case): Answer =>
  isDeepStrictEqual(namespaces, ['']) ? { clusterWide: true, ...want } : namespaces === undefined ? want : { namespaces, ...want };

export const apiServerSourceWatches: Adapter = {
  compare: { want: (expected, got) => isDeepStrictEqual(widely(expected as Case), widely(got as Case)) },
  async run({ namespaceSelector, namespaces, sourceNamespace, resource }) {
    const api = new WatchedApi();
    for (const text of namespaces as string[]) {
      const [name = '', label] = text.split(':');
      const labels = label === undefined ? {} : Object.fromEntries([label.split('=')]);
      api.put({ apiVersion: 'v1', kind: 'Namespace', metadata: { name, uid: name, labels } });
    }
    const source = sourceFor(resource, { resources: [resource], namespaceSelector: namespaceSelector ?? undefined });
    source.metadata.namespace = sourceNamespace;
    await using running = runListener(listenerOf([source as never]), { kube: api.kube });
    await running.ready();
    const watches = api.watches.filter(({ type }) => type.kind === resource.kind);
    const type = await api.kind(resource.apiVersion, resource.kind);
    const { group, version, resource: plural } = type;
    const [first] = watches;
    const names = watches.flatMap((one) => one.namespace ?? []).sort();
    return {
      want: {
        ...(first && first.namespace === undefined ? { clusterWide: true } : { namespaces: names }),
        resource: { group, version, resource: plural },
        ...(first?.labelSelector === undefined ? {} : { labelSelector: first.labelSelector }),
      },
    };
  },
};

export const pingSourceCases: Adapter = {
  compare: { wantError: 'failed' },
  async run({ spec, metadata, validateSpec, schedule, timezone, from }) {
    if (validateSpec) return { wantError: problemOf(ping(validateSpec, { name: 'ping', namespace: 'ns' })) ?? null };
    if (schedule !== undefined) return { wantNext: nextTicks(schedule, timezone, from) };
    const source = ping({ sink, ...spec }, metadata);
    const problem = problemOf(source);
    if (problem !== undefined) return { wantError: problem };
    await using running = runListener(listenerOf([source as never]), { kube: new WatchedApi().kube });
    await running.ready();
    const [event] = await running.seen(1);
    const { headers, body } = writeBinary(event!);
    const { 'Ce-Time': _, ...rest } = headers;
    return { wantHeaders: { ...rest, 'Ce-Id': 'id-1' }, wantBody: body === undefined ? '' : Buffer.from(body).toString() };
  },
};

const ping = (spec: object, metadata: object) => ({ apiVersion, kind: 'PingSource', metadata, spec });

const problemOf = (object: object): string | undefined =>
  checkRule(object as never)?.findings.find(({ severity }) => severity === 'error')?.message;

function nextTicks(schedule: string, timezone: string, from: string): string[] {
  const cron = parsePingSchedule({ schedule, timezone });
  const ticks: string[] = [];
  let at: number | undefined = Date.parse(from);
  while (ticks.length < 4 && at !== undefined) {
    at = cron.next(at);
    if (at !== undefined) ticks.push(new Date(at).toISOString().replace('.000Z', 'Z'));
  }
  return ticks;
}
