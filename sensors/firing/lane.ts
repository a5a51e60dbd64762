import type { QueueEntry } from '../../eventbus/bus.ts';
import { EngineError } from '../../src/core/errors/engine-error.ts';
import type { Json } from '../../src/core/json/json.ts';
import type { CompiledTrigger } from '../compiled.ts';
import type { Outcome } from '../triggers/trigger.ts';
import { afterFailure } from './after-failure.ts';
import { Fifo } from './fifo.ts';
import { giveUp } from './give-up.ts';
import type { Hold } from './hold.ts';
import type { LaneContext } from './lane-context.ts';
import { Order } from './order.ts';
import { Pace } from './pace.ts';
import { Probes } from './probes.ts';
import type { Waiting } from './queue-body.ts';
import { Report } from './report.ts';
import { type Around, type Turn, takeTurn } from './turn.ts';
import { Work } from './work.ts';

/** Attempts of one trigger that are in flight at once. */
const attemptsAtOnce = 64;
/** An attempt that takes longer is queued while it runs, and a trigger that has settled nothing for so long spills, in milliseconds. */
const patience = 1_000;
/** A trigger whose attempts take longer is slow: it may not hold back the events of its neighbours. */
const slow = 100;
/** So does one of which a firing has waited so long for those before it with its key, in milliseconds. */
const longWait = 5_000;

/**
 * The firings of one trigger, from decided to settled (done, handed to the dlqTrigger, or parked).
 *
 * A firing starts at once if nothing with its order key is before it and a slot is free. When its attempt fails it goes to the
 * durable queue and is tried again from there, those behind it with the same key line up in the queue too. What waits only for a
 * slot keeps the gate closed, so that no more events are taken, until the trigger "spills" its waiting firings into the queue.
 *
 * Where somebody else works the queue, what is put there is his: it is done here or there, and never in both places.
 */
export class Lane {
  readonly trigger: CompiledTrigger;
  readonly #context: LaneContext;
  readonly #report: Report;
  readonly #order = new Order();
  #ready = new Fifo<Work>();
  /** In the order in which they started. */
  readonly #running = new Set<Work>();
  readonly #pausing = new Set<Work>();
  readonly #probes: Probes;
  readonly #pace: Pace | undefined;
  readonly #around: Around;
  #ending = 0;
  /** A firing is being made ready, or done at once. */
  #isInTurn = false;
  #spilling = false;
  #stopped = true;
  #lastSettled = 0;

  constructor(trigger: CompiledTrigger, context: LaneContext) {
    this.trigger = trigger;
    this.#context = context;
    this.#report = new Report(trigger, context);
    const opened = () => this.#pump();
    this.#probes = new Probes({ clock: context.clock, report: this.#report, away: () => this.spill(), opened });
    const reservation = context.reservations.get(trigger.name);
    if (trigger.spacing !== undefined && reservation) this.#pace = new Pace(trigger.spacing, context.store, reservation, context, opened);
    this.#around = { context, party: context.turns.party(), pace: this.#pace, signals: context.signals(trigger.attemptLimit) };
  }

  /** True if it could take more at once. */
  get idle(): boolean {
    return this.#running.size === 0 && this.#ready.length === 0;
  }

  /** True if nothing is being done or written. */
  get quiet(): boolean {
    return this.#running.size === 0 && this.#ending === 0;
  }

  /** A firing that was just decided. Its delivery is held until the outcome is safe. */
  arrive(waiting: Waiting, hold: Hold): void {
    const { backlog } = this.#context;
    const { id, orderKey } = waiting.firing;
    const known = backlog.find(id);
    if (known || (hold.redelivered && backlog.hasLeft(id))) {
      this.#order.pass(orderKey, hold);
      if (known?.place === 'storing') {
        hold.retain();
        known.holds = [...known.holds, hold];
      }
      return;
    }
    hold.retain();
    const line = this.#order.line(orderKey);
    const work = Work.decided(waiting, line, hold);
    hold.works.push(work);
    if (this.#order.join(work, hold)) this.#makeReady(work);
    else if (work.redelivered || line!.works.at(-2)!.place !== 'delivery') void backlog.keepLine(line!);
  }

  /** A firing that waits in the queue since before this shift. */
  resume(entry: QueueEntry, orderKey: string | undefined): void {
    const line = this.#order.line(orderKey);
    const work = Work.queued(entry, line);
    this.#context.backlog.adopt(work);
    if (this.#order.join(work)) this.#ready.push(work);
  }

  /** A firing that somebody has put into the queue meanwhile. */
  adopt(entry: QueueEntry, orderKey: string | undefined): void {
    this.resume(entry, orderKey);
    this.#pump();
  }

  /** Attempts begin. */
  open(): void {
    this.#stopped = false;
    this.#spilling = this.#ready.length > 0;
    this.#pump();
  }

  /** No further attempt begins; those in flight go on. */
  stop(): void {
    this.#stopped = true;
    this.#probes.stop();
    this.#pace?.stop();
    for (const work of this.#pausing) work.cancel?.();
  }

  /** Looks after what takes long. Call it ten times a second while something is in work. */
  tick(now: number): void {
    for (const work of this.#running) {
      if (work.signal?.aborted)
        this.#failed(work, new EngineError('UNREACHABLE_TARGET', { limit: `${this.trigger.attemptLimit / 1000} s` }), undefined);
      else if (now - work.startedAt < patience) break;
      // What is being done here must not be begun by whoever works the queue.
      else if (!this.#context.handOver) this.#keep(work);
    }
    if (this.#running.size > 0 && now - this.#lastSettled >= patience) this.spill();
  }

  /** True if its attempts take so long, or lines are so long, that its neighbours should not wait for it. */
  isSlow(now: number): boolean {
    const [oldest] = this.#running;
    const takesLong = oldest ? now - oldest.startedAt >= slow : this.#probes.away;
    return takesLong || this.#hasLongLine();
  }

  #hasLongLine(): boolean {
    const before = this.#context.clock.now() - longWait;
    for (const { works } of this.#order.queues()) {
      const next = works[1]!;
      if (next.place === 'delivery' && next.waiting!.decidedAt < before) return true;
    }
    return false;
  }

  /** Puts into the queue what waits, and what comes while the queue has a backlog. */
  spill(): void {
    this.#spilling = true;
    if (this.#context.handOver) {
      this.#handOverAll();
      return;
    }
    for (const work of this.#ready) if (work.place === 'delivery') this.#keep(work);
    for (const line of this.#order.queues()) void this.#context.backlog.keepLine(line);
  }

  /** All that waits for a slot, but for what the queue cannot take. */
  #handOverAll(): void {
    const all = [...this.#ready];
    this.#ready = new Fifo();
    for (const work of all) {
      if (work.unstorable) this.#ready.push(work);
      else void this.#handOver(work, 0, () => this.#awaitSlot(work));
    }
  }

  /** It is somebody else's from when it is in the queue. What turns out not to be there stays here, and goes on with `otherwise`. */
  async #handOver(work: Work, pause: number, otherwise: () => void): Promise<void> {
    work.pause = this.#probes.away ? 0 : pause;
    await this.#context.backlog.keep(work);
    if (work.place !== 'queue') otherwise();
  }

  #keep(work: Work): void {
    void this.#context.backlog.keepInOrder(work);
  }

  /** Nothing is before it any more. What may have been done already is first looked up in the queue, by being put there. */
  #makeReady(work: Work): void {
    work.state = 'waiting';
    const isToBeLookedUp = work.redelivered && work.place !== 'queue' && !work.unstorable && !work.isLookedUp;
    if (!isToBeLookedUp) this.#awaitSlot(work);
    else if (this.#context.handOver) void this.#handOver(work, 0, () => this.#awaitSlot(work));
    else void this.#context.backlog.keep(work).then(() => this.#awaitSlot(work));
  }

  #awaitSlot(work: Work): void {
    const isNew = work.place === 'delivery' && work.attempts === 0;
    if (isNew && this.#probes.away && !this.#pace && !this.#stopped && this.#running.size < attemptsAtOnce) {
      this.#start(work);
      return;
    }
    this.#ready.push(work);
    this.#pump();
    if (work.state !== 'waiting' || work.place !== 'delivery' || work.stored) return;
    this.#context.gate.enter(work);
    if (!this.#spilling && !this.#probes.away) return;
    if (this.#context.handOver) this.#handOverAll();
    else this.#keep(work);
  }

  #pump(): void {
    if (this.#stopped) return;
    while (this.#ready.length > 0 && this.#running.size < attemptsAtOnce) {
      if (!this.#probes.mayTry(this.#running.size)) return;
      if (this.#pace && !this.#pace.take()) {
        if (!this.#spilling) this.spill();
        return;
      }
      this.#start(this.#ready.shift()!);
    }
    if (this.#ready.length === 0) this.#spilling = false;
  }

  #start(work: Work): void {
    const { clock, gate, pulse } = this.#context;
    gate.leave(work);
    work.state = 'running';
    work.attempts += 1;
    work.startedAt = clock.monotonic();
    work.firstAt ??= work.startedAt;
    work.signal = undefined;
    if (this.#running.size === 0) this.#lastSettled = work.startedAt;
    pulse();
    if (!this.#isInTurn) {
      this.#run(work);
      return;
    }
    // The next one begins when this one is over: calls would pile up where one after another is done at once.
    this.#running.add(work);
    queueMicrotask(() => this.#run(work));
  }

  #run(work: Work): void {
    this.#isInTurn = true;
    try {
      const turn = takeTurn(work, this.trigger, this.#around);
      if (turn instanceof Promise) {
        this.#running.add(work);
        turn.then((late) => this.#took(work, late)).catch(this.#context.fail);
      } else this.#took(work, turn);
    } catch (thrown) {
      this.#context.fail(thrown);
    }
    this.#isInTurn = false;
  }

  #took(work: Work, turn: Turn | undefined): void {
    if (turn?.kind === 'done') this.#done(work, turn.outcome);
    else if (turn?.kind === 'failed') this.#failed(work, turn.error, turn.rendered);
    else if (turn?.kind === 'gone') this.#gone(work);
    else if (turn?.kind === 'early') this.#early(work, turn.wait);
  }

  #done(work: Work, outcome: Outcome): void {
    this.#running.delete(work);
    this.#probes.answered();
    this.#report.done(work, outcome);
    this.#end(work);
    this.#pump();
  }

  #gone(work: Work): void {
    this.#running.delete(work);
    this.#end(work);
    this.#pump();
  }

  #early(work: Work, wait: number): void {
    this.#running.delete(work);
    work.attempts -= 1;
    this.#pause(work, wait);
    this.#pump();
  }

  #failed(work: Work, error: EngineError, rendered: Json | undefined): void {
    this.#running.delete(work);
    const next = afterFailure(error, this.trigger, { attempts: work.tried, atOnce: work.atOnce, age: this.#ageOf(work) });
    // What is given up is told as parked or handed over, with the same reason.
    this.#report.failed(work, error, this.#probes.failed(error) || next.kind === 'give up');
    if (next.kind === 'give up') {
      this.#end(work, error, rendered);
    } else if (next.kind === 'at once' && !this.#stopped && !this.#pace) {
      work.atOnce += 1;
      this.#start(work);
    } else {
      const wait = next.kind === 'later' ? next.wait : 0;
      work.state = 'pausing';
      if (this.#context.handOver) void this.#handOver(work, wait, () => this.#pause(work, wait));
      else {
        this.#keep(work);
        this.#pause(work, wait);
      }
    }
    this.#pump();
  }

  /** Since it was decided; where it may wait for long before its first attempt, since that. */
  #ageOf({ waiting, firstAt }: Work): number {
    const { clock } = this.#context;
    return this.#pace ? clock.monotonic() - firstAt! : clock.now() - (waiting?.decidedAt ?? clock.now());
  }

  /** While the target is away, the probes set the pace, and not each firing for itself; unless its attempts are counted. */
  #pause(work: Work, wait: number): void {
    if (this.#probes.away && this.trigger.retry.attempts === undefined) {
      this.#makeReady(work);
      return;
    }
    work.state = 'pausing';
    this.#pausing.add(work);
    if (this.#stopped) return;
    work.cancel = this.#context.clock.after(wait, () => {
      this.#pausing.delete(work);
      this.#makeReady(work);
    });
  }

  /** Its outcome is known. The key is free, and the event acknowledged, once that is written. */
  #end(work: Work, error?: EngineError, rendered?: Json): void {
    work.state = 'ending';
    if (!error && work.place === 'delivery') {
      this.#free(work);
    } else {
      this.#ending += 1;
      void this.#write(work, error, rendered).catch(this.#context.fail);
    }
  }

  async #write(work: Work, error: EngineError | undefined, rendered: Json | undefined): Promise<void> {
    if (error) await giveUp(work, { error, rendered }, this.trigger, this.#report, this.#context);
    await this.#context.backlog.remove(work);
    this.#ending -= 1;
    this.#free(work);
  }

  #free(work: Work): void {
    this.#lastSettled = this.#context.clock.monotonic();
    for (const hold of work.holds) hold.release();
    const next = this.#order.leave(work);
    if (next) this.#makeReady(next);
    else this.#pump();
  }
}
