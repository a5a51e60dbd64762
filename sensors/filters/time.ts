import { z } from 'zod';
import { closest } from '../../src/core/errors/closest.ts';
import { error, type Path } from '../../src/core/errors/finding.ts';
import { instantOf, type Zone, zoneNamed } from '../../src/core/time/zone.ts';
import type { Checked } from '../checked.ts';
import { type TimeOfDay, timeOfDay } from './time-of-day.ts';
import type { Filter } from './verdict.ts';

export const timeFilterSpec = z
  .strictObject({
    start: z.string().describe('The first time of day that passes, as HH:MM:SS on the event’s date.'),
    stop: z.string().describe('The first time of day after `start` that does not pass; earlier than `start`, the window spans midnight.'),
    timezone: z.string().optional().describe('The IANA name of the time zone in which the times are meant; UTC when left out.'),
  })
  .describe('Passes events whose time is within a part of the day.');

type TimeFilterSpec = z.output<typeof timeFilterSpec>;

const day = 86_400_000;
const at = 'filters.time';

/** What an event without a time has in Go, so that it counts as of midnight. */
const noTime = '0001-01-01T00:00:00Z';

/** The window is [start, stop) of the event's own date; with `stop` at or before `start`, everything but [stop, start). */
export function compileTimeFilter({ start, stop, timezone }: TimeFilterSpec, path: Path): Checked<Filter> {
  const zone = zoneNamed(timezone || 'UTC');
  const unknownZone = `invalid timezone '${timezone}': unknown time zone ${timezone}`;
  const bounds = [timeOfDay(start), timeOfDay(stop)] as const;
  const findings = zone ? [] : [error('CONFIG_INVALID', [...path, 'timezone'], { problem: unknownZone }, zoneHint(timezone))];
  for (const [index, bound] of bounds.entries()) {
    if ('problem' in bound)
      findings.push(
        error(
          'CONFIG_INVALID',
          [...path, index === 0 ? 'start' : 'stop'],
          { problem: bound.problem('') },
          { hint: 'write it as 09:30:00' },
        ),
      );
  }
  if (findings.length === 0 && start === stop) {
    const problem = `invalid event time filter: stop '${stop}' is equal to start '${start}`;
    findings.push(error('CONFIG_INVALID', [...path, 'stop'], { problem }));
  }
  return {
    findings,
    value: (event) => {
      if (!event) return { at, because: 'there is no event' };
      if (!zone) return failure(unknownZone);
      const instant = Date.parse(event.time || noTime);
      if (Number.isNaN(instant)) return failure('the event has no readable time');
      const shown = instant + zone.offsetAt(instant);
      const verdict = within(instant, Math.floor(shown / day) * day, zone, bounds);
      if (typeof verdict === 'string') return failure(verdict);
      const because = `the event's time of day is ${new Date(shown).toISOString().slice(11, 19)}, wanted from ${start} until ${stop}`;
      return verdict ? undefined : { at, because };
    },
  };
}

/** Whether an instant is in the window of the day that begins at `midnight`, or why that cannot be said. */
function within(instant: number, midnight: number, zone: Zone, [start, stop]: readonly [TimeOfDay, TimeOfDay]): boolean | string {
  const date = new Date(midnight).toISOString().slice(0, 10);
  if ('problem' in start) return start.problem(date);
  if ('problem' in stop) return stop.problem(date);
  const from = instantOf(zone, midnight + start.milliseconds);
  const to = instantOf(zone, midnight + stop.milliseconds);
  return from < to ? instant >= from && instant < to : instant >= from || instant < to;
}

function zoneHint(timezone = ''): { hint: string } {
  const near = closest(timezone, Intl.supportedValuesOf('timeZone'));
  return { hint: near ? `did you mean ${near}?` : 'a name of the IANA database, such as Europe/Berlin' };
}

const failure = (problem: string): ReturnType<Filter> => ({ at, because: `time filter error (${problem})`, failed: true });
