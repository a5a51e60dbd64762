import { EngineError } from '../../src/core/errors/engine-error.ts';
import { GoError } from '../../src/core/go/function.ts';
import { parseDuration } from '../../src/core/go/time/duration.ts';
import { parseCron, zoneOf } from '../../src/core/time/cron.ts';
import type { Zone } from '../../src/core/time/zone.ts';
import { excludedInstants } from './exclusions.ts';
import type { CalendarSpec } from './spec.ts';

/** When events are due. */
export interface Schedule {
  /** The first instant after this one at which an event is due, in milliseconds since 1970. Undefined when there is none within 400 years. */
  next(after: number): number | undefined;
  /** From where to go on so that nothing that was due by `earliest` is sent again: `last`, or later in the same rhythm. */
  resume(last: number, earliest: number): number;
}

type Times = Pick<CalendarSpec, 'schedule' | 'interval' | 'timezone' | 'exclusionDates'>;

const day = 86_400_000;
const hour = 3_600_000;
const shortest = 10;

/** Throws EngineError CONFIG_INVALID in Argo's words; for a cron line it has the `offset` of the place and a hint. */
export function compileSchedule({ schedule, interval, timezone, exclusionDates }: Times): Schedule {
  const zone = zoneOf(timezone);
  if (!zone) throw invalid(`unknown time zone ${timezone}`);
  const days = new Set(excludedInstants(exclusionDates).map((instant) => Math.floor(instant / day)));
  if (schedule) {
    const cron = cronOf(schedule, timezone);
    return { next: (after) => nextIncluded(after, cron.next, (due) => due, zone, days), resume: Math.max };
  }
  const step = durationOf(interval ?? '');
  // Whole seconds begin at a whole second.
  const nextDue = (after: number): number => (step % 1000 === 0 ? Math.floor(after / 1000) * 1000 : after) + step;
  const skip = (due: number, left: number): number => due + Math.max(0, Math.floor((left - hour) / step)) * step;
  return {
    next: (after) => nextIncluded(after, nextDue, skip, zone, days),
    resume: (last, earliest) => last + Math.max(0, Math.floor((earliest - last) / step)) * step,
  };
}

/** `skip` may go on from an instant on an excluded day to a later one, `left` milliseconds at the most, or an hour less where clocks change. */
function nextIncluded(
  after: number,
  nextDue: (after: number) => number | undefined,
  skip: (due: number, left: number) => number,
  zone: Zone,
  excluded: ReadonlySet<number>,
): number | undefined {
  let due = nextDue(after);
  while (due !== undefined && excluded.size > 0) {
    const wall = due + zone.offsetAt(due);
    const date = Math.floor(wall / day);
    if (!excluded.has(date)) break;
    due = nextDue(skip(due, (date + 1) * day - wall));
  }
  return due;
}

function cronOf(schedule: string, timezone: string) {
  try {
    return parseCron(schedule, { timezone });
  } catch (thrown) {
    if (!(thrown instanceof EngineError)) throw thrown;
    const { fields, hint } = thrown;
    const problem = `failed to parse schedule ${schedule} from calendar event. Cause: ${fields['problem']}`;
    throw new EngineError('CONFIG_INVALID', { problem, offset: fields['offset'] }, { cause: thrown, ...(hint ? { hint } : {}) });
  }
}

/** In milliseconds. */
function durationOf(interval: string): number {
  try {
    const step = Number(parseDuration(interval)) / 1e6;
    if (step >= shortest) return step;
  } catch (cause) {
    if (!(cause instanceof GoError)) throw cause;
    throw invalid(`failed to parse interval ${interval} from calendar event. Cause: ${cause.message}`, cause);
  }
  throw invalid(`the interval ${interval} is too short: it must be at least ${shortest}ms`);
}

const invalid = (problem: string, cause?: unknown): EngineError => new EngineError('CONFIG_INVALID', { problem }, { cause });
