import type { StateStore } from '../../eventbus/bus.ts';
import type { Clock } from '../../src/core/time/clock.ts';
import type { CompiledTrigger } from '../compiled.ts';
import { withDlqs } from './dlq.ts';
import { persistEntry } from './persist.ts';

/** Reservations reach so many milliseconds beyond what is needed, so that close starts do not each wait for the bus. */
const ahead = 1_000;
/** Starts that are closer than timers can tell, in milliseconds, come in handfuls of as much. */
const grain = 5;

/** Until when starts of a trigger may have been made, as the bus knows it: its owner's word to its successor. */
export interface Reservation {
  readonly key: string;
  /** Milliseconds since 1970. */
  readonly until: number;
  readonly revision: number;
}

/** Those of the triggers that have a rate limit, by name. Rejects with what the bus says. */
export async function readReservations(triggers: readonly CompiledTrigger[], store: StateStore): Promise<ReadonlyMap<string, Reservation>> {
  const limited = withDlqs(triggers).filter(({ spacing }) => spacing !== undefined);
  return new Map(await Promise.all(limited.map(async ({ name }) => [name, await readReservation(store, name)] as const)));
}

async function readReservation(store: StateStore, trigger: string): Promise<Reservation> {
  const key = `pace/${encodeURIComponent(trigger)}`;
  const entry = await store.get(key);
  const until = entry ? Number(Buffer.from(entry.value).toString('utf8')) : 0;
  return { key, until, revision: entry?.revision ?? 0 };
}

interface PaceContext {
  readonly clock: Clock;
  readonly over: AbortSignal;
}

/**
 * The rate limit of a trigger: its attempts start `spacing` milliseconds apart, without a burst after a pause.
 *
 * What an owner starts it has reserved on the bus before, and whoever comes after it waits until the reservation has run out. So the
 * spacing holds across crashes and owners, and a successor waits a second longer at the most. Between `take` and `free` an
 * attempt is being made ready, however long the bus takes for that, and no other begins; so nothing piles up there and starts at once.
 */
export class Pace {
  readonly #spacing: number;
  readonly #store: StateStore;
  readonly #context: PaceContext;
  readonly #opened: () => void;
  #reservation: Reservation;
  /** The next start, and where the reservation ends, by the monotonic clock. */
  #next: number;
  #reserved: number;
  #taken = false;
  #timer: (() => void) | undefined;

  /** `opened` is told when it is worth asking again. */
  constructor(spacing: number, store: StateStore, reservation: Reservation, context: PaceContext, opened: () => void) {
    this.#spacing = spacing;
    this.#store = store;
    this.#reservation = reservation;
    this.#context = context;
    this.#opened = opened;
    const { clock } = context;
    // Another clock, or another limit when that was written, must not keep it waiting for longer than this limit can ask.
    const left = Math.min(reservation.until - clock.now(), spacing + ahead);
    this.#next = clock.monotonic() + Math.max(0, left);
    this.#reserved = clock.monotonic() + left;
  }

  /** True if an attempt may be made ready now, which must then be done: `begin`, and `free` in any case. */
  take(): boolean {
    if (this.#taken) return false;
    const { clock } = this.#context;
    const wait = this.#next - clock.monotonic();
    if (wait > 0) {
      this.#timer ??= clock.after(Math.ceil(wait), () => {
        this.#timer = undefined;
        this.#opened();
      });
      return false;
    }
    this.#taken = true;
    return true;
  }

  /** The attempt starts when this resolves. */
  async begin(): Promise<void> {
    const { clock } = this.#context;
    for (let slack = ahead; this.#reserved < clock.monotonic() + this.#spacing; slack *= 2) await this.#reserve(slack);
    const now = clock.monotonic();
    this.#next = (this.#spacing < grain ? Math.max(this.#next, now - grain) : now) + this.#spacing;
  }

  free(): void {
    this.#taken = false;
    this.#opened();
  }

  stop(): void {
    this.#timer?.();
  }

  async #reserve(slack: number): Promise<void> {
    const { clock } = this.#context;
    const reserved = clock.monotonic() + this.#spacing + slack;
    const until = Math.ceil(clock.now() + this.#spacing + slack);
    const value = Buffer.from(`${until}`, 'utf8');
    const revision = await persistEntry(this.#store, { ...this.#reservation, value }, this.#context);
    this.#reservation = { ...this.#reservation, until, revision };
    this.#reserved = reserved;
  }
}
