import { EngineError } from '../src/core/errors/engine-error.ts';
import type { Event } from '../src/core/event/event.ts';

/**
 * The contract between event sources, sensors and whatever carries events between them.
 *
 * Drivers keep it alike (`test/contracts/bus.ts`): what `publish` answered for is stored and is delivered to every subscription
 * until it is acknowledged; the same event id is stored once; state is changed by compare-and-set. Being away is a normal
 * state: calls wait or reject with an error whose `retry` says so, and nothing ends by itself.
 */
export interface EventBus extends AsyncDisposable {
  /** "nats://127.0.0.1:4222, stream default", for messages. */
  readonly describe: string;
  /** True while the bus can be reached. */
  readonly connected: boolean;
  /** The largest message, in bytes, headers included. */
  readonly maxMessageBytes: number;

  /**
   * Stores an event. Resolves when the bus has it; `duplicate` says that it had it before.
   * Rejects with UNREACHABLE_BUS, REMOTE_BUS_FULL, EVENT_TOO_LARGE or REMOTE_BUS_NAME. Many may be in flight at once.
   */
  publish(event: Event, options?: { signal?: AbortSignal }): Promise<Stored>;

  /**
   * Takes events from the bus until the signal aborts. Reconnects by itself. What was handed out may still be acknowledged after
   * that; what was not is given back. See Subscription.
   */
  subscribe(subscription: Subscription, signal: AbortSignal): AsyncIterable<Delivery[]>;

  /**
   * Reads what one listener has published after a sequence (all of them, where no origin is named), oldest first, and ends at the
   * stream's end as it was at the call. What is no event is left out.
   */
  replay(
    origin: { source: string; subject: string } | undefined,
    afterSequence: number,
    signal: AbortSignal,
  ): AsyncIterable<{ event: Event; sequence: number; storedAt: number }>;

  /** The sequence of what was stored last; 0 where nothing ever was. */
  lastSequence(): Promise<number>;

  /** When the stream was made: sequences of another stream say nothing about this one. */
  streamCreated(): Promise<string>;

  /** Opens a key-value store, made when first used. Any name is fine. */
  state(name: string): Promise<StateStore>;
  /** Opens a durable queue of firings that wait. */
  queue(name: string): Promise<Queue>;
  /** Opens the dead-letter store: the same as a queue, kept for 14 days. One for the whole bus. */
  parked(): Promise<Queue>;
  /** Waits until this process is the owner. Rejects only when the signal aborts. */
  lease(name: string, signal: AbortSignal): Promise<Lease>;
  /** Asks whoever works a queue of this name to look into it again. Nobody may be there, and the call may get lost. */
  nudge(name: string): Promise<void>;
  /** Calls back at every nudge, until the signal aborts. */
  onNudge(name: string, callback: () => void, signal: AbortSignal): void;
  /** Drops a subscription's durable, and what else was kept under a name. For a rule that is gone for good. */
  forget(name: string): Promise<void>;
  /** What Argo's own sensors keep on these servers; undefined where none can be. */
  readonly argo?: ArgoSide;
}

export interface Stored {
  readonly sequence: number;
  readonly duplicate: boolean;
}

export interface Subscription {
  /** Durable: a later subscription with the same name goes on where this one stopped. */
  readonly name: string;
  /** What it takes; may change from one call to the next without losing its place. */
  readonly origins: readonly { readonly source: string; readonly subject: string }[];
  /** Where a durable that does not exist yet begins; left out: with what comes after its creation. */
  readonly since?: Date;
  /** The same as a sequence, which wins. */
  readonly from?: number;
  /** Since when nobody else has said that it works what the subscription takes, by the monotonic clock: what was left behind comes so much earlier. */
  readonly quietSince?: number | undefined;
  /**
   * Several processes take from it at once, each event goes to one of them, and all say so. Then what one of them left behind comes to
   * another as soon as its time has run out, among what is newer.
   */
  readonly shared?: boolean | undefined;
  /** No more than this many deliveries are handed out without ack. */
  readonly maxInFlight: number;
  /** Milliseconds that an `ack` may wait for others, to be sent with them. What is written to the bus after it comes after it all the same. */
  readonly acksWithin?: number | undefined;
  /** Called once the durable is there: nothing that is published from then on is missed. */
  readonly opened?: () => void;
}

/**
 * An event handed out. `ack` ends it; what is neither ended nor kept alive with `working` comes again after 2 s. What a process that
 * ended left behind comes before anything newer, in its order, where the subscription is not shared.
 */
export interface Delivery {
  /** Undefined when the message is no CloudEvent; `problem` says why, and only `ack` makes sense. */
  readonly event: Event | undefined;
  readonly problem: string | undefined;
  /** Where it came from, also when the event cannot be read. */
  readonly subject: string;
  readonly sequence: number;
  /** 1 for the first delivery. */
  readonly attempt: number;
  /** When the bus stored it, in milliseconds since 1970. */
  readonly storedAt: number;
  /** Done with it. Harmless when called twice. */
  ack(): void;
  /** Still busy: no redelivery for another while. */
  working(): void;
}

/** A key-value store whose writes are compare-and-set, so that a late owner cannot overwrite its successor's. Any key is fine. */
export interface StateStore {
  get(key: string): Promise<StateEntry | undefined>;
  /** Every entry whose key starts with `prefix`. */
  entries(prefix?: string): AsyncIterable<StateEntry>;
  /**
   * Writes if the entry still has this revision (0: if it does not exist); resolves with the new revision.
   * Rejects with CONFLICT_STATE otherwise.
   */
  set(key: string, value: Uint8Array, revision: number): Promise<number>;
  /** Removes without a trace, with a revision only what was written up to it. Harmless when it is not there. */
  purge(key: string, revision?: number): Promise<void>;
}

export interface StateEntry {
  readonly key: string;
  readonly value: Uint8Array;
  readonly revision: number;
  /** When the bus stored it: milliseconds since 1970. */
  readonly storedAt: number;
}

/**
 * A durable list in order of arrival. Its owner keeps the order in mind and decides what is tried when; the bus only remembers.
 * (There is one owner, by lease, so no consumer and no redelivery is needed: an entry waits until it is removed.) Others may put something
 * into it, and `nudge` the owner.
 */
export interface Queue {
  /**
   * Appends. The same id within the list is kept once: the answer is then the first one's sequence, with `duplicate`. Rejects with
   * REMOTE_BUS_FULL when it is not there and has no room.
   */
  put(body: Uint8Array, options: { id: string; key?: string }): Promise<Stored>;
  /** Everything that waits, or what was put there after a sequence: oldest first, without bodies. */
  entries(after?: number): AsyncIterable<QueueEntry>;
  read(sequence: number): Promise<Uint8Array | undefined>;
  /** Harmless when it is not there. */
  remove(sequence: number): Promise<void>;
}

export interface QueueEntry {
  readonly sequence: number;
  readonly id: string;
  /** The order key, where the firing has one. */
  readonly key: string | undefined;
  readonly storedAt: number;
}

export interface Lease {
  /** Aborts when the lease is lost (at the latest when another process could have taken it). */
  readonly lost: AbortSignal;
  /** When another process may take it if it is not renewed before, by the monotonic clock: `lost` comes late where the process has hung. */
  readonly until: number;
  /** Since when the owner before has given no sign of life, by the monotonic clock; left out where that is not known. */
  readonly quietSince?: number;
  /** Gives it back, so that a successor takes over at once. */
  release(): Promise<void>;
}

/** How far a durable has come. */
export interface Position {
  /** Everything up to this sequence is acknowledged … */
  readonly upTo: number;
  /** … but for these. */
  readonly except: readonly number[];
}

/** What Argo's sensors keep on the servers of a bus: durables that stand where they stopped, and buckets with the events that they hold. */
export interface ArgoSide {
  /** What our own durable of a subscription is called, for an origin. */
  durableOf(subscription: string, origin: { source: string; subject: string }): string;
  hasDurable(durable: string): Promise<boolean>;
  /** True if it has acknowledged all that it takes up to a sequence. */
  isPast(durable: string, sequence: number): Promise<boolean>;
  /**
   * Where durables stand, those that exist. Waits for as long as somebody takes messages from them (`busy` is told of each), and until
   * what was handed out and not acknowledged could be counted. Nothing is acknowledged by this.
   */
  positions(durables: readonly string[], signal: AbortSignal, busy?: (durable: string) => void): Promise<ReadonlyMap<string, Position>>;
  /** Makes a durable as Argo does, to begin with what comes; harmless when it is there. */
  makeDurable(durable: string, origin: { source: string; subject: string }): Promise<void>;
  /** Acknowledges for a durable what a position says is done; what is not comes to its next owner at once. */
  advance(durable: string, position: Position, signal: AbortSignal): Promise<void>;
  /** What a bucket holds. Nothing when it is not there. */
  held(bucket: string): Promise<HeldByArgo>;
  /** Writes a held event, or removes it. The bucket is made where there is none and an event is to be held. */
  hold(bucket: string, key: string, held: HeldEvent | undefined): Promise<void>;
}

export interface HeldByArgo {
  /** By key `<trigger>/<dependency>`. */
  readonly events: ReadonlyMap<string, HeldEvent>;
  /** The text of the conditions under which a trigger holds them. */
  readonly conditions: ReadonlyMap<string, string>;
}

/** An event as its trigger will see it, with its place in the stream. */
export interface HeldEvent {
  readonly event: Event;
  readonly sequence: number;
  readonly storedAt: number;
}

/** Whether a bus says that it has no room for what was to be written: then nothing was. */
export const isFull = (thrown: unknown): boolean => thrown instanceof EngineError && thrown.code === 'REMOTE_BUS_FULL';
