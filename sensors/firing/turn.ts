import { fromUnknown } from '../../src/core/errors/from-unknown.ts';
import type { Party } from '../../src/core/time/turns.ts';
import type { CompiledTrigger } from '../compiled.ts';
import { attempt, type Result } from './attempt.ts';
import type { AttemptSignals } from './attempt-signals.ts';
import type { LaneContext } from './lane-context.ts';
import type { Pace } from './pace.ts';
import { dropDeadLetter } from './replays.ts';
import type { Work } from './work.ts';

/**
 * `gone`: it waits in the queue no more, or was done before it was put there, so there is nothing to do. `early`: who handed it over was
 * about to wait so many milliseconds.
 */
export type Turn = Result | { readonly kind: 'gone' } | { readonly kind: 'early'; readonly wait: number };

/** What all turns of a trigger share. */
export interface Around {
  readonly context: LaneContext;
  readonly party: Party;
  /** What it was taken from, where the trigger has a rate limit. */
  readonly pace: Pace | undefined;
  readonly signals: AttemptSignals;
}

/**
 * One turn of a firing that has begun: read from the queue if it waits there, acknowledged first if it may be done at most once,
 * then attempted. Undefined when that comes too late: it was given up on meanwhile, or the shift is over and a successor does it.
 * A promise only where there was something to wait for.
 */
export function takeTurn(work: Work, trigger: CompiledTrigger, around: Around): Turn | undefined | Promise<Turn | undefined> {
  const isReady = work.waiting && trigger.atLeastOnce && !around.pace;
  return isReady ? act(work, trigger, around) : makeReadyAndAct(work, trigger, around);
}

async function makeReadyAndAct(work: Work, trigger: CompiledTrigger, around: Around): Promise<Turn | undefined> {
  const { context, pace } = around;
  const turn = work.attempts;
  const isLate = () => hasGoneOn(work, turn, context);
  try {
    if (!work.waiting) {
      const ended = await recall(work, context, isLate);
      if (isLate()) return undefined;
      if (ended) return ended;
    }
    if (!trigger.atLeastOnce) await letGo(work, around);
    if (pace) await pace.begin();
  } finally {
    pace?.free();
  }
  return isLate() ? undefined : act(work, trigger, around);
}

function act(work: Work, trigger: CompiledTrigger, around: Around): Result | undefined | Promise<Result | undefined> {
  const { clock, lease } = around.context;
  return clock.monotonic() < lease.until ? actNow(work, trigger, around) : actIfOwner(work, trigger, around);
}

/** The process has hung, and others may have taken it for dead: what tells it so is late, but comes before the next timer. */
async function actIfOwner(work: Work, trigger: CompiledTrigger, around: Around): Promise<Result | undefined> {
  const turn = work.attempts;
  await around.context.clock.sleep(0);
  return hasGoneOn(work, turn, around.context) ? undefined : actNow(work, trigger, around);
}

function actNow(
  work: Work,
  trigger: CompiledTrigger,
  { context, party, signals }: Around,
): Result | undefined | Promise<Result | undefined> {
  const turn = work.attempts;
  // The time of an attempt is the target's: waiting for the bus is no part of it.
  const signal = signals.next();
  work.signal = signal;
  const { clock, kube, tell, clients } = context;
  const result = attempt(trigger, work.waiting!.firing, { attempt: work.tried, signal, clock, kube, tell, clients, party });
  return result instanceof Promise ? result.then((late) => (hasGoneOn(work, turn, context) ? undefined : late)) : result;
}

/** Whether what this turn comes to is of no interest any more. */
const hasGoneOn = (work: Work, turn: number, { over }: LaneContext): boolean =>
  work.state !== 'running' || work.attempts !== turn || over.aborted;

/** Reads the firing from the queue; answers if that does not succeed. */
async function recall(work: Work, context: LaneContext, isLate: () => boolean): Promise<Turn | undefined> {
  try {
    const waiting = await context.backlog.recall(work);
    if (isLate()) return undefined;
    const { replays, pause } = waiting ?? {};
    // Two processes were handed its event, one after the other, and it was settled in between.
    const isRepeat = replays === undefined && context.backlog.hasLeft(work.id);
    if (!waiting || isRepeat) return { kind: 'gone' };
    if (replays !== undefined) await dropDeadLetter(work.id, replays, context);
    const isFirst = work.attemptsBefore === undefined;
    work.attemptsBefore ??= waiting.attempts;
    if (isFirst && pause) return { kind: 'early', wait: pause };
    work.waiting = waiting;
    return undefined;
  } catch (thrown) {
    return { kind: 'failed', error: fromUnknown(thrown), rendered: undefined };
  }
}

async function letGo(work: Work, { context, party }: Around): Promise<void> {
  if (work.place !== 'delivery') await context.backlog.remove(work);
  for (const hold of work.holds) hold.release();
  work.holds = [];
  work.place = 'delivery';
  // Until those who took the event have released it, too.
  await party.later(() => {});
}
