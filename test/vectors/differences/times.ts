import { zoneNamed } from '../../../src/core/time/zone.ts';
import type { Case } from '../adapter.ts';
import type { Difference } from '../differences.ts';

/** Schedules. */
export const timeDifferences: readonly Difference[] = [
  {
    parts: ['argo/calendar'],
    when: ({ schedule }) => typeof schedule === 'string' && neverComes(schedule.split(' ').slice(-5)),
    expected: ({ schedule }) => ({
      error: `failed to parse schedule ${schedule} from calendar event. Cause: it never comes: no month that it names has such a day`,
      fires: undefined,
    }),
    because: 'B22: a date that never comes is refused when the rule is loaded',
  },
  {
    parts: ['argo/cron-previous'],
    when: ({ spec }) => neverComes(spec.split(' ').slice(-5)),
    expected: ({ spec }) => ({
      error: `cron line "${spec}": it never comes: no month that it names has such a day`,
      prev: null,
    }),
    because: 'B22: a date that never comes is refused when the rule is loaded',
  },
  {
    parts: ['argo/calendar'],
    when: ({ schedule, interval }) => !schedule && /^\d+ms$/.test(interval ?? '') && Number.parseInt(interval, 10) % 1000 !== 0,
    expected: ({ interval, from, count }) => ({
      error: null,
      fires: Array.from({ length: count }, (_, index) =>
        new Date(Date.parse(from) + (index + 1) * Number.parseInt(interval, 10)).toISOString().replace(/\.\d+/, ''),
      ),
    }),
    because: 'B22: an interval that is no whole number of seconds comes as often as it says',
  },
  {
    parts: ['argo/validation'],
    when: ({ kind, spec }) => kind === 'EventSource' && schedulesOf(spec).some((schedule) => neverComes(schedule.split(' ').slice(-5))),
    expected: ({ spec }) => {
      const schedule = schedulesOf(spec).find((one) => neverComes(one.split(' ').slice(-5)));
      return {
        error: `failed to parse schedule ${schedule} from calendar event. Cause: it never comes: no month that it names has such a day`,
      };
    },
    because: 'B22: a date that never comes is refused when the rule is loaded',
  },
  {
    parts: ['argo/validation'],
    when: ({ kind, spec }) => kind === 'EventSource' && unknownZone(spec) !== undefined,
    expected: ({ spec }) => ({ error: `unknown time zone ${unknownZone(spec)}` }),
    because: '10.2: a time zone that there is not is refused when the rule is loaded, not when it runs',
  },
];

const schedulesOf = ({ calendar = {} }: Case): string[] =>
  Object.values(calendar as Record<string, Case>).flatMap(({ schedule }) => schedule ?? []);

function unknownZone({ calendar = {} }: Case): string | undefined {
  const zones = Object.values(calendar as Record<string, Case>).map(({ timezone }) => timezone);
  return zones.find((zone) => typeof zone === 'string' && !['', 'Local'].includes(zone) && zoneNamed(zone) === undefined);
}

/** One day of the month beyond the end of each month that is named, and no weekday. */
function neverComes([, , day, month, weekday]: readonly string[]): boolean {
  const lengths: Readonly<Record<string, number>> = {
    '2': 29,
    feb: 29,
    '4': 30,
    apr: 30,
    '6': 30,
    jun: 30,
    '9': 30,
    sep: 30,
    '11': 30,
    nov: 30,
  };
  if (!/^\d+$/.test(day ?? '') || !['*', '?'].includes(weekday ?? '')) return false;
  return (month ?? '').split(',').every((one) => Number(day) > (lengths[one.toLowerCase()] ?? 31));
}
