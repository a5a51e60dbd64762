import { expect, test } from 'vitest';
import { ackWait } from '../../../eventbus/terms.ts';
import { type Clock, systemClock } from '../../../src/core/time/clock.ts';
import { buildEvent } from '../../support/build-event.ts';
import { startNats } from '../../support/nats.ts';
import { openJetStream } from '../../support/open-bus.ts';
import { Reader } from '../../support/reader.ts';

test('what is newer does not come first where it takes all the room before the times of what was left behind have run out', async () => {
  await using nats = await startNats();
  await using bus = await openJetStream(nats);
  const ids = Array.from({ length: 30 }, (_, index) => `e${index}`);
  for (const id of ids.slice(0, 3)) await bus.publish(buildEvent({ id }));
  {
    await using gone = new Reader(bus);
    await gone.next(3);
  }
  for (const id of ids.slice(3)) await bus.publish(buildEvent({ id }));

  // It is mistaken about how long the one before has been quiet.
  await using next = new Reader(bus, { maxInFlight: 4, quietSince: systemClock.monotonic() - 60_000 });
  const seen: (string | undefined)[] = [];
  while (seen.length < ids.length) seen.push(...(await next.done(1)));
  expect(seen).toEqual(ids);
});

test('more than there is room for comes at once, where its times have run out', async () => {
  await using nats = await startNats();
  // Nobody asks a second time, and nobody gives up.
  const clock: Clock = { ...systemClock, after: (wait, then) => (wait % ackWait === 0 ? () => {} : systemClock.after(wait, then)) };
  await using bus = await openJetStream(nats, { clock });
  const ids = Array.from({ length: 8 }, (_, index) => `e${index}`);
  for (const id of ids.slice(0, 5)) await bus.publish(buildEvent({ id }));
  {
    await using gone = new Reader(bus);
    await gone.next(5);
  }
  for (const id of ids.slice(5)) await bus.publish(buildEvent({ id }));

  await using next = new Reader(bus, { maxInFlight: 3 });
  const seen: (string | undefined)[] = [];
  while (seen.length < ids.length) seen.push(...(await next.done(1)));
  expect(seen).toEqual(ids);
});

test('a server that is killed may not know any more what it has just handed out; what was left behind still comes first', async () => {
  await using nats = await startNats();
  await using bus = await openJetStream(nats);
  const ids = Array.from({ length: 60 }, (_, index) => `e${index}`);
  for (const id of ids.slice(0, 3)) await bus.publish(buildEvent({ id }));
  {
    await using gone = new Reader(bus);
    await gone.next(3);
  }
  const options = { quietSince: systemClock.monotonic() - 60_000 };
  const opened = new Promise<void>((resolve) => Object.assign(options, { opened: resolve }));
  await using next = new Reader(bus, options);
  await opened;
  for (const id of ids.slice(3)) await bus.publish(buildEvent({ id }));

  await nats.restart();

  await next.next(ids.length);
  expect(next.ids).toEqual(ids);
});

test('what somebody left behind comes in the order of the stream and before anything new, in whatever order its times run out', async () => {
  await using nats = await startNats();
  await using bus = await openJetStream(nats);
  for (const id of ['e1', 'e2', 'e3']) await bus.publish(buildEvent({ id }));
  {
    await using gone = new Reader(bus);
    await gone.next(3);
    // The server now counts the time of the second anew, and then that of the first.
    for (const early of [1, 0]) {
      await systemClock.sleep(200);
      gone.all[early]!.working();
    }
  }
  await bus.publish(buildEvent({ id: 'new' }));

  await using next = new Reader(bus);
  await next.next(4);
  expect(next.ids).toEqual(['e1', 'e2', 'e3', 'new']);
});
