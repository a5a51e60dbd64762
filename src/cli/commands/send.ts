/** `sensorium send`: puts an event onto the bus, as if its event source had sent it. */
import { randomUUID } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { eventTypeOf } from '../../../eventsources/event-type.ts';
import { EngineError } from '../../core/errors/engine-error.ts';
import { fileReasonOf } from '../../core/errors/from-unknown.ts';
import { EventData } from '../../core/event/data.ts';
import { type Address, type Event, type EventDraft, makeEvent } from '../../core/event/event.ts';
import { isObject } from '../../core/json/json.ts';
import { systemClock } from '../../core/time/clock.ts';
import { reachBuses } from '../decisions/buses.ts';
import { isForeign, listenersOn, sensorsOn } from '../decisions/notes.ts';
import type { ReachedBus } from '../decisions/through-door.ts';
import { type BusFlags, headersIn } from '../flags.ts';
import type { Output } from '../output.ts';

export interface SendFlags extends BusFlags {
  readonly source: string;
  readonly event?: string;
  readonly data?: string;
  readonly type?: string;
  readonly id?: string;
  readonly key?: string;
  readonly contentType: string;
  readonly header?: readonly string[];
}

/** Answers 0 when the bus has stored it. Throws EngineError. */
export async function send(flags: SendFlags, { write, warn }: Output): Promise<number> {
  const origin = originIn(flags);
  const { source, subject } = origin;
  const make = isForeign({ name: source }) && flags.event === undefined ? await forOther(flags, source) : fromSource(flags, origin);
  await using reached = await reachBuses(flags);
  const { bus, waiting } = await busFor(reached.buses, origin);
  const event = await make(bus);
  const stored = await bus.publish(event);
  write(
    `event ${event.id} of ${source}/${subject} ${stored.duplicate ? 'was on the bus already' : `is on the bus, as number ${stored.sequence}`}`,
  );
  if (waiting.length === 0) warn(`no Sensor that is known here waits for ${source}/${subject}`);
  for (const name of waiting) warn(`sensorium why ${name} --event ${event.id}`);
  return 0;
}

/** Where it travels. Another system's rule has one entrance. */
function originIn({ source, event }: SendFlags): Address {
  if (event !== undefined) return { source, subject: event };
  if (isForeign({ name: source })) return { source, subject: source.startsWith('EventListener:') ? 'request' : 'event' };
  const hint = '--event NAME is the name of the event in that EventSource; --source EventListener:NAME or Broker:NAME needs none';
  throw new EngineError('CONFIG_MISSING', { problem: 'nothing says which event it is' }, { hint });
}

type MakeEvent = (bus: ReachedBus) => Event | Promise<Event>;

/** As the EventSource would have sent it. */
function fromSource({ data: path, id = randomUUID(), key, contentType, type }: SendFlags, origin: Address): MakeEvent {
  const data = EventData.fromText(path === undefined ? '{}' : readText(path));
  if (/[/+]json\s*(;|$)/i.test(contentType)) void data.json;
  const draft: EventDraft = { id, data, datacontenttype: contentType, ...(key === undefined ? {} : { orderKey: key }) };
  return async (bus) => makeEvent(draft, { ...origin, type: type ?? (await typeOf(bus, origin)) }, systemClock.now());
}

/** As a dry run reads it: a call for an EventListener, a CloudEvent for all others, whose payload alone is enough with `--type`. */
async function forOther({ data: path, id, type, header = [] }: SendFlags, name: string): Promise<MakeEvent> {
  const { givenFor } = await import('../rehearse/dialects/given.ts');
  const { documentsIn } = await import('../rehearse/given.ts');
  const { from, values } = path === undefined ? { from: '--data', values: [{}] } : documentsIn(path);
  const [value = null] = values;
  const isPayload = type !== undefined && !(isObject(value) && typeof value['type'] === 'string');
  const options = { now: systemClock.now(), from, id: id ?? randomUUID() };
  const { event } = givenFor(name, isPayload ? { type, data: value } : value, headersIn(header), options);
  return () => (id === undefined ? event : { ...event, id });
}

function readText(path: string): string {
  try {
    return readFileSync(path === '-' ? 0 : path, 'utf8');
  } catch (cause) {
    throw new EngineError('CONFIG_FILE_MISSING', { file: path, reason: fileReasonOf(cause) }, { cause });
  }
}

/** The bus on which a sensor waits for it; else the only one. */
async function busFor(buses: readonly ReachedBus[], { source, subject }: { source: string; subject: string }) {
  const waiting = (await sensorsOn(buses)).filter(({ status }) =>
    status.dependencies.some((one) => one.source === source && one.subject === subject),
  );
  const bus = waiting[0]?.bus ?? buses[0];
  if (!bus)
    throw new EngineError('CONFIG_MISSING', { problem: 'the process that runs here has no bus open' }, { hint: 'load a rule first' });
  const among = new Set(waiting.map((one) => one.bus));
  if (among.size > 1 || (among.size === 0 && buses.length > 1)) {
    const problem = `there are several buses, and ${among.size === 0 ? 'no Sensor' : 'a Sensor on each'} waits for ${source}/${subject}`;
    throw new EngineError('CONFIG_MISSING', { problem }, { hint: `there are ${buses.map(({ describe }) => describe).join('; ')}` });
  }
  return { bus, waiting: waiting.map(({ status }) => `${status.namespace}/${status.name}`) };
}

/** That of the event source which says that it sends it. */
async function typeOf(bus: ReachedBus, { source, subject }: { source: string; subject: string }): Promise<string> {
  const listener = (await listenersOn(bus)).find(({ name, event }) => name === source && event === subject);
  return listener ? eventTypeOf(listener.type) : 'webhook';
}
