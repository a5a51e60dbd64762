import { readFileSync } from 'node:fs';
import type { EventBus, Queue, QueueEntry, StateEntry, StateStore, Stored } from '../../../eventbus/bus.ts';
import { EngineError } from '../../core/errors/engine-error.ts';
import { reasonOf } from '../../core/errors/from-unknown.ts';
import type { JsonObject } from '../../core/json/json.ts';
import type { calls } from './door.ts';
import {
  type Address,
  base64Of,
  bytesOf,
  doorPath,
  type Reply,
  unwireError,
  unwireEvent,
  type WiredEntry,
  type WiredPage,
  wireEvent,
} from './wire.ts';

/** What commands do with a bus. */
export type ReachedBus = Pick<EventBus, 'describe' | 'publish' | 'replay' | 'lastSequence' | 'state' | 'queue' | 'parked' | 'nudge'>;

/** How long the process may take to answer, in milliseconds. */
const patience = 5_000;

/**
 * The buses of the process that was started in this folder, by the names that it has for them; undefined when none says that it runs here.
 * Rejects with UNREACHABLE_PROCESS when it does not answer.
 */
export async function busesThroughDoor(file = doorPath): Promise<ReachedBus[] | undefined> {
  const address = readAddress(file);
  if (!address) return undefined;
  const known = (await call(address, { name: 'buses' })) as { bus: string; describe: string }[];
  return known.map(({ bus, describe }) => busBehind(address, bus, describe));
}

/** The rules of that process, as they were written; undefined when none says that it runs here. Rejects with UNREACHABLE_PROCESS. */
export async function rulesThroughDoor(file = doorPath): Promise<JsonObject[] | undefined> {
  const address = readAddress(file);
  return address && ((await call(address, { name: 'rules' })) as JsonObject[]);
}

function readAddress(file: string): Address | undefined {
  try {
    return JSON.parse(readFileSync(file, 'utf8')) as Address;
  } catch {
    return undefined;
  }
}

async function call({ url, token }: Address, what: object): Promise<unknown> {
  let reply: Reply;
  try {
    const response = await fetch(url, {
      method: 'POST',
      headers: { authorization: `Bearer ${token}`, 'content-type': 'application/json' },
      body: JSON.stringify(what),
      signal: AbortSignal.timeout(patience),
    });
    reply = (await response.json()) as Reply;
  } catch (cause) {
    throw new EngineError('UNREACHABLE_PROCESS', { file: doorPath, reason: reasonOf(cause) }, { cause });
  }
  if ('error' in reply) throw unwireError(reply.error);
  return reply.value;
}

function busBehind(address: Address, bus: string, describe: string): ReachedBus {
  const ask = async <Answer>(name: keyof typeof calls, what: object = {}) => (await call(address, { bus, name, ...what })) as Answer;
  const queueOf = (queue?: string): Queue => ({
    put: (body, { id, key }) => ask<Stored>('queuePut', { queue, body: base64Of(body), id, key }),
    async *entries() {
      yield* await ask<QueueEntry[]>('queueEntries', { queue });
    },
    async read(sequence) {
      const body = await ask<string | undefined>('queueRead', { queue, sequence });
      return body === undefined ? undefined : bytesOf(body);
    },
    remove: (sequence) => ask('queueRemove', { queue, sequence }),
  });
  const stateOf = (store: string): StateStore => {
    const entryOf = ({ value, ...entry }: WiredEntry): StateEntry => ({
      ...entry,
      value: bytesOf(value),
    });
    return {
      async get(key) {
        const entry = await ask<WiredEntry | undefined>('stateGet', { store, key });
        return entry && entryOf(entry);
      },
      async *entries(prefix = '') {
        for (const entry of await ask<WiredEntry[]>('stateEntries', { store, key: prefix })) yield entryOf(entry);
      },
      set: (key, value, revision) => ask('stateSet', { store, key, value: base64Of(value), revision }),
      purge: (key, revision) => ask('statePurge', { store, key, revision }),
    };
  };
  return {
    describe: `${describe}, of the process that runs here`,
    publish: (event) => ask('publish', { event: wireEvent(event) }),
    lastSequence: () => ask('lastSequence'),
    nudge: (queue) => ask('nudge', { queue }),
    async *replay(origin, afterSequence, signal) {
      for (let after = afterSequence, more = true; more && !signal.aborted; ) {
        const page = await ask<WiredPage>('replay', { origin, after });
        for (const { event, ...place } of page.events) yield { event: unwireEvent(event), ...place };
        more = page.more;
        after = page.events.at(-1)?.sequence ?? after;
      }
    },
    state: async (name) => stateOf(name),
    queue: async (name) => queueOf(name),
    parked: async () => queueOf(),
  };
}
