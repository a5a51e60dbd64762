import type { EventBus } from '../../../eventbus/bus.ts';
import { openMemoryBus } from '../../../eventbus/memory/index.ts';
import { runListeners } from '../../../eventsources/runner.ts';
import { runSensor } from '../../../sensors/runner.ts';
import { toBusEvent } from '../../../src/core/cloudevents/bus-event.ts';
import type { CloudEvent } from '../../../src/core/cloudevents/cloud-event.ts';
import { EngineError } from '../../../src/core/errors/engine-error.ts';
import type { Event } from '../../../src/core/event/event.ts';
import { createRoutes } from '../../../src/core/http/routes.ts';
import { systemClock } from '../../../src/core/time/clock.ts';
import { elsewhere } from '../../../src/dialects/knative/broker/elsewhere.ts';
import { brokerIngress } from '../../../src/dialects/knative/broker/ingress.ts';
import { backInto } from '../../../src/dialects/knative/broker/replies.ts';
import { type Subscriber, sensorOf } from '../../../src/dialects/knative/broker/sensor.ts';
import { type DeliverySpec, deliveryTrigger, planOf, type Resolve } from '../../../src/dialects/knative/delivery/index.ts';
import { compileFilter, type FilterSpec } from '../../../src/dialects/knative/filters/index.ts';
import { noKube } from '../../support/build-sensor.ts';
import { record } from '../../support/record.ts';

const address = { source: 'Broker:name', subject: 'event' };

export interface TriggerSpec extends FilterSpec {
  readonly name?: string;
  readonly delivery?: DeliverySpec;
  readonly subscriber: string | Resolve;
  readonly deadLetterSink?: string | Resolve;
  readonly strict?: boolean;
}

const resolving = (target: string | Resolve): Resolve =>
  typeof target === 'string' ? () => ({ kind: 'http', url: new URL(target) }) : target;

interface Options {
  readonly paths?: readonly string[];
  /** One in memory if left out. */
  readonly bus?: EventBus;
}

/**
 * A Broker "name" in "ns" that can be called on a free port (at other paths too, if they are given), with its Triggers; ended when it goes
 * out of scope.
 */
export async function startBroker(triggers: readonly TriggerSpec[] = [], { paths = ['/ns/name'], bus: given }: Options = {}) {
  const heard = record();
  const clock = systemClock;
  const bus = given ?? openMemoryBus({ kind: 'memory' }, { clock, tell: heard.tell });
  let isAway = false;
  const publish = async (event: Event): Promise<{ sequence: number; duplicate: boolean }> => {
    if (isAway) throw new EngineError('UNREACHABLE_BUS', { server: 'nats://test', reason: 'it is away on purpose' });
    return bus.publish(event);
  };
  const stop = new AbortController();
  /** A bus that is away is waited for a moment only. */
  const hasty = { ...clock, after: (wait: number, callback: () => void) => clock.after(isAway ? 1 : wait, callback) };
  const routes = createRoutes({ host: '127.0.0.1', clock: hasty });
  const { tell } = heard;
  const deps = { bus: given ?? { ...bus, publish }, kube: noKube, clock: hasty, tell, signal: stop.signal, routes };
  const listeners = [
    ...paths.map((path) => ({ definition: brokerIngress, eventName: 'event', spec: { port: 0, path }, address })),
    { definition: elsewhere, eventName: 'elsewhere', spec: { port: 0 } },
  ];
  let listening: Promise<void> = Promise.resolve();
  const isReady = new Promise<void>((resolve) => {
    const onReady = (now: boolean): void => {
      if (now) resolve();
    };
    listening = runListeners({ namespace: 'ns', name: 'Broker name' }, listeners, { ...deps, onReady });
  });
  const reply = backInto('name', async (event) => {
    await publish(toBusEvent(event, address, clock.now()));
  });
  const subscribers = triggers.map((spec, index): Subscriber => {
    const { value, findings } = compileFilter(spec, ['spec']);
    if (findings.length > 0) throw new Error(findings[0]!.message);
    const { name = `trigger-${index + 1}`, subscriber, deadLetterSink, delivery = {}, strict } = spec;
    const sink = deadLetterSink && { deadLetterSink: resolving(deadLetterSink) };
    const parts = { name, namespace: 'ns', plan: planOf(delivery), subscriber: resolving(subscriber), ...sink, reply, strict };
    return { wants: value, fingerprint: name, trigger: deliveryTrigger(parts) };
  });
  const sensor = sensorOf({ name: 'Broker name', namespace: 'ns', since: new Date(0), address, subscribers });
  const working =
    triggers.length > 0 ? runSensor(sensor, { bus, kube: noKube, clock, tell, signal: stop.signal, decisions: 100 }) : undefined;
  await isReady;
  const { port } = (await heard.seen('listening')) as { port: number };
  return {
    heard,
    sensor,
    url: `http://127.0.0.1:${port}`,
    publish: (event: CloudEvent) => publish(toBusEvent(event, address, clock.now())),
    loseBus(away: boolean) {
      isAway = away;
    },
    async events(): Promise<Event[]> {
      const found: Event[] = [];
      for await (const { event } of bus.replay(address, 0, new AbortController().signal)) found.push(event);
      return found;
    },
    async [Symbol.asyncDispose]() {
      stop.abort();
      await Promise.all([listening, working]);
    },
  };
}
