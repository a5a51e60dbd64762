/**
 * How far a resource source has come, beside its memory of the objects. One entry in the same store, written at most once a second.
 *
 * It answers two questions after a stop. From which place in the stream must be read what was published but not yet remembered
 * (`sequence`)? And which objects that we do not know are new, as opposed to: they were there, but did not pass (`isNew`, `hasMet`)?
 *
 * A position is in one of three phases. *first*: no list has been worked through yet, everything is new. *moved*: the rule now looks
 * at other objects than before, so that one that is missing has not been deleted. *settled*: the memory holds what there was.
 */
import type { StateEntry, StateStore } from '../../eventbus/bus.ts';
import { atMost } from '../../src/core/time/deadline.ts';
import type { EventSourceContext } from '../event-source.ts';

export const positionKey = 'position';

interface Saved {
  readonly phase: 'first' | 'moved' | 'settled';
  /** What is watched, and which of it passes, as texts: they are only compared. */
  readonly scope: string;
  readonly filter: string;
  /** When the source first started, in milliseconds since 1970. */
  readonly start: number;
  readonly stream: string;
  /** Every event up to this place in the stream is remembered. */
  readonly sequence: number;
  /** An unknown object made before this time was there already, by the API server's clock in milliseconds. */
  readonly horizon: number;
  /** Objects made since then that we have met although we do not remember them, because they did not pass. */
  readonly met: readonly string[];
  /** The stream was lost with what nobody had read: until a list is worked through, every object is to be sent again. */
  readonly again?: boolean;
}

/** API servers stamp an object some time before it can be seen: webhooks run in between. */
const slack = 30_000;
const mostMet = 1000;
const saveEvery = 1000;
const closeWithin = 500;

type Context = Pick<EventSourceContext, 'patiently' | 'clock'>;

/** A change that is being worked on: the place in the stream that was known when it began, and when its object was made, if it may be new. */
interface Open {
  readonly sequence: number;
  readonly made: number | undefined;
}

export class Position {
  readonly #store: StateStore;
  readonly #context: Context;
  readonly #failed: (thrown: unknown) => void;
  readonly #open = new Set<Open>();
  /** Objects that this process has met and that do not pass, with the time when they were made. */
  readonly #met: Map<string, number>;
  #saved: Saved;
  #revision: number;
  #highest: number;
  #latest: number;
  #timer: (() => void) | undefined;
  #saving: Promise<void> = Promise.resolve();
  #isListing = false;

  constructor(
    store: StateStore,
    entry: StateEntry | undefined,
    now: { scope: string; filter: string; stream: string },
    context: Context,
    failed: (thrown: unknown) => void,
  ) {
    this.#store = store;
    this.#context = context;
    this.#failed = failed;
    this.#revision = entry?.revision ?? 0;
    const start = context.clock.now();
    const first: Saved = { ...now, phase: 'first', start, sequence: 0, horizon: 0, met: [] };
    const saved = entry ? (JSON.parse(Buffer.from(entry.value).toString()) as Saved) : first;
    this.#saved = {
      ...saved,
      ...(saved.scope === now.scope ? {} : { phase: 'moved' as const, scope: now.scope, start }),
      ...(saved.stream === now.stream ? {} : { stream: now.stream, sequence: 0, again: true }),
    };
    this.refiltered = saved.filter !== now.filter;
    this.#filter = now.filter;
    this.#highest = this.#saved.sequence;
    this.#latest = this.#saved.horizon + slack;
    this.#met = new Map(this.#saved.met.map((id) => [id, this.#saved.horizon]));
  }

  /** True when objects may pass now that did not before, or the other way round. */
  readonly refiltered: boolean;
  readonly #filter: string;

  get phase(): Saved['phase'] {
    return this.#saved.phase;
  }
  get start(): number {
    return this.#saved.start;
  }
  get stream(): string {
    return this.#saved.stream;
  }
  get sequence(): number {
    return this.#saved.sequence;
  }
  /** Whether every object is to be sent again. */
  get again(): boolean {
    return this.#saved.again ?? false;
  }

  /** Whether an object that is not remembered has been seen not to pass. */
  hasMet(id: string): boolean {
    return this.#met.has(id);
  }

  /** Whether an object that is neither remembered nor met, and stands in a list, is new. */
  isNew(made: number): boolean {
    return this.phase !== 'settled' || made >= this.#saved.horizon;
  }

  /** The object was seen not to pass, so that it will not be remembered. */
  meet(id: string, made: number): void {
    if (this.#met.has(id)) return;
    this.#met.set(id, made);
    this.#latest = Math.max(this.#latest, made);
    this.#saveSoon();
  }

  /** It passes now, or is gone. */
  unmeet(id: string): void {
    this.#met.delete(id);
  }

  /** A list is going to be worked through: until `settle`, a new object may wait behind one that was made later. */
  beginList(): void {
    this.#isListing = true;
  }

  /** A change begins to be worked on; to be ended with `end`. */
  begin(made?: number): Open {
    const open = { sequence: this.#highest, made };
    this.#open.add(open);
    return open;
  }

  stored(sequence: number): void {
    this.#highest = Math.max(this.#highest, sequence);
  }

  /** The change is published and remembered, whatever of both it needed. */
  end(open: Open): void {
    this.#open.delete(open);
    this.#latest = Math.max(this.#latest, open.made ?? 0);
    this.#saveSoon();
  }

  /** The list has been worked through; `present` are the ids in it. Resolves when that is saved. */
  async settle(present: ReadonlySet<string>): Promise<void> {
    this.#isListing = false;
    for (const id of this.#met.keys()) if (!present.has(id)) this.#met.delete(id);
    this.#saved = { ...this.#saved, phase: 'settled', filter: this.#filter, again: false };
    await this.save();
  }

  /** Saves where we are. Waits for the bus; rejects with CONFLICT_STATE when another process has written. */
  save(): Promise<void> {
    this.#timer?.();
    this.#timer = undefined;
    this.#saving = this.#saving.then(async () => {
      const value = this.#advance();
      this.#revision = await this.#context.patiently(() => this.#store.set(positionKey, value, this.#revision));
    });
    return this.#saving;
  }

  /** What the bus has lost of what this source relies on, if anything. */
  async lost(streamNow: string): Promise<string | undefined> {
    if (streamNow !== this.stream) return 'the stream of events';
    return (await this.#store.get(positionKey)) ? undefined : 'what the source remembers';
  }

  /** One try, for the end, that nobody waits for long: what is not saved is found out again. */
  async close(): Promise<void> {
    this.#timer?.();
    const saved = this.#saving.then(() => this.#store.set(positionKey, this.#advance(), this.#revision)).catch(() => {});
    await atMost(closeWithin, this.#context.clock, saved);
  }

  #saveSoon(): void {
    this.#timer ??= this.#context.clock.after(saveEvery, () => {
      this.#timer = undefined;
      this.save().catch(this.#failed);
    });
  }

  #advance(): Uint8Array {
    let sequence = this.#highest;
    let horizon = this.#latest;
    for (const open of this.#open) {
      sequence = Math.min(sequence, open.sequence);
      horizon = Math.min(horizon, open.made ?? horizon);
    }
    horizon -= slack;
    const met = [...this.#met].filter(([, made]) => made >= horizon).sort(([, a], [, b]) => b - a);
    if (met.length > mostMet) horizon = met[mostMet - 1]![1];
    if (this.phase === 'settled' && !this.#isListing) {
      this.#saved = { ...this.#saved, horizon, met: met.slice(0, mostMet).map(([id]) => id) };
    }
    this.#saved = { ...this.#saved, sequence };
    return Buffer.from(JSON.stringify(this.#saved));
  }
}
