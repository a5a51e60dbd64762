import type { World } from '../../contracts/event-source.ts';
import type { TestClock } from '../../support/clock.ts';
import { eventSourceOf } from '../../support/event-source.ts';

const pace = 300_000;

/** Every fifth minute, which goes by also while nobody listens. */
export function calendarWorld(clock: TestClock): World {
  const source = eventSourceOf({ calendar: { tick: { schedule: '*/5 * * * *', persistence: { catchup: { enabled: true } } } } });
  return {
    source,
    remembers: 'messages',
    async happen() {
      const due = (Math.floor(clock.now() / pace) + 1) * pace;
      await clock.turn(due - clock.now());
      return { subject: 'time', fact: new Date(due).toISOString() };
    },
    read: ({ time }) => ({ subject: 'time', fact: time }),
    // The time goes on whatever happens.
    hang() {},
  };
}
