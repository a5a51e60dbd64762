import { EngineError, type ErrorFields } from '../../src/core/errors/engine-error.ts';
import { EventData } from '../../src/core/event/data.ts';
import type { Event } from '../../src/core/event/event.ts';
import { compileJq, type JqEngine, type JqOptions } from '../../src/core/jq/index.ts';
import { isObject, type Json } from '../../src/core/json/json.ts';

/** Makes another event of an event. Throws EngineError EVENT_TRANSFORM_FAILED or EVENT_LIMIT, or rejects with it. */
export type Transform = (event: Event) => Event | Promise<Event>;

export interface JqTransformOptions extends Partial<JqOptions> {
  /** Runs the program in place of our own engine; each event is then a promise. */
  readonly jq?: JqEngine | undefined;
}

/**
 * A jq program as a transform: its first output, an object, becomes the payload, and the media type JSON. An event without a payload
 * stays as it is. Throws EngineError CONFIG_JQ when the program cannot be read.
 */
export function compileJqTransform(program: string, { jq, ...options }: JqTransformOptions = {}): Transform {
  if (jq) {
    const compiled = jq.compile(program);
    return async (event) => {
      if (!event.data) return event;
      const input = objectIn(event.data);
      return withOutput(event, input, await compiled.first(input).catch(refused));
    };
  }
  const compiled = compileJq(program, options);
  return (event) => {
    if (!event.data) return event;
    const input = objectIn(event.data);
    let output: Json | undefined;
    try {
      output = compiled.first(input);
    } catch (thrown) {
      refused(thrown);
    }
    return withOutput(event, input, output);
  };
}

function refused(thrown: unknown): never {
  if (!(thrown instanceof EngineError) || thrown.code !== 'EVENT_TRANSFORM_FAILED') throw thrown;
  throw failed(`the jq program failed: ${thrown.message}`, thrown, thrown.fields.offset);
}

/** A payload that is `null` may stay so: Argo takes it for an object without members. */
function withOutput(event: Event, input: Json, output: Json | undefined): Event {
  if (output === undefined) throw failed('the jq program gave no output; a transform must give a JSON object');
  if (!isObject(output) && (output !== null || input !== null))
    throw failed(`jq transformation output must be a JSON object, and it is ${nameOf(output)}`);
  return { ...event, datacontenttype: 'application/json', data: EventData.fromJson(output) };
}

/** The payload, an object or null. */
function objectIn(data: EventData): Json {
  let payload: Json;
  try {
    payload = data.json;
  } catch (thrown) {
    throw failed(`a transform needs a JSON object, and ${(thrown as Error).message}`, thrown);
  }
  if (payload !== null && !isObject(payload)) throw failed(`a transform needs a JSON object, and the payload is ${nameOf(payload)}`);
  return payload;
}

/** `offset` is the place in the program that failed, in characters from 0. */
const failed = (problem: string, cause?: unknown, offset?: ErrorFields[string]): EngineError =>
  new EngineError('EVENT_TRANSFORM_FAILED', offset === undefined ? { problem } : { problem, offset }, { cause });

/** How a value is called in a sentence. */
export function nameOf(value: Json): string {
  if (value === null) return 'null';
  return Array.isArray(value) ? 'an array' : `a ${typeof value === 'bigint' ? 'number' : typeof value}`;
}
