/**
 * The place in the schedule: up to which instant its events are dealt with. Kept on the bus, written by compare-and-set, together with
 * the place of the last event in the stream: what was published behind that, and could not be written down any more, is found there.
 */

import { EngineError } from '../../src/core/errors/engine-error.ts';
import type { Address, Event } from '../../src/core/event/event.ts';
import { isObject, type Json } from '../../src/core/json/json.ts';
import { parseJson } from '../../src/core/json/parse.ts';
import type { EventSourceContext } from '../event-source.ts';
import type { KeptInConfigMap } from './config-map.ts';

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

/** Where the place is kept, and how it is found again. */
export interface Kept {
  /** The name of the store. */
  readonly memory: string;
  /** Under which the events travel. */
  readonly address: Address;
  /** When an event under the address was due; undefined for what others have sent there. */
  instantOf(event: Event): number | undefined;
  readonly configMap?: KeptInConfigMap | undefined;
}

const key = 'place';

export async function openPlace(kept: Kept, context: EventSourceContext): Promise<Place> {
  const { bus, patiently } = context;
  const { memory, configMap } = kept;
  const store = await patiently(() => bus.state(memory));
  const entry = await patiently(() => store.get(key));
  let stream = await patiently(() => bus.streamCreated());
  const known = entry && decode(entry.value);
  let sequence = known?.stream === stream ? known.sequence : 0;
  let revision = entry?.revision ?? 0;

  const instants = [known?.last, known && (await lastPublished(kept, context, sequence)), await configMap?.last()];
  const last = Math.max(...instants.filter((instant) => instant !== undefined));
  const write = (instant: number): Promise<number> =>
    store.set(key, Buffer.from(JSON.stringify({ last: new Date(instant).toISOString(), stream, sequence })), revision);
  /** Nobody removes a place: where it is gone, the bus has lost it, perhaps with the stream, and what this process knows is all there is. */
  const writeAnew = async (instant: number, conflict: unknown): Promise<number> => {
    if (!(conflict instanceof EngineError) || conflict.code !== 'CONFLICT_STATE' || (await store.get(key))) throw conflict;
    stream = await bus.streamCreated();
    revision = 0;
    return write(instant);
  };
  return {
    last: Number.isFinite(last) ? last : undefined,
    async save(instant, sent) {
      sequence = sent?.sequence ?? sequence;
      revision = await patiently(() => write(instant).catch((thrown) => writeAnew(instant, thrown)));
      if (sent) await configMap?.save(sent.payload);
    },
  };
}

/** When the last event behind a place in the stream was due. */
async function lastPublished({ address, instantOf }: Kept, { bus, patiently, signal }: EventSourceContext, after: number) {
  return patiently(async () => {
    let last: number | undefined;
    for await (const { event } of bus.replay(address, after, signal)) {
      const due = instantOf(event);
      if (due !== undefined) last = Math.max(due, last ?? due);
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
