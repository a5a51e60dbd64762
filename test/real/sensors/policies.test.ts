import { expect, test } from 'vitest';
import { EngineError } from '../../../src/core/errors/engine-error.ts';
import { systemClock } from '../../../src/core/time/clock.ts';
import { buildSensor, buildTrigger, eventIds } from '../../support/build-sensor.ts';
import { eventually } from '../../support/eventually.ts';
import { workplace } from './workplace.ts';

/** Timers are set in whole milliseconds, and two processes do not read one clock. */
const tolerance = 5;

test('a rate limit is kept by owners that are cut off one after another, and by what follows them', async () => {
  await using place = await workplace();
  const spacing = 250;
  const events = 16;
  const starts: { at: number; event: string }[] = [];
  const work = (alive: () => boolean) =>
    buildSensor([
      buildTrigger(
        'limited',
        (firing) => {
          if (!alive()) return new Promise(() => {});
          starts.push({ at: systemClock.monotonic(), event: eventIds(firing)[0]! });
          return undefined;
        },
        { spacing },
      ),
    ]);

  let process = await place.process(work);
  for (let index = 0; index < events; index++) await place.publish(`e${index}`);
  for (const upTo of [3, 7, 8]) {
    await eventually(() => starts.length >= upTo, 30_000);
    await process.cut();
    process = await place.process(work);
  }

  await eventually(() => new Set(starts.map(({ event }) => event)).size >= events, 30_000);
  await eventually(async () => (await place.waiting()).length === 0);
  const gaps = starts.slice(1).map(({ at }, index) => at - starts[index]!.at);
  expect(Math.min(...gaps)).toBeGreaterThanOrEqual(spacing - tolerance);
  expect(place.told.of('workerFailed')).toEqual([]);
});

test('what is given up reaches the dlqTrigger, whichever owner is cut off meanwhile', async () => {
  await using place = await workplace();
  const events = 200;
  const got = new Set<string>();
  const work = (alive: () => boolean) => {
    const retry = { backoff: { first: 20, ceiling: 20 }, attempts: 2, giveUpAfter: Number.POSITIVE_INFINITY };
    const dlq = buildTrigger('ship/failed', async (firing) => {
      await systemClock.sleep(5);
      if (!alive()) return new Promise(() => {});
      got.add(eventIds(firing)[0]!);
      return undefined;
    });
    const ship = () => {
      throw new EngineError('REMOTE_HTTP', { request: 'POST x', status: 503, text: '' }, { retry: 'backoff' });
    };
    return buildSensor([buildTrigger('ship', ship, { retry, dlq })]);
  };

  let process = await place.process(work);
  for (let index = 0; index < events; index++) {
    await place.publish(`e${index}`, { key: `k${index % 20}` });
    if (index % 60 === 30) {
      await process.cut();
      process = await place.process(work);
    }
  }

  await eventually(() => got.size >= events, 30_000);
  await eventually(async () => (await place.waiting()).length === 0);
  expect(place.told.of('firingParked')).toEqual([]);
  expect(place.told.of('workerFailed')).toEqual([]);
});
