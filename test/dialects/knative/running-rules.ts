import { openMemoryBus } from '../../../eventbus/memory/index.ts';
import { createWorkbench } from '../../../src/cli/workbench.ts';
import { fromBusEvent, toBusEvent } from '../../../src/core/cloudevents/bus-event.ts';
import type { CloudEvent } from '../../../src/core/cloudevents/cloud-event.ts';
import { EventData } from '../../../src/core/event/data.ts';
import type { Address } from '../../../src/core/event/event.ts';
import type { Json, JsonObject } from '../../../src/core/json/json.ts';
import { systemClock } from '../../../src/core/time/clock.ts';
import { dialects } from '../../../src/dialects/index.ts';
import { checkRule } from '../../../src/manifests/check.ts';
import { eventually } from '../../support/eventually.ts';
import { memoryKube } from '../../support/memory-kube.ts';
import { record } from '../../support/record.ts';

export interface Shown {
  readonly service: string;
  readonly event: CloudEvent;
}

/** An event as rules and receivers see it, with data of JSON. */
export const eventOf = (data: Json, more: Partial<CloudEvent> = {}): CloudEvent => ({
  specversion: '1.0',
  id: 'one',
  source: '/shop',
  type: 'order',
  datacontenttype: 'application/json',
  extensions: {},
  data: EventData.fromJson(data),
  ...more,
});

/** Rules of Knative in a process with a bus in memory; Services without an address are played. Ended when it goes out of scope. */
export async function runRules(objects: readonly JsonObject[], { sinks = {} }: { sinks?: Readonly<Record<string, string>> } = {}) {
  const heard = record();
  const clock = systemClock;
  const bus = openMemoryBus({ kind: 'memory' }, { clock, tell: heard.tell });
  const kube = memoryKube();
  const shown: Shown[] = [];
  const workbench = createWorkbench({
    dialects,
    kube,
    clock,
    tell: heard.tell,
    host: '127.0.0.1',
    drainFor: 1_000,
    relist: false,
    openBus: async () => bus,
    places: {
      ports: new Map([['broker-ingress', 0]]),
      sinks: new Map(Object.entries(sinks)),
      display: (service, event) => void shown.push({ service, event }),
    },
  });
  const set = async (object: JsonObject): Promise<void> => {
    const { rule, findings } = checkRule(object)!;
    if (!rule) throw new Error(`refused: ${JSON.stringify(findings)}`);
    await workbench.set(rule);
  };
  await Promise.all(objects.map(set));
  await eventually(() => workbench.missing().length === 0);
  return {
    heard,
    kube,
    set,
    shown,
    publish: (address: Address, event: CloudEvent) => bus.publish(toBusEvent(event, address, clock.now())),
    /** What has been shown, once there is so much of it. */
    seen: (count: number) => eventually(() => (shown.length >= count ? shown : undefined)),
    async eventsAt(address: Address): Promise<CloudEvent[]> {
      const found: CloudEvent[] = [];
      for await (const { event } of bus.replay(address, 0, new AbortController().signal)) found.push(fromBusEvent(event));
      return found;
    },
    [Symbol.asyncDispose]: () => workbench[Symbol.asyncDispose](),
  };
}
