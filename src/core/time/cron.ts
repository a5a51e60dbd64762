/**
 * Cron lines as robfig/cron v3 reads them: when they come next, and when they came last. Argo Events has it take five fields, Knative five or
 * six and words such as `@hourly`.
 *
 * A line stands for all instants at which a clock in its zone shows a fitting time. So a local time that a change of the clocks
 * skips does not come on that day, and one that they show twice comes twice.
 */
import { EngineError } from '../errors/engine-error.ts';
import { type CronFields, type CronForm, parseFields } from './cron-fields.ts';
import { wallsFrom } from './cron-walls.ts';
import { type Zone, zoneNamed } from './zone.ts';

export interface Cron {
  /** The first instant after this one, in milliseconds since 1970. Undefined when there is none within 400 years. */
  next(after: number): number | undefined;
  /** The last instant before this one. */
  previous(before: number): number | undefined;
}

export interface CronOptions extends CronForm {
  /** Name of the zone whose clocks count where the line has no `TZ=` of its own; UTC when left out or empty. */
  readonly timezone?: string | undefined;
}

const day = 86_400_000;

/**
 * Throws EngineError CONFIG_CRON with `problem` in the words of robfig/cron and, where it is known, the place in the text as `offset`;
 * also for a line that never comes, and for a zone that there is not.
 */
export function parseCron(line: string, { timezone = '', ...form }: CronOptions = {}): Cron {
  const { zone: own, fields } = parseFields(line, form);
  const zone = zoneOf(own ?? timezone);
  if (!zone) throw new EngineError('CONFIG_CRON', { line, problem: `provided bad location ${own ?? timezone}: unknown time zone` });
  if (wallsFrom(fields, 0, 1).next().done) {
    throw new EngineError('CONFIG_CRON', { line, problem: 'it never comes: no month that it names has such a day' });
  }
  return { next: (after) => next(fields, zone, after), previous: (before) => previous(fields, zone, before) };
}

/** `Local` is UTC too, wherever we run, and so is no name at all. */
export const zoneOf = (name: string): Zone | undefined => zoneNamed(name === '' || name === 'Local' ? 'UTC' : name);

function next(fields: CronFields, zone: Zone, after: number): number | undefined {
  // When clocks are about to be put back, times that they have shown already come again.
  const from = after + Math.min(zone.offsetAt(after), zone.offsetAt(after + day));
  let found = Number.POSITIVE_INFINITY;
  for (const wall of wallsFrom(fields, from, 1)) {
    const [first, again] = instantsOf(zone, wall);
    if (first !== undefined && first > after) return Math.min(found, first);
    if (again !== undefined && again > after) found = Math.min(found, again);
  }
  return Number.isFinite(found) ? found : undefined;
}

function previous(fields: CronFields, zone: Zone, before: number): number | undefined {
  const from = before + Math.max(zone.offsetAt(before), zone.offsetAt(before - day));
  let found = Number.NEGATIVE_INFINITY;
  for (const wall of wallsFrom(fields, from, -1)) {
    const [first, again = first] = instantsOf(zone, wall);
    if (again !== undefined && again < before) return Math.max(found, again);
    if (first !== undefined && first < before) found = Math.max(found, first);
  }
  return Number.isFinite(found) ? found : undefined;
}

/** The instants at which clocks there show `wall` (as if it were UTC), in order: one, two, or none. */
function instantsOf(zone: Zone, wall: number): number[] {
  const offsets = new Set([zone.offsetAt(wall - day), zone.offsetAt(wall + day)]);
  return [...offsets]
    .map((offset) => wall - offset)
    .filter((instant) => instant + zone.offsetAt(instant) === wall)
    .sort((a, b) => a - b);
}
