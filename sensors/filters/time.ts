import { z } from 'zod';
import { error, type Path } from '../../src/core/errors/finding.ts';
import { instantOf, type Zone, zoneNamed } from '../../src/core/time/zone.ts';
import type { Checked } from '../checked.ts';
import { timeOfDay } from './time-of-day.ts';
import type { Filter } from './verdict.ts';

export const timeFilterSpec = z
  .strictObject({
    start: z.string().describe('The first time of day that passes, as HH:MM:SS on the event’s date.'),
    stop: z.string().describe('The first time of day after `start` that does not pass; earlier than `start`, the window spans midnight.'),
    timezone: z.string().optional().describe('The IANA name of the time zone in which the times are meant; UTC when left out.'),
  })
  .describe('Passes events whose time is within a part of the day.');

export type TimeFilterSpec = z.output<typeof timeFilterSpec>;

const day = 86_400_000;
const at = 'filters.time';

/** The window is [start, stop) of the event's own date; with `stop` at or before `start`, everything but [stop, start). */
export function compileTimeFilter({ start, stop, timezone }: TimeFilterSpec, path: Path): Checked<Filter> {
  const zone = zoneNamed(timezone || 'UTC');
  const unknownZone = `invalid timezone '${timezone}': unknown time zone ${timezone}`;
  const findings = zone ? [] : [error('CONFIG_INVALID', [...path, 'timezone'], { problem: unknownZone })];
  for (const [field, text] of Object.entries({ start, stop })) {
    const read = timeOfDay(text);
    if ('problem' in read) findings.push(error('CONFIG_INVALID', [...path, field], { problem: read.problem('') }));
  }
  if (findings.length === 0 && start === stop) {
    findings.push(
      error('CONFIG_INVALID', [...path, 'stop'], { problem: `invalid event time filter: stop '${stop}' is equal to start '${start}` }),
    );
  }
  return {
    findings,
    value: (event) => {
      if (!event) return { at, because: 'there is no event' };
      if (!zone) return failure(unknownZone);
      return outside(Date.parse(event.time), zone, start, stop);
    },
  };
}

function outside(instant: number, zone: Zone, start: string, stop: string): ReturnType<Filter> {
  if (Number.isNaN(instant)) return failure('the event has no readable time');
  const shown = instant + zone.offsetAt(instant);
  const midnight = Math.floor(shown / day) * day;
  const date = new Date(midnight).toISOString().slice(0, 10);
  const bounds: number[] = [];
  for (const text of [start, stop]) {
    const read = timeOfDay(text);
    if ('problem' in read) return failure(read.problem(date));
    bounds.push(instantOf(zone, midnight + read.milliseconds));
  }
  const [from, to] = bounds as [number, number];
  const passes = from < to ? instant >= from && instant < to : instant >= from || instant < to;
  if (passes) return undefined;
  return { at, because: `the event's time of day is ${new Date(shown).toISOString().slice(11, 19)}, wanted from ${start} until ${stop}` };
}

const failure = (problem: string): ReturnType<Filter> => ({ at, because: `time filter error (${problem})`, failed: true });
