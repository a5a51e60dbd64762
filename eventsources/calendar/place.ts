/**
 * The place in the schedule: up to which instant its events are dealt with. Kept on the bus, written by compare-and-set, together with
 * the place of the last event in the stream: what was published behind that, and could not be written down any more, is found there.
 */
import { isObject, type Json } from '../../src/core/json/json.ts';
import { parseJson } from '../../src/core/json/parse.ts';
import type { EventSourceContext } from '../event-source.ts';
import { keptInConfigMap } from './config-map.ts';
import type { CalendarSpec } from './spec.ts';

export interface Place {
  /** Undefined at the very first start. */
  readonly last: number | undefined;
  /** Resolves when it is stored. Rejects with CONFLICT_STATE when somebody else works this calendar. */
  save(instant: number, sent?: Sent): Promise<void>;
}

interface Sent {
  readonly payload: string;
  /** Where the bus has it; undefined for one that the entry's filter has dropped. */
  readonly sequence: number | undefined;
}

const key = 'place';

export async function openPlace({ persistence }: CalendarSpec, context: EventSourceContext): Promise<Place> {
  const { bus, namespace, eventSourceName, eventName, patiently } = context;
  const store = await patiently(() => bus.state(`eventsource/${namespace}/${eventSourceName}/${eventName}`));
  const entry = await patiently(() => store.get(key));
  const stream = await patiently(() => bus.streamCreated());
  const known = entry && decode(entry.value);
  const configMap = persistence?.configMap && keptInConfigMap(persistence.configMap, context);
  let sequence = known?.stream === stream ? known.sequence : 0;
  let revision = entry?.revision ?? 0;

  const instants = [known?.last, known && (await lastPublished(context, sequence)), await configMap?.last()];
  const last = Math.max(...instants.filter((instant) => instant !== undefined));
  return {
    last: Number.isFinite(last) ? last : undefined,
    async save(instant, sent) {
      sequence = sent?.sequence ?? sequence;
      const value = Buffer.from(JSON.stringify({ last: new Date(instant).toISOString(), stream, sequence }));
      revision = await patiently(() => store.set(key, value, revision));
      if (sent) await configMap?.save(sent.payload);
    },
  };
}

/** When the last event behind a place in the stream was due. */
async function lastPublished({ bus, eventSourceName, eventName, patiently, signal }: EventSourceContext, after: number) {
  return patiently(async () => {
    let last: number | undefined;
    for await (const { event } of bus.replay({ source: eventSourceName, subject: eventName }, after, signal)) {
      const due = Date.parse(event.time);
      if (!Number.isNaN(due)) last = Math.max(due, last ?? due);
    }
    return last;
  });
}

/** Undefined for what we have not written. */
function decode(value: Uint8Array): { last: number; stream: string; sequence: number } | undefined {
  const found: Json = parseJson(Buffer.from(value).toString('utf8'));
  if (!isObject(found)) return undefined;
  const { last, stream, sequence } = found;
  if (typeof last !== 'string' || typeof stream !== 'string' || typeof sequence !== 'number') return undefined;
  return { last: Date.parse(last), stream, sequence };
}
