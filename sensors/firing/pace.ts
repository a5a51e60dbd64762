import type { StateStore } from '../../eventbus/bus.ts';
import type { Clock } from '../../src/core/time/clock.ts';
import type { CompiledTrigger } from '../compiled.ts';
import { withDlqs } from './dlq.ts';
import { persistEntry } from './persist.ts';

/** Reservations reach so many milliseconds beyond what is needed, so that close starts do not each wait for the bus. */
const ahead = 1_000;
/** An attempt is made ready so many milliseconds before it may start. */
const lead = 20;
/** Starts that are closer than timers can tell, in milliseconds, come in handfuls of as much, and so many are made ready at once. */
const grain = 5;
const handful = 16;

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
  const until = entry ? Number(Buffer.from(entry.value).toString('utf8')) || 0 : 0;
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
  readonly #isFine: boolean;
  readonly #store: StateStore;
  readonly #context: PaceContext;
  readonly #opened: () => void;
  #reservation: Reservation;
  #reserving: Promise<void> | undefined;
  #ahead = ahead;
  /** The next start, and where the reservation ends, by the monotonic clock. */
  #next: number;
  #reserved: number;
  #taken = 0;
  #timer: (() => void) | undefined;

  /** `opened` is told when it is worth asking again. */
  constructor(spacing: number, store: StateStore, reservation: Reservation, context: PaceContext, opened: () => void) {
    this.#spacing = spacing;
    this.#isFine = spacing < grain;
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
    if (this.#taken >= (this.#isFine ? handful : 1)) return false;
    const { clock } = this.#context;
    const wait = this.#next - lead - clock.monotonic();
    if (wait > 0) {
      this.#timer ??= clock.after(Math.ceil(wait), () => {
        this.#timer = undefined;
        this.#opened();
      });
      return false;
    }
    this.#taken += 1;
    return true;
  }

  /** The attempt starts when this resolves. */
  async begin(): Promise<void> {
    const { clock, over } = this.#context;
    let now = clock.monotonic();
    for (; !over.aborted; now = clock.monotonic()) {
      if (this.#next > now) await clock.sleep(Math.ceil(this.#next - now), over);
      else if (this.#reserved < now + this.#spacing) await this.#reserve(now);
      else break;
    }
    this.#next = (this.#isFine ? Math.max(this.#next, now - grain) : now) + this.#spacing;
  }

  free(): void {
    this.#taken -= 1;
    this.#opened();
  }

  stop(): void {
    this.#timer?.();
  }

  #reserve(from: number): Promise<void> {
    this.#reserving ??= this.#write(from);
    return this.#reserving;
  }

  async #write(from: number): Promise<void> {
    const { clock } = this.#context;
    const length = this.#spacing + this.#ahead;
    const until = Math.ceil(clock.now() + length);
    const value = Buffer.from(`${until}`, 'utf8');
    const revision = await persistEntry(this.#store, { ...this.#reservation, value }, this.#context);
    this.#reservation = { ...this.#reservation, until, revision };
    this.#reserved = from + length;
    this.#reserving = undefined;
    // What the bus took so long for is over already.
    if (clock.monotonic() > from + this.#ahead) this.#ahead *= 2;
  }
}
