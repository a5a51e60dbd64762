import { expect, test } from 'vitest';
import { TestClock } from '../../support/clock.ts';
import { startNats } from '../../support/nats.ts';
import { openJetStream } from '../../support/open-bus.ts';

test('a bus that was closed leaves no timer, which would hold a command for seconds after its answer', async () => {
  await using nats = await startNats();
  const clock = new TestClock();
  const bus = await openJetStream(nats, { clock });
  const notes = await bus.state('notes');
  await notes.set('key', Buffer.from('value'), 0);

  await bus[Symbol.asyncDispose]();

  expect(clock.waiting).toBe(0);
});
