/**
 * A schedule: an event at each time of a cron line, or after each interval. See `README.md`.
 */
import { defineEventSource } from '../event-source.ts';
import { checkCalendar } from './check.ts';
import { run } from './run.ts';
import { calendarSpec } from './spec.ts';

export const calendar = defineEventSource({
  type: 'calendar',
  summary: 'Times of a schedule, by a cron line or an interval.',
  stability: 'beta',
  spec: calendarSpec,
  examples: [
    { title: 'Every ten seconds', spec: { interval: '10s' } },
    {
      title: 'On working days at eight in London, but not at Christmas; made up for after a stop',
      spec: {
        schedule: '0 8 * * MON-FRI',
        timezone: 'Europe/London',
        exclusionDates: ['EXDATE:20261225T000000Z'],
        persistence: { catchup: { enabled: true, maxDuration: '24h' } },
      },
    },
  ],
  oneOwner: true,
  check: checkCalendar,
  run,
});
