/** Events and decisions as lines that come one after another. */
import pc from 'picocolors';
import type { Decision } from '../../../sensors/decisions/decision.ts';
import { payloadOf, redacted, secretsIn } from '../../../sensors/decisions/redact.ts';
import { fromBusEvent } from '../../core/cloudevents/bus-event.ts';
import { addressOf, type Event } from '../../core/event/event.ts';
import { isObject, type Json, type JsonObject } from '../../core/json/json.ts';
import { stringifyJson } from '../../core/json/stringify.ts';
import { isForeign, kindAndName } from './notes.ts';

/** Payloads above this many bytes are not shown. */
const largest = 256 * 1024;
/** Characters of a payload in a line. */
const longest = 160;

/** What an event says of itself: the attributes and extensions of a CloudEvent, without data. */
export function attributesIn(event: Event): JsonObject {
  const { data: _, extensions, address: __, types: ___, ...attributes } = event;
  if (!event.address) return { ...attributes, ...extensions };
  const { specversion: ____, data: _____, extensions: typed, ...own } = fromBusEvent(event);
  return { ...own, ...typed };
}

/** A CloudEvent as JSON, with what is secret hidden. */
export function eventData(event: Event): JsonObject {
  const payload = payloadOf(event, largest);
  const shown = payload === undefined ? undefined : redacted(payload, secretsIn([payload]));
  return {
    specversion: '1.0',
    ...attributesIn(event),
    ...(shown === undefined ? (event.data ? { data_bytes: event.data.bytes.length } : {}) : { data: shown }),
  };
}

export function eventLine(event: Event, storedAt: number): string {
  const { data: payload } = eventData(event);
  const text = payload === undefined ? '' : stringifyJson(isForeign({ name: event.source }) ? bodyIn(payload) : payload);
  const short = text.length > longest ? `${text.slice(0, longest)}…` : text;
  const time = new Date(storedAt).toISOString().slice(11, 23);
  return `${pc.dim(time)}  ${whereTo(event)}  ${event.id}  ${pc.dim(short)}`;
}

/** Of a call of an EventListener the body says what happened. */
const bodyIn = (payload: Json): Json => (isObject(payload) && payload['body'] !== undefined ? payload['body'] : payload);

/** Argo's two names of where it comes from; of an event for another system's rule, that rule, and the type that the event has. */
function whereTo(event: Event): string {
  const { source, subject } = addressOf(event);
  if (!isForeign({ name: source })) return `${source}/${subject}`;
  const [kind, name] = kindAndName(source);
  const part = ['request', 'event'].includes(subject) ? '' : ` ${subject}`;
  return `${kind} ${name}${part}${event.address ? `  ${event.type}` : ''}`;
}

/** Argo's two names of where it comes from; a CloudEvent that has a source of its own, as a URI is, says more by its type. */
export function originOf({ source, subject, type }: Decision['event']): string {
  return source.includes('/') ? `${type}, subject ${subject || 'none'}` : `${source}/${subject}`;
}

/** `foreign`: of another system's rule, each of whose triggers has a dependency of its name. */
export function decisionLine({ event, at, dependencies, triggers }: Decision, { foreign }: { foreign: boolean }): string {
  const time = new Date(at).toISOString().slice(11, 23);
  const refused = dependencies.flatMap(({ dependency, admitted, at: clause = '', because, error }) => {
    if (admitted) return [];
    const reason = because ?? error?.message ?? '';
    return [`${dependency} refused: ${foreign ? reason : `${clause} ${reason}`}`];
  });
  const fates = triggers.map(({ trigger, kind, attempts, missing, because }) => {
    const last = attempts?.at(-1);
    const said = last?.answer ?? last?.error?.message ?? missing?.join(', ') ?? because ?? '';
    return `${trigger} ${kind}${said === '' ? '' : `: ${said}`}`;
  });
  const all = [...refused, ...fates];
  return `${pc.dim(time)}  ${originOf(event)}  ${event.id}  ${pc.dim('→')} ${all.join('; ') || 'admitted'}`;
}
