/**
 * Runs an EventSource object: one supervised listener for each entry in it, each behind a lease where only one replica may publish.
 * Called by the program that loaded the object; it ends when the signal aborts and all listeners have stopped.
 */
import type { EventBus, Lease } from '../eventbus/bus.ts';
import { secretsOf } from '../src/core/access/secrets.ts';
import type { Address } from '../src/core/event/event.ts';
import { createRoutes, type Routes } from '../src/core/http/routes.ts';
import type { Kube } from '../src/core/kube/kube.ts';
import { supervise } from '../src/core/lifecycle/supervise.ts';
import type { Notebooks } from '../src/core/telemetry/notebook.ts';
import type { Tell } from '../src/core/telemetry/tell.ts';
import type { Clock } from '../src/core/time/clock.ts';
import { Turns } from '../src/core/time/turns.ts';
import { createEmit } from './emit.ts';
import type { EventSourceDefinition } from './event-source.ts';
import { eventTypeOf } from './event-type.ts';
import { compileSourceFilter, expressionIn } from './filter.ts';
import type { EventSource } from './kind.ts';
import { createPatience } from './patience.ts';
import { eventSources } from './registry.ts';
import { reported } from './status.ts';

export interface EventSourceDeps {
  readonly bus: EventBus;
  readonly kube: Kube;
  readonly clock: Clock;
  readonly tell: Tell;
  readonly signal: AbortSignal;
  /** Those of the process; its own if left out. */
  readonly turns?: Turns;
  readonly notebooks?: Notebooks;
  /** Those of the process; its own on all addresses if left out. */
  readonly routes?: Routes;
  /** Publish the whole list again as ADDs, once. */
  readonly relist?: boolean;
  /** Say on the bus how each listener does, for `sensorium why`. */
  readonly reports?: boolean;
  /** Told whenever it changes: true when every listener hears what it listens to, or stands by. */
  readonly onReady?: (isReady: boolean) => void;
}

/** Milliseconds without the lease after which somebody else must have it. */
const standByAfter = 1000;

/** One thing that is listened to. */
export interface Listener {
  readonly definition: EventSourceDefinition;
  readonly eventName: string;
  readonly spec: unknown;
  /** Where its events travel; under the names of its EventSource and of itself if left out. */
  readonly address?: Address;
}

/** Whose listeners they are. */
interface Owner {
  readonly namespace: string;
  readonly name: string;
}

/** Resolves when the signal has aborted and everything has stopped. Never rejects. */
export const runEventSource = (source: EventSource, deps: EventSourceDeps): Promise<void> =>
  runListeners(source.metadata, listenersOf(source), deps);

/** The same for listeners of whatever rule. */
export async function runListeners(owner: Owner, listeners: readonly Listener[], deps: EventSourceDeps): Promise<void> {
  const { routes = createRoutes({ host: '0.0.0.0', clock: deps.clock }) } = deps;
  const ready = readiness(listeners.length, deps.onReady ?? (() => {}));
  await Promise.all(
    listeners.map((listener, index) => {
      const part = `${owner.namespace}/${owner.name}/${listener.eventName}`;
      let relist = deps.relist ?? false;
      const onReady = (isReady: boolean): void => {
        if (isReady) relist = false;
        ready(index, isReady);
      };
      const own = { onReady, routes, standingBy: () => ready(index, true), relist: () => relist };
      return supervise(`event source ${part}`, (signal) => owned(owner, listener, { ...deps, ...own, signal }), deps);
    }),
  );
}

function listenersOf(source: EventSource): Listener[] {
  return eventSources.flatMap((definition) =>
    Object.entries(source.spec[definition.type] ?? {}).map(([eventName, spec]) => ({ definition, eventName, spec })),
  );
}

/** Calls back when all of `count` parts have become ready, and when the first of them no longer is. */
function readiness(count: number, onReady: (isReady: boolean) => void): (part: number, isReady: boolean) => void {
  const ready = new Set<number>();
  if (count === 0) onReady(true);
  return (part, isReady) => {
    const before = ready.size === count;
    if (isReady) ready.add(part);
    else ready.delete(part);
    const after = ready.size === count;
    if (after !== before) onReady(after);
  };
}

interface ListenerDeps extends Omit<EventSourceDeps, 'relist' | 'onReady'> {
  readonly routes: Routes;
  relist(): boolean;
  onReady(isReady: boolean): void;
  standingBy(): void;
}

/** Runs a listener while this process owns it; waits for its turn again when the ownership is lost. Standing by counts as ready. */
async function owned(owner: Owner, listener: Listener, deps: ListenerDeps): Promise<void> {
  const { signal, tell } = deps;
  const names = { eventsource: owner.name, event: listener.eventName };
  if (!listener.definition.oneOwner) return listen(owner, listener, deps);
  while (!signal.aborted) {
    const lease = await standBy(`eventsource/${owner.namespace}/${owner.name}/${listener.eventName}`, names, deps);
    tell.leaseTaken(names);
    try {
      await listen(owner, listener, { ...deps, signal: AbortSignal.any([signal, lease.lost]) });
    } finally {
      await lease.release();
    }
    if (lease.lost.aborted && !signal.aborted) tell.leaseLost(names);
  }
}

/** Waits for the lease. A process that has to wait while it can reach the bus stands by, and that is all that is asked of it. */
async function standBy(name: string, names: object, { bus, signal, clock, tell, standingBy }: ListenerDeps): Promise<Lease> {
  const takeBack = clock.after(standByAfter, () => {
    if (!bus.connected) return;
    tell.leaseWaiting({ ...names });
    standingBy();
  });
  try {
    return await bus.lease(name, signal);
  } finally {
    takeBack();
  }
}

/** One run of a listener, which says on the bus how it does where that is asked for. */
async function listen(owner: Owner, listener: Listener, deps: ListenerDeps): Promise<void> {
  if (!deps.reports) return run(owner, listener, deps);
  const { namespace, name } = owner;
  const { eventName: event, definition, address } = listener;
  const who = { namespace, name, event, type: definition.type, ...(address && { address }) };
  const report = reported(who, deps);
  try {
    await run(owner, listener, { ...deps, tell: report.tell, onReady: report.onReady });
    await report.end();
  } catch (thrown) {
    await report.end(thrown);
    throw thrown;
  }
}

/** One run of a listener, until its signal aborts or it fails. */
async function run(owner: Owner, { definition, eventName, spec, address }: Listener, deps: ListenerDeps): Promise<void> {
  const { bus, kube, clock, routes, tell, signal, onReady, relist, turns = new Turns(clock) } = deps;
  const { namespace, name: eventSourceName } = owner;
  const names = { eventsource: eventSourceName, event: eventName };
  const patiently = createPatience({ signal, clock, waiting: (error) => tell.publishWaiting({ ...names, error }) });
  const origin = { ...(address ?? { source: eventSourceName, subject: eventName }), type: eventTypeOf(definition.type) };
  const expression = expressionIn(spec);
  const filter = expression === undefined ? undefined : compileSourceFilter(expression, clock);
  tell.listenerStarted(names);
  const emit = createEmit({ origin, names, bus, clock, tell, signal, patiently, filter, party: turns.party() });
  try {
    await definition.run(spec, {
      namespace,
      eventSourceName,
      eventName,
      emit,
      patiently,
      ready: onReady,
      signal,
      clock,
      kube,
      secrets: secretsOf(kube, namespace),
      bus,
      routes,
      tell,
      relist: relist(),
    });
  } catch (thrown) {
    if (!signal.aborted) throw thrown;
  } finally {
    tell.listenerStopped(names);
    onReady(false);
  }
}
