/** Cron lines: when one comes next, in UTC and where clocks change. */
import { parseCron } from '../src/core/time/cron.ts';
import { zoneNamed } from '../src/core/time/zone.ts';
import { measure, printTable, type Row } from './measure.ts';

const noon = Date.parse('2026-07-18T12:00:00Z');
const berlin = zoneNamed('Europe/Berlin')!;

export function cron(): Row[] {
  const nextOf = (line: string, timezone: string) => {
    const { next } = parseCron(line, { timezone });
    return { what: `next of ${line} in ${timezone}`, run: () => next(noon), against: 'the offset of a zone' };
  };
  return measure([
    { what: 'the offset of a zone', run: () => berlin.offsetAt(noon) },
    nextOf('* * * * *', 'UTC'),
    nextOf('* * * * *', 'Europe/Berlin'),
    nextOf('0 3 * * MON-FRI', 'Europe/Berlin'),
    nextOf('0 0 29 2 *', 'Europe/Berlin'),
    { what: 'parse 0 3 * * MON-FRI', run: () => parseCron('0 3 * * MON-FRI'), against: 'the offset of a zone' },
  ]);
}

if (import.meta.url === `file://${process.argv[1]}`) printTable('cron', cron());
