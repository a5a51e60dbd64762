/**
 * Writes one line to the log for each event of a firing: for debugging a rule, and for seeing what passes.
 *
 * With `intervalSeconds` at most one firing in that time is written. A line cannot be taken back: a firing that is repeated after a
 * crash may be written twice.
 */
import { z } from 'zod';
import type { Event } from '../../../src/core/event/event.ts';
import { defineTrigger } from '../trigger.ts';
import { loggedPayload } from './payload.ts';

const logSpec = z.strictObject({
  intervalSeconds: z.int().min(0).optional().describe('At most one line in this many seconds; 0, the default, writes every event.'),
});

interface Ready {
  /** Milliseconds. */
  readonly interval: number;
  /** When it last wrote, by the monotonic clock. */
  last: number;
}

const lineOf = (dependency: string, event: Event) => {
  const { id, source, subject, type, time } = event;
  return { dependency, id, source, subject, type, time, payload: loggedPayload(event) };
};

export const log = defineTrigger<'log', typeof logSpec, Ready, ReadonlyMap<string, Event>>({
  type: 'log',
  summary: 'Writes the events to the log.',
  stability: 'stable',
  spec: logSpec,
  examples: [
    { title: 'Show every event', spec: {} },
    { title: 'Show at most one event a minute', spec: { intervalSeconds: 60 } },
  ],
  check: () => [],
  compile: ({ intervalSeconds = 0 }) => ({ interval: intervalSeconds * 1000, last: Number.NEGATIVE_INFINITY }),
  render: (_ready, _loaded, { events }) => events,
  describe: (events) => `log ${events.size === 1 ? 'the event' : `${events.size} events`}`,
  show: (events) => [...events].map(([dependency, event]) => lineOf(dependency, event)),
  fire(events, { firing: { sensor, trigger }, tell, clock }, ready) {
    const now = clock.monotonic();
    if (now - ready.last < ready.interval)
      return { summary: `not logged: the last line was written less than ${ready.interval / 1000} s ago` };
    ready.last = now;
    for (const [dependency, event] of events) tell.eventLogged(() => ({ sensor, trigger, ...lineOf(dependency, event) }));
    return { summary: 'logged' };
  },
});
