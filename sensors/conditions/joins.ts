/**
 * What the joins of a sensor remember during a shift, in memory and on the bus.
 *
 * An event is folded in at once; it is acknowledged, and its firing begins, when that is saved. Saving is by compare-and-set, so that
 * a late owner cannot overwrite its successor's; many events that come while a save is under way are saved together by the next.
 *
 * The state has three parts: what is held, the firings that were decided and are not settled (they are begun again by the next shift),
 * and which events were taken (what comes again is not folded in twice). So a crash between any two steps changes nothing about
 * what fires; a firing that had begun may begin again, under the same id.
 */
import { EngineError } from '../../src/core/errors/engine-error.ts';
import type { Tell } from '../../src/core/telemetry/tell.ts';
import type { Clock } from '../../src/core/time/clock.ts';
import type { CompiledSensor, CompiledTrigger } from '../compiled.ts';
import { CountedHold, type Hold } from '../firing/hold.ts';
import type { Waiting } from '../firing/queue-body.ts';
import type { Firing } from '../triggers/trigger.ts';
import { type Held, type Matching, nothingHeld, storedBy, without } from './advance.ts';
import { Due } from './due.ts';
import { headKey, markAfter, wasTaken } from './head.ts';
import { InOrder } from './in-order.ts';
import { ResetTimes } from './reset-times.ts';
import { type Head, Saver, type Stores } from './saver.ts';
import type { StoredHead } from './stored-heads.ts';

export interface JoinsContext {
  readonly clock: Clock;
  readonly tell: Tell;
  /** Aborts when this process is no longer the owner. */
  readonly over: AbortSignal;
  /** Ends the shift. */
  fail(thrown: unknown): void;
  /** Asks for `tick`. */
  pulse(): void;
  /** Begins a firing; the hold is settled when its outcome is safe. */
  fire(waiting: Waiting, hold: Hold): void;
  /** Told when `full` is no longer so. */
  madeRoom(): void;
}

/** What an event did to a join. */
export interface Folded {
  readonly trigger: CompiledTrigger;
  readonly dependency: string;
  readonly key: string;
  readonly held: Held;
  readonly matching: Matching;
  readonly firing: Firing | undefined;
  /** The entry of the queue by which it is taken again, if it is. */
  readonly replay: string | undefined;
}

/** Firings under one key that are decided and not settled; then no further event is taken until there is room. */
const mostPending = 128;
/** Events that one join may hold under one key. */
const mostHeld = 1_000;
/** A key under which nothing is left is forgotten after so many milliseconds: by then what it took was acknowledged. */
const forgottenAfter = 10_000;
/** Timers are set anew at least so often, in milliseconds. */
const longest = 3_600_000;
/** A clock that is put back by more, in milliseconds, begins anew. */
const setBack = 60_000;

export class Joins {
  readonly #sensor: CompiledSensor;
  readonly #saver: Saver;
  readonly #context: JoinsContext;
  readonly #heads = new Map<string, Head>();
  readonly #order = new InOrder();
  /** When what is held under a key may be too old. */
  readonly #expiring = new Due<Head>();
  /** When a key under which nothing is left is needed no more. */
  readonly #idle = new Due<Head>();
  readonly #resets: ResetTimes;
  readonly #full = new Set<Head>();
  /** What the clock showed when it was last looked at. */
  #lookedAt = Number.NEGATIVE_INFINITY;
  #timerAt: number | undefined;
  #cancelTimer: (() => void) | undefined;

  constructor(sensor: CompiledSensor, stores: Stores, stored: readonly StoredHead[], context: JoinsContext) {
    this.#sensor = sensor;
    this.#context = context;
    this.#resets = new ResetTimes(sensor.triggers);
    this.#saver = new Saver(sensor, stores, context);
    for (const one of stored) {
      const head = this.#add(one.trigger, one.key, one);
      if (one.isChanged) this.#saver.late(head);
    }
  }

  /** True if nothing is being saved, and nothing has to be. */
  get quiet(): boolean {
    return this.#saver.quiet;
  }

  /** True while too many firings wait for their outcome: then no further event should be taken. */
  get full(): boolean {
    return this.#full.size > 0;
  }

  /** What a trigger holds under a key. */
  readonly holding = (trigger: string, key: string): Matching => this.#heads.get(headKey(trigger, key))?.matching ?? nothingHeld;

  /** Begins again what a predecessor had decided, forgets what is too old by now, and sets the clocks. `queued` are the entries of the queue. */
  resume(queued: ReadonlySet<string>): void {
    this.#context.pulse();
    for (const head of [...this.#heads.values()]) {
      for (const replay of head.replays) if (!queued.has(replay)) head.replays.delete(replay);
      for (const waiting of [...head.pending.values()]) this.#begin(head, waiting, true);
      this.#noteWaiting(head);
    }
    this.#onTime();
  }

  /** To be called before an event is decided on: timers know nothing of a clock that was set, or of a machine that slept. */
  keepTime(): void {
    const now = this.#context.clock.now();
    if (now >= (this.#timerAt ?? Number.POSITIVE_INFINITY) || now < this.#lookedAt - setBack) this.#onTime();
  }

  /**
   * Takes what an event did. Retains the hold until that is saved. Does nothing with an event that was taken before. Throws EVENT_LIMIT
   * when too much would be held.
   */
  take({ trigger, dependency, key, held, matching, firing, replay }: Folded, hold: Hold, decidedAt: number): void {
    const head = this.#heads.get(headKey(trigger.name, key)) ?? this.#add(trigger, key);
    if (replay !== undefined) hold.onSettled(() => this.#forgetReplay(head, replay));
    if (replay === undefined ? wasTaken(head.marks.get(dependency), held) : head.replays.has(replay)) return;
    if ((matching.get(dependency)?.length ?? 0) > mostHeld)
      throw new EngineError('EVENT_LIMIT', { limit: `${mostHeld} events`, what: `the join of trigger "${trigger.name}" holds too many` });
    head.matching = matching;
    if (replay === undefined) head.marks.set(dependency, markAfter(head.marks.get(dependency), held));
    else head.replays.add(replay);
    hold.retain();
    const waiting = firing && { firing, decidedAt, storedAt: held.storedAt, attempts: 0 };
    if (waiting) head.pending.set(waiting.firing.id, waiting);
    else this.#noteWaiting(head);
    const go = this.#order.next(trigger, () => {
      if (waiting) this.#begin(head, waiting, false);
      hold.release();
    });
    this.#saver.soon(head, go);
    if (head.pending.size >= mostPending) this.#full.add(head);
  }

  /** Saves what nobody waits for. Call it ten times a second while not quiet. */
  tick(): void {
    this.#saver.tick();
  }

  end(): void {
    this.#cancelTimer?.();
  }

  #add(trigger: CompiledTrigger, key: string, stored?: StoredHead): Head {
    const head: Head = {
      trigger,
      join: trigger.join!,
      key,
      matching: stored?.known.matching ?? nothingHeld,
      marks: new Map(stored?.known.marks),
      pending: new Map(stored?.known.pending),
      replays: new Set(stored?.known.replays),
      revision: stored?.revision ?? 0,
      payloads: stored?.payloads ?? new Map(),
    };
    this.#heads.set(headKey(trigger.name, key), head);
    if (key !== '') this.#noteIdle(head);
    return head;
  }

  #begin(head: Head, waiting: Waiting, redelivered: boolean): void {
    const hold = new CountedHold(redelivered, (settled) => {
      head.pending.delete(waiting.firing.id);
      this.#saveLate(head);
      if (head.pending.size < mostPending / 2 && this.#full.delete(head) && !this.full) this.#context.madeRoom();
      settled.tellSettled();
    });
    this.#context.fire(waiting, hold);
    hold.release();
  }

  /** Its entry is gone from the queue, so it cannot come again. */
  #forgetReplay(head: Head, replay: string): void {
    head.replays.delete(replay);
    this.#saveLate(head);
  }

  /** It remembers less than before, and nobody waits for that to be saved. */
  #saveLate(head: Head): void {
    this.#saver.late(head);
    this.#context.pulse();
    this.#noteIdle(head);
  }

  #noteWaiting(head: Head): void {
    const { within } = head.join;
    if (within === undefined || head.matching.size === 0) return;
    this.#expiring.add(head, Math.min(...[...head.matching.values()].map((those) => those[0]!.storedAt)) + within);
    this.#setTimer();
  }

  #noteIdle(head: Head): void {
    if (head.key === '') return;
    this.#idle.add(head, this.#context.clock.now() + forgottenAfter);
    this.#setTimer();
  }

  /** What the passing of time asks for: resets, expiry, and keys that nobody needs. */
  #onTime(): void {
    const now = this.#context.clock.now();
    if (now < this.#lookedAt - setBack) this.#beginAnew(now);
    this.#lookedAt = now;
    for (const [trigger, last] of this.#resets.come(now))
      for (const head of this.#heads.values()) if (head.trigger === trigger) this.#forget(head, last, 'reset');
    for (const head of this.#expiring.take(now)) {
      this.#forget(head, now - head.join.within! + 1, 'expired');
      this.#noteWaiting(head);
    }
    for (const head of this.#idle.take(now)) this.#remove(head);
    this.#setTimer();
  }

  /** The clock was put back: what was stored under the wrong time counts as stored now, or no reset would reach it for hours. */
  #beginAnew(now: number): void {
    this.#resets.beginAnew();
    this.#expiring.take(Number.POSITIVE_INFINITY);
    for (const head of this.#idle.take(Number.POSITIVE_INFINITY)) this.#noteIdle(head);
    for (const head of this.#heads.values()) {
      if (head.matching.size === 0) continue;
      head.matching = storedBy(head.matching, now);
      this.#noteWaiting(head);
      this.#saver.soon(head);
    }
  }

  /** Sets it to what is due first; leaves it where it is when that is no earlier. */
  #setTimer(): void {
    const { clock } = this.#context;
    const now = clock.now();
    const next = Math.min(...[this.#resets.next, this.#expiring.next, this.#idle.next].filter((time) => time !== undefined));
    if (next === this.#timerAt) return;
    this.#cancelTimer?.();
    this.#timerAt = next;
    if (!Number.isFinite(next)) return;
    this.#cancelTimer = clock.after(Math.min(longest, Math.max(0, next - now)), () => {
      this.#timerAt = undefined;
      this.#onTime();
    });
  }

  /** Forgets what the bus stored before a time. */
  #forget(head: Head, storedBefore: number, because: 'reset' | 'expired'): void {
    const left = without(head.matching, storedBefore);
    if (left === head.matching) return;
    const { tell } = this.#context;
    const { trigger, key, join } = head;
    const held = [...head.matching].flatMap(([name, those]) => those.map(({ event }) => `${name}: ${event.id}`));
    const missing = join.missing((name) => head.matching.has(name));
    const fields = { sensor: this.#sensor.name, trigger: trigger.name, ...(key === '' ? {} : { key }), held, missing };
    if (because === 'reset') tell.joinReset(fields);
    else tell.joinExpired(fields);
    head.matching = left;
    this.#noteIdle(head);
    this.#saver.soon(head);
  }

  /** Under its key nothing is left. */
  #remove(head: Head): void {
    if (head.matching.size > 0 || head.pending.size > 0 || head.replays.size > 0) return;
    if (this.#saver.isBusyWith(head)) this.#noteIdle(head);
    else this.#saver.remove(head, () => this.#heads.delete(headKey(head.trigger.name, head.key)));
  }
}
