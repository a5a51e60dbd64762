/** Events for rules of other systems: calls for an EventListener, CloudEvents for all others. */
import { problemOf, Unreadable } from '../../../core/cloudevents/assemble.ts';
import { toBusEvent } from '../../../core/cloudevents/bus-event.ts';
import type { CloudEvent } from '../../../core/cloudevents/cloud-event.ts';
import { readStructured } from '../../../core/cloudevents/read-json.ts';
import { EngineError } from '../../../core/errors/engine-error.ts';
import { type Address, type Event, makeEvent } from '../../../core/event/event.ts';
import { canonicalName, type Headers } from '../../../core/http/call.ts';
import { isObject, type Json, type JsonObject } from '../../../core/json/json.ts';
import { stringifyJson } from '../../../core/json/stringify.ts';
import { entered } from '../../../dialects/knative/broker/enter.ts';
import { asListenerCall } from '../../../dialects/knative/sinks/listener-call.ts';
import { callData } from '../../../dialects/listener-call.ts';
import { type Given, isCloudEvent } from '../given.ts';

interface GivenOptions {
  /** Milliseconds. */
  readonly now: number;
  /** Where it came from, for people. */
  readonly from: string;
  /** Of an event that has none of its own. */
  readonly id: string;
}

/** An event for a rule, by the name of its sensor; `headers` are for calls. Throws CONFIG_INVALID. */
export function givenFor(name: string, value: Json, headers: Headers, options: GivenOptions): Given {
  const isCall = name.startsWith('EventListener:');
  const address = { source: name, subject: isCall ? 'request' : 'event' };
  const event = isCall ? callFor(address, value, headers, options) : eventFor(address, value, options);
  return { event, dependency: undefined, from: options.from };
}

/**
 * A call of an EventListener: `{header, body}`, a CloudEvent as the call that brings it, or what `tail --save` has written; anything else
 * is a body. `headers` are added.
 */
function callFor(address: Address, value: Json, headers: Headers, options: GivenOptions): Event {
  if (isCloudEvent(value)) {
    const data = value['data'];
    if (value['source'] === address.source && isObject(data) && isObject(data['header'])) return callEvent(address, data, headers, options);
    return toBusEvent(asListenerCall(cloudEvent(value, options), 'http://listener/'), address, options.now);
  }
  return callEvent(address, isCall(value) ? value : { body: value }, headers, options);
}

/** A CloudEvent as it is behind the entrance of a rule. */
function eventFor(address: Address, value: Json, options: GivenOptions): Event {
  const event = cloudEvent(value, options);
  const inside = address.source.startsWith('Broker:') ? entered(event, options.now) : event;
  if (inside) return toBusEvent(inside, address, options.now);
  throw invalid(options, 'it has passed Brokers too often: its knativebrokerttl is used up');
}

/** What has only fields of a call, its body among them. */
const isCall = (value: Json): value is JsonObject =>
  isObject(value) && ('body' in value || 'bodyBase64' in value) && Object.keys(value).every((key) => callFields.has(key));

const callFields = new Set(['url', 'header', 'headers', 'body', 'bodyBase64']);

function callEvent(address: Address, call: JsonObject, added: Headers, { now, id }: GivenOptions): Event {
  const { url = '/', body = '', bodyBase64 } = call;
  const bytes = typeof bodyBase64 === 'string' ? Buffer.from(bodyBase64, 'base64') : Buffer.from(textOf(body));
  const header: Headers = { 'Content-Type': ['application/json'], ...headersFrom(call['header'] ?? call['headers']), ...added };
  const draft = { id, data: callData(String(url), header, bytes) };
  return makeEvent(draft, { ...address, type: 'eventlistener' }, now);
}

/** A text is the body as it was sent. */
const textOf = (body: Json): string => (typeof body === 'string' ? body : stringifyJson(body));

/** By canonical name; a text, or a list of texts. */
export function headersFrom(value: Json | undefined): Headers {
  const entries = Object.entries(isObject(value) ? value : {});
  return Object.fromEntries(entries.map(([name, values]) => [canonicalName(name), [values].flat().map(String)]));
}

/** `id` and `source` may be left out, as they matter to few rules. */
function cloudEvent(value: Json, options: GivenOptions): CloudEvent {
  if (!isObject(value) || typeof value['type'] !== 'string')
    throw invalid(options, 'it has no type', 'a CloudEvent has the fields specversion, id, source, type and data');
  const whole = { specversion: '1.0', id: options.id, source: '/given', ...value };
  try {
    const event = readStructured(stringifyJson(whole));
    const problem = problemOf(event);
    if (problem !== undefined) throw invalid(options, problem);
    return event;
  } catch (thrown) {
    if (thrown instanceof Unreadable) throw invalid(options, thrown.message);
    throw thrown;
  }
}

const invalid = ({ from }: GivenOptions, problem: string, hint?: string): EngineError =>
  new EngineError('CONFIG_INVALID', { problem: `${from} is no CloudEvent: ${problem}` }, hint === undefined ? {} : { hint });
