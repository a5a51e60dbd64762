import type { EventDraft } from '../../src/core/event/event.ts';
import type { EventSourceContext } from '../event-source.ts';
import type { Place } from './place.ts';
import type { Schedule } from './schedule.ts';

/** Milliseconds that a successor may need to take over: what was due in them is sent in any case. */
export const handover = 10_000;

/** The clock on the wall is looked at again after so long: it may have been set, or the machine may have slept. */
const look = 30_000;

/** A clock that is set back by more than this begins anew; by less, nothing is sent twice. */
const setBack = 60_000;

export interface Followed {
  readonly schedule: Schedule;
  readonly place: Place;
  /** What was due longer ago is not made up for, in milliseconds; undefined for no limit. */
  readonly longest: number | undefined;
  /** The event of an instant, and the text that a ConfigMap keeps of it. */
  tickOf(due: number): { readonly draft: EventDraft; readonly payload: string };
}

/** Sends an event at each instant of the schedule, one after another, until the signal aborts. */
export async function follow({ schedule, place, longest, tickOf }: Followed, context: EventSourceContext): Promise<void> {
  const { clock, signal, ready, emit } = context;
  let last = startAt(schedule, place.last, longest, clock.now());
  if (place.last === undefined) await place.save(last);
  ready(true);
  while (!signal.aborted) {
    const due = schedule.next(last) ?? Number.POSITIVE_INFINITY;
    if (!(await untilDue(due, last, context))) {
      last = clock.now();
      continue;
    }
    if (signal.aborted) return;
    const { draft, payload } = tickOf(due);
    const stored = await emit(draft);
    await place.save(due, { payload, sequence: stored?.sequence });
    last = due;
  }
}

/** From where the schedule is followed: where it was left, but no longer ago than is to be made up for. */
function startAt(schedule: Schedule, last: number | undefined, longest: number | undefined, now: number): number {
  if (last === undefined || last > now + setBack) return now;
  return longest === undefined ? last : schedule.resume(last, now - longest);
}

/** False when the clock was set back meanwhile. Resolves early when the signal aborts. */
async function untilDue(due: number, last: number, { clock, signal }: EventSourceContext): Promise<boolean> {
  for (let now = clock.now(); now < due && !signal.aborted; now = clock.now()) {
    if (now < last - setBack) return false;
    await clock.sleep(Math.min(due - now, look), signal);
  }
  return true;
}
