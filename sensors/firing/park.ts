import { isUtf8 } from 'node:buffer';
import type { Queue } from '../../eventbus/bus.ts';
import { EngineError } from '../../src/core/errors/engine-error.ts';
import type { Event } from '../../src/core/event/event.ts';
import type { Json, JsonObject } from '../../src/core/json/json.ts';
import { stringifyJson } from '../../src/core/json/stringify.ts';
import type { Clock } from '../../src/core/time/clock.ts';
import { persist } from './persist.ts';

/** What is given up, with all that somebody needs to see why, and to try it again. */
export interface Parked {
  /** The firing's id, or a stable id of the event: parked twice, it is there once. */
  readonly id: string;
  readonly sensor: string;
  readonly namespace: string;
  /** Whose firing it was; or the dependency that could not use the event. */
  readonly trigger?: string;
  readonly dependency?: string;
  readonly error: EngineError;
  readonly attempts: number;
  /** Of a firing that is worked in order. */
  readonly orderKey?: string | undefined;
  readonly events: ReadonlyMap<string, Event>;
  /** What the last attempt would have sent. */
  readonly rendered?: Json | undefined;
  /** Of a message that is no event. */
  readonly message?: { readonly subject: string; readonly sequence: number };
}

/** Characters of a message: one may quote a whole program. */
const longestMessage = 4096;
/** Characters of an attribute, where the whole is too large. */
const longestAttribute = 256;

/**
 * Writes to the dead-letter store as JSON. What is too large for it goes without `rendered`, and then without the payloads (their sizes
 * stay) and extensions, its attributes cut.
 */
export async function park(store: Queue, parked: Parked, context: { clock: Clock; over: AbortSignal }): Promise<void> {
  const parkedAt = new Date(context.clock.now()).toISOString();
  for (const keep of [
    { rendered: true, data: true },
    { rendered: false, data: true },
    { rendered: false, data: false },
  ]) {
    const body = Buffer.from(stringifyJson(parkedJson(parked, parkedAt, keep)), 'utf8');
    try {
      await persist(() => store.put(body, { id: parked.id }), context);
      return;
    } catch (thrown) {
      if (!(thrown instanceof EngineError && thrown.code === 'EVENT_TOO_LARGE' && keep.data)) throw thrown;
    }
  }
}

function parkedJson(parked: Parked, parkedAt: string, keep: { rendered: boolean; data: boolean }): Json {
  const { id, namespace, sensor, trigger, dependency, error, attempts, orderKey, events, rendered, message } = parked;
  return {
    namespace,
    sensor,
    ...(trigger === undefined ? {} : { trigger, firing: id }),
    ...(dependency === undefined ? {} : { dependency }),
    reason: { code: error.code, message: cut(error.message, longestMessage), ...(error.hint === undefined ? {} : { hint: error.hint }) },
    attempts,
    ...(orderKey === undefined ? {} : { orderKey }),
    ...(message === undefined ? {} : { message: { ...message } }),
    events: Object.fromEntries([...events].map(([name, event]) => [name, eventJson(event, keep.data)])),
    ...(rendered === undefined || !keep.rendered ? {} : { rendered }),
    parkedAt,
  };
}

/** Text stays text, exactly as it was sent. */
function eventJson({ data, extensions, ...attributes }: Event, keepData: boolean): JsonObject {
  if (!keepData) {
    const short = Object.entries(attributes).map(([name, value]) => [
      name,
      typeof value === 'string' ? cut(value, longestAttribute) : value,
    ]);
    return { ...Object.fromEntries(short), ...(data === undefined ? {} : { data_bytes: data.bytes.length }) };
  }
  const json: JsonObject = { ...attributes, extensions: { ...extensions } };
  if (data === undefined) return json;
  if (isUtf8(data.bytes)) json['data'] = data.text;
  else json['data_base64'] = Buffer.from(data.bytes).toString('base64');
  return json;
}

const cut = (text: string, longest: number): string => (text.length > longest ? `${text.slice(0, longest - 1)}…` : text);
