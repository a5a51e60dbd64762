/** What an earlier shift has left of its joins, made to fit the rule as it is now. */
import type { Queue, StateStore } from '../../eventbus/bus.ts';
import { EngineError } from '../../src/core/errors/engine-error.ts';
import type { CompiledSensor, CompiledTrigger } from '../compiled.ts';
import { lateFor } from '../firing/persist.ts';
import { encodeWaiting, lineOf, type Waiting } from '../firing/queue-body.ts';
import { type Held, type Matching, nothingHeld } from './advance.ts';
import { type Decoded, decodeHead, headPrefix, type Known, type Payloads, payloadKey, payloadPrefix, readHeadKey } from './head.ts';

export interface StoredHead {
  readonly trigger: CompiledTrigger;
  readonly key: string;
  readonly known: Known;
  readonly revision: number;
  readonly payloads: Payloads;
  /** The bus still has more than is known here. */
  readonly isChanged: boolean;
}

/**
 * Reads all heads. Firings that were not settled go to the queue, where each is kept once; those that are too large for it stay pending.
 * What was held under another text of the conditions is forgotten, and so is an event whose dependency has changed, as in Argo.
 * Heads of triggers that are gone or wait no more are removed, with old payloads that nobody needs.
 * Rejects with what the bus says.
 */
export async function storedHeads(sensor: CompiledSensor, store: StateStore, queue: Queue, now: number): Promise<StoredHead[]> {
  const specs = new Map(sensor.dependencies.map(({ name, fingerprint }) => [name, fingerprint]));
  const heads: StoredHead[] = [];
  const needed = new Set<string>();
  for await (const { key: entry, value, revision } of store.entries(headPrefix)) {
    const { trigger: name, key } = readHeadKey(entry);
    const decoded = await decodeHead(value, async (id) => (await store.get(payloadKey(name, id)))?.value);
    const pending = await queued([...decoded.pending.values()], queue);
    const trigger = sensor.triggers.find((one) => one.name === name);
    if (!trigger?.join && pending.length === 0) {
      await store.purge(entry, revision);
      continue;
    }
    for (const id of decoded.payloads.values()) needed.add(payloadKey(name, id));
    if (!trigger?.join) continue;
    const { matching, marks } = fitting(decoded, trigger, specs);
    const known = { matching, marks, pending: new Map(pending.map((one) => [one.firing.id, one])), replays: decoded.replays };
    const isChanged = pending.length < decoded.pending.size || held(matching) < held(decoded.matching);
    heads.push({ trigger, key, known, revision, payloads: decoded.payloads, isChanged });
  }
  // Until then a predecessor may write the head that needs it.
  const stale = now - lateFor;
  for await (const { key, storedAt } of store.entries(payloadPrefix)) if (!needed.has(key) && storedAt < stale) await store.purge(key);
  return heads;
}

const held = (matching: Matching): number => [...matching.values()].flat().length;

function fitting({ matching, marks, join, specs }: Decoded, trigger: CompiledTrigger, now: ReadonlyMap<string, string>) {
  if (join !== trigger.join!.fingerprint) return { matching: nothingHeld, marks };
  const left = new Map<string, readonly Held[]>();
  for (const [name, those] of matching) {
    const same = those.filter((held) => specs.get(held) === now.get(name));
    if (same.length > 0) left.set(name, same);
  }
  return { matching: left, marks };
}

/** Puts firings into the queue; answers with those that it cannot take. */
async function queued(firings: readonly Waiting[], queue: Queue): Promise<Waiting[]> {
  const left: Waiting[] = [];
  for (const waiting of firings) {
    const { id, trigger, orderKey } = waiting.firing;
    try {
      await queue.put(encodeWaiting(waiting), { id, key: lineOf(trigger, orderKey) });
    } catch (thrown) {
      if (!(thrown instanceof EngineError) || thrown.code !== 'EVENT_TOO_LARGE') throw thrown;
      left.push(waiting);
    }
  }
  return left;
}
