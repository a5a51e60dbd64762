import { expect, test } from 'vitest';
import type { Connection } from '../../../eventbus/jetstream/connection.ts';
import { fetchNow } from '../../../eventbus/jetstream/read.ts';
import { TestClock } from '../../support/clock.ts';

/** A connection that we have closed, as the client tells it: at the subscription, or in between. */
function closed(clock: TestClock, place: 'subscribe' | 'publish'): Connection {
  const refuse = () => {
    throw new Error('the connection is closed');
  };
  const nats = { subscribe: () => ({ unsubscribe: () => {} }), publish: () => {}, [place]: refuse };
  return { nats, clock, onChange: () => () => {} } as unknown as Connection;
}

test.each(['subscribe', 'publish'] as const)(
  'a read over a connection that was closed is refused, and leaves nothing behind: %s',
  async (place) => {
    const clock = new TestClock();

    await expect(fetchNow(closed(clock, place), 'next', 1)).rejects.toThrow('the connection is closed');

    expect(clock.waiting).toBe(0);
  },
);
