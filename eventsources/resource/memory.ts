/**
 * What a resource source remembers: every object that passes its filters, or once did, with the version that was last dealt with.
 *
 * The whole of it is in the bus's key-value store, an entry for each object. This process holds versions and names of all, and the
 * objects themselves only as far as `Bodies` has room. Writes are compare-and-set on the entry's revision: a process that has lost
 * its lease without noticing meets CONFLICT_STATE, and must begin again from the store.
 */
import type { StateEntry, StateStore } from '../../eventbus/bus.ts';
import { ownText } from '../../src/core/json/own-text.ts';
import type { EventSourceContext } from '../event-source.ts';
import { Bodies } from './bodies.ts';
import { decodeEntry, type Entry, encodeEntry } from './entry.ts';

export interface Known extends Entry {
  readonly revision: number;
  /** Whether the store has the object itself; it has not when it was too large. */
  readonly hasText: boolean;
}

/** Characters of objects that are held in the process. */
const room = 16 * 1024 * 1024;

export class Memory {
  /** The latest text of objects seen by this process, also of those that do not pass. */
  readonly bodies = new Bodies(room);
  readonly #known = new Map<string, Known>();
  /** Namespaces and names of streams, which many objects share. */
  readonly #shared = new Map<string, string>();
  readonly #store: StateStore;
  readonly #patiently: EventSourceContext['patiently'];
  readonly #largest: number;

  constructor(store: StateStore, { patiently, bus }: Pick<EventSourceContext, 'patiently' | 'bus'>) {
    this.#store = store;
    this.#patiently = patiently;
    this.#largest = bus.maxMessageBytes - 1024;
  }

  /** Takes up what the store has under this object's id. */
  load(id: string, { value, revision }: StateEntry): void {
    const { entry, hasText } = decodeEntry(value);
    this.#keep(ownText(id), entry, revision, hasText);
  }

  /** Field by field, in one shape and with texts of its own: this is what each object costs for as long as it is there. */
  #keep(id: string, entry: Entry, revision: number, hasText: boolean): void {
    const { passes, sequence } = entry;
    const resourceVersion = ownText(entry.resourceVersion);
    const said = entry.said === entry.resourceVersion ? resourceVersion : ownText(entry.said);
    const [namespace, stream] = [this.#share(entry.namespace), this.#share(entry.stream)];
    const name = ownText(entry.name);
    this.#known.set(id, { resourceVersion, passes, said, namespace, name, sequence, stream, revision, hasText });
  }

  #share(text: string): string {
    const shared = this.#shared.get(text) ?? ownText(text);
    this.#shared.set(shared, shared);
    return shared;
  }

  get size(): number {
    return this.#known.size;
  }

  get(id: string): Known | undefined {
    return this.#known.get(id);
  }

  all(): IterableIterator<[string, Known]> {
    return this.#known.entries();
  }

  /**
   * The object as it was last: as remembered, or where it does not pass, as this process last saw it. Undefined when nobody has it:
   * it was too large to keep, or the process is new.
   */
  async textOf(id: string): Promise<string | undefined> {
    const known = this.#known.get(id);
    const held = this.bodies.get(id);
    if (!known?.passes || held?.resourceVersion === known.resourceVersion) return held?.text;
    if (!known.hasText) return undefined;
    const stored = await this.#patiently(() => this.#store.get(id));
    if (!stored) return undefined;
    const { entry, text } = decodeEntry(stored.value);
    return entry.resourceVersion === known.resourceVersion ? text() : undefined;
  }

  /** Resolves when the store has it. */
  async remember(id: string, entry: Entry, text: string | undefined): Promise<void> {
    let value = encodeEntry(entry, text);
    const hasText = text !== undefined && value.length <= this.#largest;
    if (!hasText) value = encodeEntry(entry, undefined);
    const revision = await this.#patiently(() => this.#store.set(id, value, this.#known.get(id)?.revision ?? 0));
    this.#keep(id, entry, revision, hasText);
    if (text !== undefined) this.bodies.set(id, { resourceVersion: entry.resourceVersion, text });
  }

  /** Resolves when the store has let go of it. */
  async forget(id: string): Promise<void> {
    await this.#patiently(() => this.#store.purge(id));
    this.#known.delete(id);
  }
}
