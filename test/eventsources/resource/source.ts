import type { EventBus } from '../../../eventbus/bus.ts';
import { openMemoryBus } from '../../../eventbus/memory/index.ts';
import { createEmit } from '../../../eventsources/emit.ts';
import type { EventSourceContext } from '../../../eventsources/event-source.ts';
import { compileSourceFilter, expressionIn } from '../../../eventsources/filter.ts';
import { createPatience } from '../../../eventsources/patience.ts';
import { listen } from '../../../eventsources/resource/listen.ts';
import { planOf } from '../../../eventsources/resource/plan.ts';
import { type ResourceSpec, resourceSpec } from '../../../eventsources/resource/spec.ts';
import { secretsOf } from '../../../src/core/access/secrets.ts';
import type { Event } from '../../../src/core/event/event.ts';
import { createRoutes } from '../../../src/core/http/routes.ts';
import type { Json } from '../../../src/core/json/json.ts';
import type { Kube, KubeObject, Unfolding } from '../../../src/core/kube/kube.ts';
import { type Clock, systemClock } from '../../../src/core/time/clock.ts';
import { Turns } from '../../../src/core/time/turns.ts';
import { type Record, record } from '../../support/record.ts';

/** A collection of objects as an API server would show it: a list first, then changes, one version counter for all. */
export class Collection {
  readonly objects = new Map<string, KubeObject>();
  /** Every change, oldest first. */
  readonly history: { readonly version: number; readonly gone: boolean; readonly object: KubeObject }[] = [];
  version = 100;
  #uid = 0;
  #watchers = new Set<(unfolding: Unfolding) => void>();
  seconds = 0;
  /** How many objects a part of a list has; a list comes in one piece when it is not set. */
  partSize: number | undefined;

  add(
    name: string,
    more: { labels?: { [key: string]: string }; annotations?: { [key: string]: string } } = {},
    spec: Json = {},
  ): KubeObject {
    const time = new Date(Date.parse('2026-07-18T10:00:00Z') + this.seconds * 1000).toISOString().replace('.000Z', 'Z');
    const uid = `uid-${++this.#uid}`;
    const metadata = { name, namespace: 'playground', uid, creationTimestamp: time, resourceVersion: `${++this.version}`, ...more };
    return this.#show({ apiVersion: 'v1', kind: 'Service', metadata, spec });
  }

  change(name: string, patch: { annotations?: { [key: string]: string }; spec?: Json }): KubeObject {
    const object = structuredClone(this.objects.get(name)!);
    if (patch.annotations) object.metadata.annotations = patch.annotations;
    if (patch.spec) object['spec'] = patch.spec;
    object.metadata.resourceVersion = `${++this.version}`;
    return this.#show(object);
  }

  delete(name: string): void {
    const object = structuredClone(this.objects.get(name)!);
    object.metadata.resourceVersion = `${++this.version}`;
    this.objects.delete(name);
    this.#tell({ kind: 'changes', changes: [{ gone: true, object }] });
  }

  /** The watch has lost its history: everybody gets a whole list. */
  lose(): void {
    this.#tell(this.#snapshot());
  }

  async *unfold(signal: AbortSignal): AsyncGenerator<Unfolding> {
    const queue: Unfolding[] = [this.#snapshot()];
    let wake = () => {};
    const watcher = (unfolding: Unfolding): void => {
      queue.push(unfolding);
      wake();
    };
    this.#watchers.add(watcher);
    signal.addEventListener('abort', () => wake());
    while (!signal.aborted) {
      const next = queue.shift();
      if (next) yield* this.#inParts(next, queue);
      else await new Promise<void>((resolve) => (wake = resolve));
    }
    this.#watchers.delete(watcher);
  }

  /** A list in its parts; it comes to no end when the next one waits already. */
  *#inParts(unfolding: Unfolding, queue: Unfolding[]): Generator<Unfolding> {
    const size = this.partSize;
    if (unfolding.kind !== 'snapshot' || size === undefined) return yield unfolding;
    const { items } = unfolding;
    for (let from = 0; from === 0 || from < items.length; from += size) {
      yield { ...unfolding, items: items.slice(from, from + size), part: { isFirst: from === 0, isLast: from + size >= items.length } };
      const anew = queue.findIndex(({ kind }) => kind === 'snapshot');
      if (anew >= 0 && from + size < items.length) return void queue.splice(0, anew);
    }
  }

  #snapshot(): Unfolding {
    return { kind: 'snapshot', items: [...this.objects.values()], resourceVersion: `${this.version}` };
  }

  #show(object: KubeObject): KubeObject {
    this.objects.set(object.metadata.name, object);
    this.#tell({ kind: 'changes', changes: [{ gone: false, object }] });
    return object;
  }

  /** Resolves at the next change. */
  changed(signal?: AbortSignal): Promise<void> {
    return new Promise((resolve) => {
      const wake = (): void => {
        this.#watchers.delete(wake);
        signal?.removeEventListener('abort', wake);
        resolve();
      };
      this.#watchers.add(wake);
      signal?.addEventListener('abort', wake);
    });
  }

  #tell(unfolding: Unfolding): void {
    if (unfolding.kind === 'changes') this.history.push({ version: this.version, ...unfolding.changes[0]! });
    for (const watcher of [...this.#watchers]) watcher(unfolding);
  }
}

/** What is said once, to the end. */
export const script = (...unfoldings: Unfolding[]): Unfolds => ({
  async *unfold() {
    yield* unfoldings;
  },
});
export const listed = (...items: KubeObject[]): Unfolding => ({ kind: 'snapshot', items, resourceVersion: '1' });
export const seen = (object: KubeObject): Unfolding => ({ kind: 'changes', changes: [{ gone: false, object }] });
export const gone = (object: KubeObject): Unfolding => ({ kind: 'changes', changes: [{ gone: true, object }] });

export const services = (more: object = {}): ResourceSpec =>
  resourceSpec.parse({ version: 'v1', resource: 'services', namespace: 'playground', eventTypes: ['ADD', 'UPDATE', 'DELETE'], ...more });

export interface Running {
  readonly heard: Record;
  readonly ended: Promise<void>;
  /** Stops it and waits until it has. */
  stop(): Promise<void>;
}

export const memoryBus = (clock: Clock = systemClock): EventBus => openMemoryBus({ kind: 'memory' }, { clock, tell: record().tell });

/** Anything that can be listened to. */
export interface Unfolds {
  unfold(signal: AbortSignal): AsyncIterable<Unfolding>;
}

/** A resource source that listens to a collection and publishes to a bus, until it is stopped or there is nothing more to hear. */
export function start(
  collection: Unfolds,
  bus: EventBus,
  { spec = services(), relist = false, clock = systemClock as Clock, eventName = 'service' } = {},
): Running {
  const stop = new AbortController();
  const heard = record();
  const { tell } = heard;
  const signal = stop.signal;
  const names = { namespace: 'playground', eventSourceName: 'ingress-es', eventName };
  const patiently = createPatience({ signal, clock, waiting: (error) => tell.publishWaiting({ error }) });
  const origin = { source: names.eventSourceName, subject: names.eventName, type: 'resource' };
  const expression = expressionIn(spec);
  const filter = expression === undefined ? undefined : compileSourceFilter(expression, clock);
  const emit = createEmit({ origin, bus, clock, tell, signal, patiently, filter, party: new Turns(clock).party() });
  const kube = undefined as unknown as Kube;
  const ready = (isReady: boolean): void => void (isReady && tell.ready());
  const context: EventSourceContext = {
    ...names,
    emit,
    patiently,
    ready,
    signal,
    clock,
    kube,
    secrets: secretsOf(kube, 'playground'),
    bus,
    routes: createRoutes({ host: '127.0.0.1', clock }),
    tell,
    relist,
  };
  const ended = listen(planOf(spec, context), context, (inner) => collection.unfold(inner));
  ended.catch(() => {});
  return {
    heard,
    ended,
    async stop() {
      stop.abort();
      await ended.catch(() => {});
    },
  };
}

export interface Sent {
  readonly type: string;
  readonly name: string;
  readonly body: KubeObject;
  readonly oldBody: KubeObject | null;
  readonly synthetic: boolean;
  readonly left: boolean;
  readonly id: string;
  readonly key: string | undefined;
}

/** Every event that is on the bus, in order. */
export async function published(bus: EventBus, after = 0, eventName = 'service'): Promise<Sent[]> {
  const sent: Sent[] = [];
  for (const event of await eventsOn(bus, after, eventName)) {
    const {
      type,
      body,
      oldBody,
      left = false,
    } = event.data!.json as unknown as Pick<Sent, 'type' | 'body' | 'oldBody'> & { left?: boolean };
    const { partitionkey: key, synthetic } = event.extensions;
    sent.push({ type, name: body.metadata.name, body, oldBody, synthetic: synthetic === 'true', left, id: event.id, key });
  }
  return sent;
}

export const payloads = async (bus: EventBus): Promise<Json[]> => (await eventsOn(bus)).map((event) => event.data!.json);

async function eventsOn(bus: EventBus, after = 0, subject = 'service'): Promise<Event[]> {
  const events: Event[] = [];
  const origin = { source: 'ingress-es', subject };
  for await (const { event } of bus.replay(origin, after, new AbortController().signal)) events.push(event);
  return events;
}

/** "ADD web", "DELETE web": what was sent, for comparing. */
export const inShort = (sent: readonly Sent[]): string[] => sent.map(({ type, name }) => `${type} ${name}`);

type Options = NonNullable<Parameters<typeof start>[2]>;

/** Runs a source until it has compared its first list and published what came of it. */
export async function once(collection: Unfolds, bus: EventBus, options: Options = {}, meanwhile: (source: Running) => unknown = () => {}) {
  const source = start(collection, bus, options);
  await source.heard.seen('caughtUp');
  await meanwhile(source);
  await source.stop();
  return source;
}

/** What is published while some work is done. */
export async function sentBy(bus: EventBus, work: () => Promise<unknown>): Promise<Sent[]> {
  const before = (await published(bus)).length;
  await work();
  return (await published(bus)).slice(before);
}
