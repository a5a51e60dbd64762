/**
 * The way into the buses and rules of a running process, for commands on the same machine: a bus in memory can be reached in no other way.
 *
 * It listens on the loopback only, for who calls it by a name of this machine and has a token. Address and token are written to a file
 * that only this user can read.
 */
import { randomBytes, timingSafeEqual } from 'node:crypto';
import { mkdirSync, rmSync, writeFileSync } from 'node:fs';
import type { IncomingMessage, ServerResponse } from 'node:http';
import { dirname } from 'node:path';
import type { EventBus, QueueEntry, StateEntry } from '../../../eventbus/bus.ts';
import { EngineError } from '../../core/errors/engine-error.ts';
import { listen } from '../../core/http/server.ts';
import type { JsonObject } from '../../core/json/json.ts';
import { isThisMachine } from '../this-machine.ts';
import {
  type Address,
  base64Of,
  bytesOf,
  type Call,
  doorPath,
  type Reply,
  unwireEvent,
  type WiredEntry,
  type WiredEvent,
  type WiredPage,
  wireError,
  wireEvent,
} from './wire.ts';

/** Events in one answer. */
const mostEvents = 500;
/** The largest call: an event, in base64. */
const largestCall = 16 * 1024 * 1024;

export interface Door extends AsyncDisposable {
  /** A way of opening buses, through which those that it opens can be reached. */
  watch<Open extends (namespace: string, name: string, ...rest: never[]) => Promise<EventBus>>(open: Open): Open;
  /** Whom to ask for the rules of the process, as they were written. Until then it has none. */
  ask(rules: () => readonly JsonObject[]): void;
}

/**
 * Opens it, below the working folder. Harmless where another process has its own there: the last one counts. Where nothing can be written,
 * as in a container with a file system that is read only, nobody finds it, and that is all.
 */
export async function openDoor(file = doorPath): Promise<Door> {
  const buses = new Map<string, EventBus>();
  let rules: () => readonly JsonObject[] = () => [];
  const token = randomBytes(24).toString('base64url');
  const answer = async (request: IncomingMessage, response: ServerResponse): Promise<void> => {
    if (!isThisMachine(request.headers.host)) return void response.writeHead(403).end();
    if (!isRight(request.headers.authorization, token)) return void response.writeHead(401).end();
    response
      .writeHead(200, { 'content-type': 'application/json' })
      .end(JSON.stringify(await replyTo(await callIn(request), buses, () => rules())));
  };
  const listening = await listen(new Map([['/bus', answer]]), { port: 0, host: '127.0.0.1' });
  const address: Address = { url: `http://127.0.0.1:${listening.port}/bus`, token, pid: process.pid };
  announce(file, address);
  return {
    watch: (open) =>
      (async (namespace: string, name: string, ...rest: never[]) => {
        const bus = await open(namespace, name, ...rest);
        buses.set(`${namespace}/${name}`, bus);
        return bus;
      }) as typeof open,
    ask(those) {
      rules = those;
    },
    async [Symbol.asyncDispose]() {
      withdraw(file);
      await listening[Symbol.asyncDispose]();
    },
  };
}

function announce(file: string, address: Address): void {
  try {
    mkdirSync(dirname(file), { recursive: true });
    // A file that is there keeps its rights, so it goes first.
    rmSync(file, { force: true });
    writeFileSync(file, `${JSON.stringify(address)}\n`, { mode: 0o600 });
  } catch {
    // Commands will say that nothing runs here.
  }
}

function withdraw(file: string): void {
  try {
    rmSync(file, { force: true });
  } catch {
    // It was never written.
  }
}

function isRight(given: string | undefined, token: string): boolean {
  const [one, other] = [Buffer.from(given ?? ''), Buffer.from(`Bearer ${token}`)];
  return one.length === other.length && timingSafeEqual(one, other);
}

async function callIn(request: IncomingMessage): Promise<Call> {
  const chunks: Buffer[] = [];
  let size = 0;
  for await (const chunk of request as AsyncIterable<Buffer>) {
    size += chunk.length;
    if (size > largestCall) throw new EngineError('EVENT_TOO_LARGE', { actual: size, limit: largestCall });
    chunks.push(chunk);
  }
  return JSON.parse(Buffer.concat(chunks).toString('utf8')) as Call;
}

async function replyTo(call: Call, buses: ReadonlyMap<string, EventBus>, rules: () => readonly JsonObject[]): Promise<Reply> {
  try {
    if (call.name === 'buses') return { value: [...buses].map(([bus, { describe }]) => ({ bus, describe })) };
    if (call.name === 'rules') return { value: rules() };
    const bus = buses.get(call.bus ?? '');
    if (!bus) throw new EngineError('UNREACHABLE_BUS', { server: String(call.bus), reason: 'the process has closed it' });
    if (!Object.hasOwn(calls, call.name)) throw new EngineError('CONFIG_INVALID', { problem: `there is no call "${call.name}"` });
    return { value: await calls[call.name as keyof typeof calls](bus, call as never) };
  } catch (thrown) {
    return { error: wireError(thrown) };
  }
}

interface StateCall {
  readonly store: string;
  readonly key: string;
}
interface QueueCall {
  /** Undefined: the dead-letter store. */
  readonly queue?: string;
  readonly sequence: number;
}

const queueOf = (bus: EventBus, name: string | undefined) => (name === undefined ? bus.parked() : bus.queue(name));
const wireEntry = ({ value, ...entry }: StateEntry): WiredEntry => ({ ...entry, value: base64Of(value) });

/** One for each call that a bus in another process offers. */
export const calls = {
  publish: (bus: EventBus, { event }: { event: WiredEvent }) => bus.publish(unwireEvent(event)),
  lastSequence: (bus: EventBus) => bus.lastSequence(),
  nudge: (bus: EventBus, { queue }: { queue: string }) => bus.nudge(queue),
  async replay(bus: EventBus, { origin, after }: { origin?: { source: string; subject: string }; after: number }): Promise<WiredPage> {
    const events: WiredPage['events'][number][] = [];
    for await (const { event, ...place } of bus.replay(origin, after, new AbortController().signal)) {
      events.push({ event: wireEvent(event), ...place });
      if (events.length === mostEvents) return { events, more: true };
    }
    return { events, more: false };
  },
  async stateGet(bus: EventBus, { store, key }: StateCall) {
    const entry = await (await bus.state(store)).get(key);
    return entry && wireEntry(entry);
  },
  async stateEntries(bus: EventBus, { store, key }: StateCall) {
    const entries: WiredEntry[] = [];
    for await (const entry of (await bus.state(store)).entries(key)) entries.push(wireEntry(entry));
    return entries;
  },
  stateSet: async (bus: EventBus, { store, key, value, revision }: StateCall & { value: string; revision: number }) =>
    (await bus.state(store)).set(key, bytesOf(value), revision),
  statePurge: async (bus: EventBus, { store, key, revision }: StateCall & { revision?: number }) =>
    (await bus.state(store)).purge(key, revision),
  queuePut: async (bus: EventBus, { queue, body, id, key }: QueueCall & { body: string; id: string; key?: string }) =>
    (await queueOf(bus, queue)).put(bytesOf(body), { id, ...(key === undefined ? {} : { key }) }),
  async queueEntries(bus: EventBus, { queue }: QueueCall) {
    const entries: QueueEntry[] = [];
    for await (const entry of (await queueOf(bus, queue)).entries()) entries.push(entry);
    return entries;
  },
  async queueRead(bus: EventBus, { queue, sequence }: QueueCall) {
    const body = await (await queueOf(bus, queue)).read(sequence);
    return body && base64Of(body);
  },
  queueRemove: async (bus: EventBus, { queue, sequence }: QueueCall) => (await queueOf(bus, queue)).remove(sequence),
};
