import { describe, expect, test } from 'vitest';
import { SetClock } from '../../support/clock.ts';
import { at, joining } from './joining.ts';
import { workplace } from './workplace.ts';

const hour = 3_600_000;

/** "a" and "b" fire together, unless a reset comes between them. */
function setUp({ from, cron, timezone }: { from: string; cron: string; timezone?: string }) {
  const clock = new SetClock(Date.parse(from));
  const place = workplace(clock);
  const byTime = { cron, ...(timezone ? { timezone } : {}) };
  const { fired, sensor } = joining({ conditions: 'a && b', conditionsReset: [{ byTime }] });
  return { clock, place, fired, run: () => place.run(sensor), forgotten: () => place.told.of('joinReset').flatMap(({ held }) => held) };
}

const hourly = { from: '2026-07-18T12:30:00Z', cron: '0 * * * *' };

describe('a clock that is set', () => {
  test('forward over a reset: what was held is forgotten before the next event is looked at', async () => {
    const { clock, place, fired, run } = setUp(hourly);
    await using _place = place;
    run();
    await at(place, 'a:1');
    clock.set(hour);
    await at(place, 'b:2', 'a:3');

    expect(fired).toEqual(['a=3 b=2']);
  });

  test('forward over no reset: nothing is forgotten', async () => {
    const { clock, place, fired, run } = setUp(hourly);
    await using _place = place;
    run();
    await at(place, 'a:1');
    clock.set(hour / 3);
    await at(place, 'b:2');

    expect(fired).toEqual(['a=1 b=2']);
  });

  test('back by hours: resets come when the clock shows their time, also for what was held under the wrong one', async () => {
    const { clock, place, fired, run } = setUp(hourly);
    await using _place = place;
    clock.set(5 * hour);
    run();
    await at(place, 'a:1');
    clock.set(-5 * hour);
    await at(place, 'a:2');
    await clock.turn(hour / 2);
    await at(place, 'b:3', 'a:4');

    expect(fired).toEqual(['a=4 b=3']);
  });

  test('back by hours: what is held meets what comes before the next reset', async () => {
    const { clock, place, fired, run } = setUp(hourly);
    await using _place = place;
    clock.set(5 * hour);
    run();
    await at(place, 'a:1');
    clock.set(-5 * hour);
    await at(place, 'b:2');

    expect(fired).toEqual(['a=1 b=2']);
  });

  test('back by hours: keys under which nothing is left are forgotten soon all the same', async () => {
    const clock = new SetClock(Date.parse(hourly.from));
    await using place = workplace(clock);
    const { sensor } = joining({ conditions: 'a && b', join: { key: '.key' } });
    place.run(sensor);
    await at(place, 'a:1:x', 'b:2:x');
    clock.set(-5 * hour);
    await at(place, 'a:3:y');
    await clock.turn(20_000);

    const keys = [];
    for await (const { key } of (await place.bus.state('sensor/playground/sn')).entries('join/')) keys.push(key);
    expect(keys).toEqual(['join/join/y']);
  });

  test('back by two seconds after a reset: it does not come again', async () => {
    const { clock, place, fired, run, forgotten } = setUp({ ...hourly, from: '2026-07-18T12:59:59Z' });
    await using _place = place;
    run();
    await at(place, 'a:1');
    await clock.turn(1_000);
    clock.set(-2_000);
    await at(place, 'a:2');
    await clock.turn(5_000);
    await at(place, 'b:3');

    expect(forgotten()).toEqual(['a: 1']);
    expect(fired).toEqual(['a=2 b=3']);
  });
});

test('a machine that sleeps for three days forgets what was held before, and nothing that came after the last reset', async () => {
  const { clock, place, fired, run } = setUp({ from: '2026-07-18T12:30:00Z', cron: '0 0 * * *' });
  await using _place = place;
  run();
  await at(place, 'a:1');
  clock.set(72 * hour);
  await at(place, 'b:2', 'a:3');

  expect(fired).toEqual(['a=3 b=2']);
});

describe('when the clocks are changed', () => {
  const rows: [string, { cron: string; timezone: string }, string, string, string[]][] = [
    [
      'a reset at a time that is skipped does not come on that day',
      { cron: '30 2 * * *', timezone: 'America/New_York' },
      '2026-03-08T06:00:00Z',
      '2026-03-09T06:00:00Z',
      ['a=1 b=2'],
    ],
    ['and comes on the next', { cron: '30 2 * * *', timezone: 'America/New_York' }, '2026-03-08T06:00:00Z', '2026-03-09T07:00:00Z', []],
    [
      'a reset at a time that is shown twice comes the second time too',
      { cron: '30 1 * * *', timezone: 'America/New_York' },
      '2026-11-01T06:00:00Z',
      '2026-11-01T06:45:00Z',
      [],
    ],
    ['in a zone of its own', { cron: '0 0 * * *', timezone: 'Asia/Kolkata' }, '2026-03-28T18:29:00Z', '2026-03-28T18:31:00Z', []],
  ];

  test.each(rows)('%s', async (_name, spec, from, to, expected) => {
    const { clock, place, fired, run } = setUp({ from, ...spec });
    await using _place = place;
    const first = run();
    await at(place, 'a:1');
    await first.stop();
    clock.set(Date.parse(to) - clock.now());
    run();
    await at(place, 'b:2');

    expect(fired).toEqual(expected);
  });
});
