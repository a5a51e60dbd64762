import { describe, expect, test } from 'vitest';
import { calendar } from '../../../eventsources/calendar/index.ts';
import { compileSchedule } from '../../../eventsources/calendar/schedule.ts';
import { calendarSpec } from '../../../eventsources/calendar/spec.ts';

const check = (spec: object) =>
  calendar.check!(calendarSpec.parse(spec)).map(({ severity, path, message, offset, hint }) => ({
    [severity]: message,
    at: path.join('.'),
    ...(offset === undefined ? {} : { offset }),
    ...(hint === undefined ? {} : { hint }),
  }));

function due(spec: object, from: string, count: number): string[] {
  const schedule = compileSchedule(calendarSpec.parse(spec));
  const found: string[] = [];
  for (let at = Date.parse(from); found.length < count; found.push(new Date(at).toISOString())) at = schedule.next(at)!;
  return found;
}

describe('a schedule', () => {
  test('by interval keeps to whole seconds, unless it is none itself', () => {
    expect(due({ interval: '1m' }, '2026-07-18T10:00:00.700Z', 2)).toEqual(['2026-07-18T10:01:00.000Z', '2026-07-18T10:02:00.000Z']);
    expect(due({ interval: '500ms' }, '2026-07-18T10:00:00.700Z', 2)).toEqual(['2026-07-18T10:00:01.200Z', '2026-07-18T10:00:01.700Z']);
  });

  test('by interval leaves an excluded day out, and goes on right after it, also on a day that is an hour shorter', () => {
    const spec = { interval: '20m', timezone: 'America/New_York', exclusionDates: ['EXDATE:20260308T000000Z'] };

    expect(due(spec, '2026-03-08T04:30:00Z', 2)).toEqual(['2026-03-08T04:50:00.000Z', '2026-03-09T04:10:00.000Z']);
  });
});

test.each([
  [{}, [{ error: 'must have either schedule or interval', at: '' }]],
  [
    { schedule: '0 0 30 2 *' },
    [
      {
        error: 'failed to parse schedule 0 0 30 2 * from calendar event. Cause: it never comes: no month that it names has such a day',
        at: 'schedule',
      },
    ],
  ],
  [
    { schedule: '0 9 * * 7' },
    [
      {
        error: 'failed to parse schedule 0 9 * * 7 from calendar event. Cause: end of range (7) above maximum (6): 7',
        at: 'schedule',
        offset: 8,
        hint: 'Sunday is 0',
      },
    ],
  ],
  [
    { interval: '10' },
    [{ error: 'failed to parse interval 10 from calendar event. Cause: time: missing unit in duration "10"', at: 'interval' }],
  ],
  [{ interval: '0s' }, [{ error: 'the interval 0s is too short: it must be at least 10ms', at: 'interval' }]],
  [{ interval: '-5s' }, [{ error: 'the interval -5s is too short: it must be at least 10ms', at: 'interval' }]],
  [
    { interval: '10s', timezone: 'Mars/Base' },
    [{ error: 'unknown time zone Mars/Base', at: 'timezone', hint: 'write a name such as Europe/London' }],
  ],
  [
    { interval: '10s', exclusionDates: ['EXDATE:20261225', '20261226T000000Z'] },
    [
      { error: 'parsing time "20261225" as "20060102T150405Z": cannot parse "" as "T"', at: 'exclusionDates.0' },
      {
        warning: '"20261226T000000Z" excludes nothing: it does not begin with EXDATE:',
        at: 'exclusionDates.1',
        hint: 'write EXDATE:20261225T000000Z',
      },
    ],
  ],
  [
    { schedule: '* * * * *', interval: '10s', persistence: { catchup: { enabled: true, maxDuration: '1d' } } },
    [
      { warning: 'the interval has no effect beside a schedule', at: 'interval' },
      { error: '"1d" is no duration', at: 'persistence.catchup.maxDuration', hint: 'such as 30m or 24h' },
    ],
  ],
])('what is wrong with %j is told', (spec, expected) => {
  expect(check(spec)).toEqual(expected);
});
