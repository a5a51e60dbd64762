import { expect, test } from 'vitest';
import type { EventBus } from '../../../eventbus/bus.ts';
import { openMemoryBus } from '../../../eventbus/memory/index.ts';
import { buildEvent } from '../../support/build-sensor.ts';
import { TestClock } from '../../support/clock.ts';
import { record } from '../../support/record.ts';

/** Takes one batch, and is gone. */
async function takeAndDie(bus: EventBus, clock: TestClock, maxInFlight: number): Promise<string[]> {
  const gone = new AbortController();
  const subscription = { name: 'sn', origins: [{ source: 'es', subject: 'things' }], since: new Date(0), maxInFlight };
  let ids: string[] = [];
  const taking = (async () => {
    for await (const batch of bus.subscribe(subscription, gone.signal)) {
      ids = batch.map(({ event }) => event!.id);
      gone.abort();
    }
  })();
  await clock.turn(3_000);
  await taking;
  return ids;
}

test('what several holders left behind, one after another, comes again in order and before anything new', async () => {
  const clock = new TestClock();
  await using bus = openMemoryBus({ kind: 'memory' }, { clock, tell: record().tell });
  for (const id of ['e1', 'e2', 'e3', 'e4']) await bus.publish(buildEvent(id));

  expect(await takeAndDie(bus, clock, 3)).toEqual(['e1', 'e2', 'e3']);
  expect(await takeAndDie(bus, clock, 1)).toEqual(['e1']);
  expect(await takeAndDie(bus, clock, 9)).toEqual(['e1', 'e2', 'e3', 'e4']);
});
