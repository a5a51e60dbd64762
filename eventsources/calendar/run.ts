import { EventData } from '../../src/core/event/data.ts';
import { stableId } from '../../src/core/event/stable-id.ts';
import { goJson } from '../../src/core/json/stringify.ts';
import { parseDuration } from '../../src/core/time/duration.ts';
import type { EventSourceContext } from '../event-source.ts';
import { eventTimeOf } from './event-time.ts';
import { openPlace } from './place.ts';
import { compileSchedule, type Schedule } from './schedule.ts';
import type { CalendarSpec } from './spec.ts';

/** Milliseconds that a successor may need to take over: what was due in them is sent in any case. */
const handover = 10_000;

/** The clock on the wall is looked at again after so long: it may have been set, or the machine may have slept. */
const look = 30_000;

/** A clock that is set back by more than this begins anew; by less, nothing is sent twice. */
const setBack = 60_000;

/** Sends an event at each instant of the schedule, one after another, until the signal aborts. */
export async function run(spec: CalendarSpec, context: EventSourceContext): Promise<void> {
  const { clock, signal, ready, emit, namespace, eventSourceName, eventName } = context;
  const schedule = compileSchedule(spec);
  const place = await openPlace(spec, context);
  let last = startAt(spec, schedule, place.last, clock.now());
  if (place.last === undefined) await place.save(last);
  ready(true);
  while (!signal.aborted) {
    const due = schedule.next(last) ?? Number.POSITIVE_INFINITY;
    if (!(await untilDue(due, last, context))) {
      last = clock.now();
      continue;
    }
    if (signal.aborted) return;
    const payload = payloadOf(spec, due);
    const id = stableId('calendar', namespace, eventSourceName, eventName, new Date(due).toISOString());
    const stored = await emit({ id, data: EventData.fromText(payload), time: new Date(due).toISOString() });
    await place.save(due, { payload, sequence: stored?.sequence });
    last = due;
  }
}

/** From where the schedule is followed: where it was left, but no longer ago than is to be made up for. */
function startAt({ persistence }: CalendarSpec, schedule: Schedule, last: number | undefined, now: number): number {
  if (last === undefined || last > now + setBack) return now;
  const { enabled = false, maxDuration } = persistence?.catchup ?? {};
  const longest = enabled ? maxDuration && parseDuration(maxDuration) : handover;
  return longest === undefined || longest === '' ? last : schedule.resume(last, now - longest);
}

/** False when the clock was set back meanwhile. Resolves early when the signal aborts. */
async function untilDue(due: number, last: number, { clock, signal }: EventSourceContext): Promise<boolean> {
  for (let now = clock.now(); now < due && !signal.aborted; now = clock.now()) {
    if (now < last - setBack) return false;
    await clock.sleep(Math.min(due - now, look), signal);
  }
  return true;
}

const payloadOf = ({ metadata }: CalendarSpec, due: number): string =>
  goJson({ eventTime: eventTimeOf(due), ...(metadata && Object.keys(metadata).length > 0 ? { metadata } : {}) });
