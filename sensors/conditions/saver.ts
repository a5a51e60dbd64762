import type { StateStore } from '../../eventbus/bus.ts';
import type { Clock } from '../../src/core/time/clock.ts';
import type { CompiledSensor, CompiledTrigger } from '../compiled.ts';
import { persist, persistEntry } from '../firing/persist.ts';
import type { Waiting } from '../firing/queue-body.ts';
import type { Matching } from './advance.ts';
import type { CompiledJoin } from './compile.ts';
import { encodeHead, headKey, type Known, type Mark, type Payloads, payloadKey } from './head.ts';

/** A trigger that joins, under one key: what it remembers, and which revision of that the bus has. */
export interface Head extends Known {
  readonly trigger: CompiledTrigger;
  readonly join: CompiledJoin;
  readonly key: string;
  matching: Matching;
  readonly marks: Map<string, Mark>;
  readonly pending: Map<string, Waiting>;
  readonly replays: Set<string>;
  revision: number;
  payloads: Payloads;
}

/** Where it is saved, and how large an entry may be. */
export interface Stores {
  readonly store: StateStore;
  readonly maxMessageBytes: number;
}

/** More payloads than this are not written again and again, whatever fits. */
const mostInline = 512 * 1024;

interface SaverContext {
  readonly clock: Clock;
  readonly over: AbortSignal;
  fail(thrown: unknown): void;
}

/** Saves heads, each in one write at a time: what changes meanwhile is saved together by the next. */
export class Saver {
  readonly #specs: ReadonlyMap<string, string>;
  readonly #store: StateStore;
  readonly #context: SaverContext;
  /** Heads that changed since they were last written, with what goes on once that is saved. */
  readonly #dirty = new Map<Head, (() => void)[]>();
  readonly #busy = new Set<Head>();
  /** Bytes of payloads in an entry. */
  readonly #room: number;
  readonly #late = new Set<Head>();

  constructor(sensor: CompiledSensor, { store, maxMessageBytes }: Stores, context: SaverContext) {
    this.#specs = new Map(sensor.dependencies.map(({ name, fingerprint }) => [name, fingerprint]));
    this.#store = store;
    this.#room = Math.min(mostInline, maxMessageBytes / 2);
    this.#context = context;
  }

  /** True if nothing is being saved, and nothing has to be. */
  get quiet(): boolean {
    return this.#busy.size === 0 && this.#late.size === 0;
  }

  isBusyWith(head: Head): boolean {
    return this.#busy.has(head) || this.#late.has(head);
  }

  /** Saves it with the next write, and then goes on. */
  soon(head: Head, after?: () => void): void {
    this.#late.delete(head);
    const waiting = this.#dirty.get(head) ?? [];
    this.#dirty.set(head, waiting);
    if (after) waiting.push(after);
    if (!this.#busy.has(head)) this.#begin(head);
  }

  /** Saves it at the next tick: nobody waits for it. */
  late(head: Head): void {
    this.#late.add(head);
  }

  tick(): void {
    for (const head of this.#late) this.soon(head);
  }

  /** Removes what the bus has of it, unless it changes meanwhile, here or by a successor. */
  remove(head: Head, removed: () => void): void {
    this.#busy.add(head);
    persist(() => this.#store.purge(headKey(head.trigger.name, head.key), head.revision), this.#context).then(() => {
      this.#busy.delete(head);
      head.revision = 0;
      if (this.#dirty.has(head)) this.#begin(head);
      else removed();
    }, this.#context.fail);
  }

  #begin(head: Head): void {
    this.#busy.add(head);
    this.#save(head).catch(this.#context.fail);
  }

  async #save(head: Head): Promise<void> {
    const { name } = head.trigger;
    while (this.#dirty.has(head)) {
      // What is folded in by the same batch of events is saved with it.
      await Promise.resolve();
      const after = this.#dirty.get(head)!;
      this.#dirty.delete(head);
      const { body, payloads } = encodeHead(head, head.join.fingerprint, this.#specs, this.#room, head.payloads);
      const [before, now] = [new Set(head.payloads.values()), new Set(payloads.values())];
      const entries = [...payloads].filter(([, id]) => !before.has(id));
      await Promise.all(entries.map(([{ bytes }, id]) => this.#write(payloadKey(name, id), bytes, 0)));
      head.revision = await this.#write(headKey(name, head.key), body, head.revision);
      for (const go of after) go();
      head.payloads = payloads;
      // What is left behind by a crash here is removed by a later shift.
      for (const id of before) if (!now.has(id)) void persist(() => this.#store.purge(payloadKey(name, id)), this.#context);
    }
    this.#busy.delete(head);
  }

  #write(key: string, value: Uint8Array, revision: number): Promise<number> {
    return persistEntry(this.#store, { key, value, revision }, this.#context);
  }
}
