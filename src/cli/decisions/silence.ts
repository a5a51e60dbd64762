/** Why no event comes to a sensor: who should send it, whether that runs and hears, what it filtered, and whether the names match. */
import type { ListenerStatus } from '../../../eventsources/status.ts';
import { closest } from '../../core/errors/closest.ts';
import { type Address, addressOf } from '../../core/event/event.ts';
import { isAlive } from '../../core/telemetry/notebook.ts';
import { type KnownSensor, listenersOn } from './notes.ts';
import type { ReachedBus } from './through-door.ts';
import { when } from './when.ts';

/** What is said of one dependency, and what to do. */
export interface Silence {
  readonly dependency: string;
  readonly because: string;
  readonly hint?: string;
}

/** Events of the stream that are looked at, to see who sends what. */
const lookedAt = 5_000;

/** Looks for the reason for each dependency, in the order of the rule. */
export async function silence(known: KnownSensor, now: number): Promise<Silence[]> {
  const { bus, status } = known;
  const listeners = (await listenersOn(bus)).filter(({ namespace }) => namespace === status.namespace);
  const onStream = await originsOn(bus);
  return status.dependencies.flatMap(({ name: dependency, source, subject }) => {
    const senders = listeners.filter(({ name, event, address = { source: name, subject: event } }) =>
      sameAddress(address, { source, subject }),
    );
    if (senders.length > 0) return senders.map((one) => ({ dependency, ...ofListener(one, status.startedAt, now) }));
    return [{ dependency, ...ofStranger({ source, subject }, listeners, onStream) }];
  });
}

const sameAddress = (one: Address, other: Address): boolean => one.source === other.source && one.subject === other.subject;

function ofListener(listener: ListenerStatus, sensorSince: number, now: number): Omit<Silence, 'dependency'> {
  const { name, event, type, ready, published, filtered, refused, last, trouble, seenAt, stoppedAt, startedAt } = listener;
  const who = `event source ${name}/${event}`;
  const because = trouble ? `: ${trouble.message}` : '';
  if (stoppedAt !== undefined)
    return { because: `${who} was stopped at ${when(stoppedAt, now)}`, hint: `start it: it sends what happened meanwhile if it can` };
  if (!isAlive(listener, now))
    return { because: `${who} does not run: nothing was heard of it since ${when(seenAt, now)}`, hint: 'start it, or look at its log' };
  if (!ready) return { because: `${who} runs and does not hear anything yet${because}`, ...(trouble?.hint ? { hint: trouble.hint } : {}) };
  if (last && last.at < sensorSince)
    return {
      because: `${who} published ${last.id} at ${when(last.at, now)}, before this sensor began to listen at ${when(sensorSince, now)}`,
      hint: type === 'resource' ? '`sensorium eventsource --relist` sends every object again' : 'let it happen again',
    };
  if (last)
    return { because: `${who} published ${last.id} at ${when(last.at, now)}: it is on its way, or another process works this sensor` };
  const newest = refused.at(-1);
  if (newest)
    return {
      because: `${who} runs since ${when(startedAt, now)} and has published nothing: its own filter refused ${filtered}, the last because ${newest.because}`,
      hint: `look at \`filter\` of ${event} in the EventSource`,
    };
  return { because: `${who} runs and hears since ${when(startedAt, now)}, and nothing has happened: it has published ${published}` };
}

/** Nobody of that name says anything: the name is wrong, or it is somebody else's, such as Argo's. */
function ofStranger(
  { source, subject }: Address,
  listeners: readonly ListenerStatus[],
  onStream: ReadonlyMap<string, number>,
): Omit<Silence, 'dependency'> {
  const wanted = `${source}/${subject}`;
  const sent = onStream.get(wanted);
  if (sent !== undefined) return { because: `${wanted} has sent ${sent} of the last events on the stream, none since this sensor listens` };
  const names = [...new Set([...listeners.map(({ name, event }) => `${name}/${event}`), ...onStream.keys()])].sort();
  const near =
    closest(wanted, names) ?? names.find((one) => one.endsWith(`/${subject}`)) ?? names.find((one) => one.startsWith(`${source}/`));
  if (near === undefined) {
    const others = names.length === 0 ? 'no event source has sent anything or said that it runs' : `there are ${names.join(', ')}`;
    return { because: `it waits for ${wanted}, and nobody sends that: ${others}`, hint: 'start its event source on the same bus' };
  }
  const [nearSource, nearEvent] = near.split('/');
  const field = nearSource === source ? `eventName: ${nearEvent}` : nearEvent === subject ? `eventSourceName: ${nearSource}` : undefined;
  return {
    because: `it waits for ${wanted}; the source emits ${near}`,
    hint: field ?? `eventSourceName: ${nearSource}, eventName: ${nearEvent}`,
  };
}

/** Who has sent the last events on the stream, and how many. */
async function originsOn(bus: ReachedBus): Promise<Map<string, number>> {
  const counts = new Map<string, number>();
  const last = await bus.lastSequence();
  for await (const { event } of bus.replay(undefined, Math.max(0, last - lookedAt), AbortSignal.timeout(1_500))) {
    const { source, subject } = addressOf(event);
    const origin = `${source}/${subject}`;
    counts.set(origin, (counts.get(origin) ?? 0) + 1);
  }
  return counts;
}
