/**
 * EventTransform: what a JSONata expression makes of an event. It gets the event in its structured JSON form, and what it makes is judged
 * as the HTTP answer that it is in Knative.
 */
import type { CloudEvent } from '../../../core/cloudevents/cloud-event.ts';
import { problemOf, readCloudEvents } from '../../../core/cloudevents/read.ts';
import { writeStructured } from '../../../core/cloudevents/write.ts';
import { EngineError } from '../../../core/errors/engine-error.ts';
import { isObject, type Json } from '../../../core/json/json.ts';
import { parseJson } from '../../../core/json/parse.ts';
import { goJson } from '../../../core/json/stringify.ts';
import { compileJsonata, type Jsonata } from '../../../core/jsonata/index.ts';

/** Rejects with EngineError EVENT_TRANSFORM_FAILED or EVENT_LIMIT. */
export type Transform = (event: CloudEvent) => Promise<CloudEvent>;

/**
 * An expression that its kind has accepted, made ready when the first event comes. `name` is that of the EventTransform, for messages.
 */
export function transformBy(expression: string, name: string): Transform {
  let jsonata: Jsonata | undefined;
  return async (event) => {
    jsonata ??= compileJsonata(expression);
    const { contentType, body } = await answerTo(parseJson(String(writeStructured(event).body)), jsonata);
    const reading = readCloudEvents({ 'Content-Type': [contentType] }, Buffer.from(goJson(body), 'utf8'));
    const made = reading.kind === 'events' ? reading.events[0]! : undefined;
    const problem = reading.kind === 'unreadable' ? reading.problem : made ? problemOf(made) : 'it has no specversion';
    if (!made || problem !== undefined)
      throw new EngineError('EVENT_TRANSFORM_FAILED', { problem: `what EventTransform ${name} makes is no CloudEvent: ${problem}` });
    return made;
  };
}

/** What Knative's program answers to a request with this body. Rejects where that answers 500. */
export async function answerTo(input: Json, jsonata: Jsonata): Promise<{ contentType: string; body: Json }> {
  const body = await jsonata.evaluate(input);
  if (!isObject(body) && !Array.isArray(body)) {
    const made = body === undefined ? 'nothing' : `${JSON.stringify(body).slice(0, 40)}, which is no object`;
    throw new EngineError('EVENT_TRANSFORM_FAILED', { problem: `the JSONata expression makes ${made}` });
  }
  const said = isObject(body) ? body['contenttype'] : undefined;
  const usual = isObject(body) && 'specversion' in body ? 'application/cloudevents+json' : 'application/json';
  return { contentType: typeof said === 'string' ? said : usual, body };
}
