/** Events and decisions as lines that come one after another. */
import pc from 'picocolors';
import type { Decision } from '../../../sensors/decisions/decision.ts';
import { payloadOf, redacted, secretsIn } from '../../../sensors/decisions/redact.ts';
import type { Event } from '../../core/event/event.ts';
import type { JsonObject } from '../../core/json/json.ts';
import { stringifyJson } from '../../core/json/stringify.ts';

/** Payloads above this many bytes are not shown. */
const largest = 256 * 1024;
/** Characters of a payload in a line. */
const longest = 160;

/** A CloudEvent as JSON, with what is secret hidden. */
export function eventData(event: Event): JsonObject {
  const { data, extensions, ...attributes } = event;
  const payload = payloadOf(event, largest);
  const shown = payload === undefined ? undefined : redacted(payload, secretsIn([payload]));
  return {
    specversion: '1.0',
    ...attributes,
    ...extensions,
    ...(shown === undefined ? (data ? { data_bytes: data.bytes.length } : {}) : { data: shown }),
  };
}

export function eventLine(event: JsonObject, storedAt: number): string {
  const data = event['data'] === undefined ? '' : stringifyJson(event['data']);
  const short = data.length > longest ? `${data.slice(0, longest)}…` : data;
  const time = new Date(storedAt).toISOString().slice(11, 23);
  return `${pc.dim(time)}  ${event['source']}/${event['subject']}  ${event['id']}  ${pc.dim(short)}`;
}

export function decisionLine({ event, at, dependencies, triggers }: Decision): string {
  const time = new Date(at).toISOString().slice(11, 23);
  const refused = dependencies.flatMap((one) =>
    one.admitted ? [] : [`${one.dependency} refused: ${one.at ?? ''} ${one.because ?? one.error?.message ?? ''}`],
  );
  const fates = triggers.map(({ trigger, kind, attempts, missing, because }) => {
    const last = attempts?.at(-1);
    const said = last?.answer ?? last?.error?.message ?? missing?.join(', ') ?? because ?? '';
    return `${trigger} ${kind}${said === '' ? '' : `: ${said}`}`;
  });
  const all = [...refused, ...fates];
  return `${pc.dim(time)}  ${event.source}/${event.subject}  ${event.id}  ${pc.dim('→')} ${all.join('; ') || 'admitted'}`;
}
