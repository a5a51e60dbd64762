/** Dead letters: what was given up, as the bus keeps it, and the choice of those that a command is about. */
import { EngineError } from '../../core/errors/engine-error.ts';
import { EventData } from '../../core/event/data.ts';
import type { Event } from '../../core/event/event.ts';
import { isObject, type Json, type JsonObject } from '../../core/json/json.ts';
import { parseJson } from '../../core/json/parse.ts';
import { isCalled, isForeign } from './notes.ts';
import type { ReachedBus } from './through-door.ts';

export interface Letter {
  readonly bus: ReachedBus;
  readonly sequence: number;
  /** The firing's id, or one made of the event. */
  readonly id: string;
  readonly parkedAt: number;
  readonly namespace: string;
  readonly sensor: string;
  /** Whose firing it was; undefined for an event that a dependency could not use, and for a message that is no event. */
  readonly trigger: string | undefined;
  readonly dependency: string | undefined;
  readonly reason: { readonly code: string; readonly message: string; readonly hint?: string };
  readonly attempts: number;
  readonly orderKey: string | undefined;
  /** By dependency. An event whose payload did not fit has none; see `isWhole`. */
  readonly events: ReadonlyMap<string, Event>;
  /** Nothing that is needed to try it again was left out. */
  readonly isWhole: boolean;
  readonly rendered: Json | undefined;
}

export interface LetterFilter {
  readonly ids: readonly string[];
  readonly sensor?: string;
  readonly trigger?: string;
  readonly reason?: string;
  readonly event?: string;
  /** In milliseconds. */
  readonly olderThan?: number;
  readonly newerThan?: number;
}

/** Every letter of some buses that a filter lets through, oldest first. Throws CONFIG_MISSING when an id is nobody's. */
export async function lettersOn(buses: readonly ReachedBus[], filter: LetterFilter, now: number): Promise<Letter[]> {
  const letters: Letter[] = [];
  for (const bus of buses) {
    const parked = await bus.parked();
    for await (const { sequence, id, storedAt } of parked.entries()) {
      if (filter.ids.length > 0 && !filter.ids.some((one) => isMeant(id, one))) continue;
      const body = await parked.read(sequence);
      const letter = body && letterOf(body, { bus, sequence, id, parkedAt: storedAt });
      if (letter && passes(letter, filter, now)) letters.push(letter);
    }
  }
  const unknown = filter.ids.find((one) => !letters.some(({ id }) => isMeant(id, one)));
  if (unknown !== undefined)
    throw new EngineError('CONFIG_MISSING', { problem: `there is no dead letter ${unknown}` }, { hint: 'sensorium dead-letters list' });
  return letters.sort((a, b) => a.parkedAt - b.parkedAt);
}

/** The beginning of an id is enough. */
const isMeant = (id: string, given: string): boolean => id === given || (given.length >= 6 && id.startsWith(given));

function passes(letter: Letter, { sensor, trigger, reason, event, olderThan, newerThan }: LetterFilter, now: number): boolean {
  const age = now - letter.parkedAt;
  return (
    (sensor === undefined || isCalled({ namespace: letter.namespace, name: letter.sensor }, sensor)) &&
    (trigger === undefined || trigger === triggerOf(letter)) &&
    (reason === undefined || letter.reason.code.startsWith(reason.toUpperCase())) &&
    (event === undefined || [...letter.events.values()].some(({ id }) => isMeant(id, event))) &&
    (olderThan === undefined || age > olderThan) &&
    (newerThan === undefined || age < newerThan)
  );
}

/** Of another system's rule, each trigger has a dependency of its name. */
export const triggerOf = ({ sensor, trigger, dependency }: Letter): string | undefined =>
  trigger ?? (isForeign({ name: sensor }) ? dependency : undefined);

function letterOf(body: Uint8Array, place: Pick<Letter, 'bus' | 'sequence' | 'id' | 'parkedAt'>): Letter | undefined {
  const json = parseJson(Buffer.from(body).toString('utf8'));
  if (!isObject(json)) return undefined;
  const text = (name: string): string | undefined => (typeof json[name] === 'string' ? json[name] : undefined);
  const events = Object.entries(isObject(json['events']) ? json['events'] : {}).flatMap(([name, event]) =>
    isObject(event) ? [[name, event] as const] : [],
  );
  return {
    ...place,
    namespace: text('namespace') ?? '',
    sensor: text('sensor') ?? '',
    trigger: text('trigger'),
    dependency: text('dependency'),
    reason: json['reason'] as unknown as Letter['reason'],
    attempts: Number(json['attempts'] ?? 0),
    orderKey: text('orderKey'),
    events: new Map(events.map(([name, event]) => [name, eventOf(event)])),
    isWhole: events.length > 0 && events.every(([, event]) => event['data_bytes'] === undefined),
    rendered: json['rendered'],
  };
}

function eventOf({ data, data_base64: base64, data_bytes: _, extensions, ...attributes }: JsonObject): Event {
  const bytes = typeof data === 'string' ? EventData.fromText(data) : undefined;
  return {
    ...(attributes as unknown as Omit<Event, 'data' | 'extensions'>),
    extensions: (extensions ?? {}) as unknown as Event['extensions'],
    data: typeof base64 === 'string' ? EventData.fromBytes(Buffer.from(base64, 'base64')) : bytes,
  };
}
