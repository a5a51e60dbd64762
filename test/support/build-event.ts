import { EventData } from '../../src/core/event/data.ts';
import type { Event } from '../../src/core/event/event.ts';

/** A complete event of the source `git`, event `push`; whatever matters to a test is given. */
export function buildEvent(fields: Partial<Event> = {}): Event {
  return {
    id: 'e1',
    source: 'git',
    type: 'webhook',
    subject: 'push',
    time: '2026-07-18T12:00:00.123456789Z',
    datacontenttype: 'application/json',
    extensions: {},
    data: EventData.fromText('{"n":1}'),
    ...fields,
  };
}
