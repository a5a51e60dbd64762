import { describe, expect, test } from 'vitest';
import { hour, setUp } from './place.ts';

const day = 24 * hour;
const withCatchup = { persistence: { catchup: { enabled: true } } };

describe('a clock that is set under a calendar that runs', () => {
  test('forward, it brings what was due meanwhile; back a little, it brings nothing twice', async () => {
    const { clock, begin, times } = setUp();
    const source = begin({ schedule: '0 * * * *' });
    await clock.turn(10);
    clock.set(2 * hour);
    await clock.turn(30_000);
    expect(await times()).toEqual(['13:00:00', '14:00:00']);

    clock.set(-45_000);
    await clock.turn(60_000);
    await source.stop();

    expect(await times()).toEqual(['13:00:00', '14:00:00']);
  });

  test('back by hours, it begins anew', async () => {
    const { clock, begin, times } = setUp();
    clock.set(5 * hour);
    const source = begin({ schedule: '0 * * * *' });
    await clock.turn(hour);
    expect(await times()).toEqual(['18:00:00']);

    clock.set(-5 * hour);
    await clock.turn(hour);
    await source.stop();

    expect(await times()).toEqual(['18:00:00', '14:00:00']);
  });

  test.each([
    ['just before it', 59_999, -2_000],
    ['at it', 60_000, -2_000],
    ['just after it', 60_500, -2_000],
    ['just before it, forward', 59_000, 2_000],
  ])('by two seconds around a tick, %s, as time servers do, it brings each tick once', async (_name, at, by) => {
    const { clock, begin, times } = setUp();
    const source = begin({ schedule: '* * * * *' });
    await clock.turn(at);
    clock.set(by);
    await clock.turn(120_000 - at - by + 10);
    await source.stop();

    expect(await times()).toEqual(['12:01:00', '12:02:00']);
  });

  test('by a little again and again, an interval keeps its rhythm', async () => {
    const { clock, begin, times } = setUp();
    const source = begin({ interval: '10s' });
    await clock.turn(1);
    for (const by of [-700, 400, -2_000, 2_300, -900, 900]) {
      clock.set(by);
      await clock.turn(10_000);
    }
    await source.stop();

    expect(await times()).toEqual(['12:00:10', '12:00:20', '12:00:30', '12:00:40', '12:00:50', '12:01:00']);
  });
});

describe('a machine that sleeps for three days', () => {
  const schedule = '30 6 * * *';
  const missed = ['2026-07-19T06:30:00.000Z', '2026-07-20T06:30:00.000Z', '2026-07-21T06:30:00.000Z'];

  test.each([
    ['without persistence', {}],
    ['with persistence', withCatchup],
  ])('with its process, %s: what was due comes once, when it wakes', async (_name, more) => {
    const { clock, begin, sent } = setUp();
    const source = begin({ schedule, ...more });
    await clock.turn(10);
    clock.set(3 * day);
    await clock.turn(30_000);
    await source.stop();

    expect((await sent()).map(({ time }) => time)).toEqual(missed);
  });

  test.each<[string, object, string[]]>([
    ['without persistence: nothing of it', {}, []],
    ['with persistence: all of it', withCatchup, missed],
    [
      'with persistence of two days: what is not older',
      { persistence: { catchup: { enabled: true, maxDuration: '48h' } } },
      missed.slice(1),
    ],
  ])('its process was killed, %s', async (_name, more, expected) => {
    const { clock, begin, sent } = setUp();
    const first = begin({ schedule, ...more });
    await clock.turn(10);
    await first.stop();
    clock.set(3 * day);
    const second = begin({ schedule, ...more });
    await clock.turn(10);
    await second.stop();

    expect((await sent()).map(({ time }) => time)).toEqual(expected);
  });
});

describe('over a change of the clocks, a stop, and a start that catches up', () => {
  /** What comes of a schedule whose process is away from the first instant to the second. */
  async function caughtUp(entry: object, from: string, to: string): Promise<string[]> {
    const { clock, begin, sent } = setUp(from);
    const first = begin({ ...entry, ...withCatchup });
    await clock.turn(1);
    await first.stop();
    clock.set(Date.parse(to) - clock.now());
    const second = begin({ ...entry, ...withCatchup });
    await clock.turn(1);
    await second.stop();
    return (await sent()).map(({ time }) => time.slice(0, 16));
  }

  const rows: [string, object, string, string, string[]][] = [
    [
      'a time that is skipped in spring does not come on that day',
      { schedule: '30 2 * * *', timezone: 'America/New_York' },
      '2026-03-07T00:00:00Z',
      '2026-03-10T00:00:00Z',
      ['2026-03-07T07:30', '2026-03-09T06:30'],
    ],
    [
      'a time that is shown twice in autumn comes twice',
      { schedule: '30 1 * * *', timezone: 'America/New_York' },
      '2026-10-31T00:00:00Z',
      '2026-11-03T00:00:00Z',
      ['2026-10-31T05:30', '2026-11-01T05:30', '2026-11-01T06:30', '2026-11-02T06:30'],
    ],
    [
      'each hour comes once in spring',
      { schedule: '0 * * * *', timezone: 'Europe/Berlin' },
      '2026-03-28T23:30:00Z',
      '2026-03-29T03:30:00Z',
      ['2026-03-29T00:00', '2026-03-29T01:00', '2026-03-29T02:00', '2026-03-29T03:00'],
    ],
    [
      'each hour comes once in autumn',
      { schedule: '0 * * * *', timezone: 'Europe/Berlin' },
      '2026-10-24T22:30:00Z',
      '2026-10-25T03:30:00Z',
      ['2026-10-24T23:00', '2026-10-25T00:00', '2026-10-25T01:00', '2026-10-25T02:00', '2026-10-25T03:00'],
    ],
    [
      'an interval does not care',
      { interval: '1h', timezone: 'Europe/Berlin' },
      '2026-10-24T23:30:00Z',
      '2026-10-25T02:45:00Z',
      ['2026-10-25T00:30', '2026-10-25T01:30', '2026-10-25T02:30'],
    ],
    [
      'where clocks are never changed, a day has 24 hours',
      { schedule: '0 9 * * *', timezone: 'Asia/Kolkata' },
      '2026-03-28T00:00:00Z',
      '2026-03-31T00:00:00Z',
      ['2026-03-28T03:30', '2026-03-29T03:30', '2026-03-30T03:30'],
    ],
    [
      'by half an hour, the half hour comes twice',
      { schedule: '*/15 1 * * *', timezone: 'Australia/Lord_Howe' },
      '2026-04-04T13:59:00Z',
      '2026-04-04T15:45:00Z',
      ['2026-04-04T14:00', '2026-04-04T14:15', '2026-04-04T14:30', '2026-04-04T14:45', '2026-04-04T15:00', '2026-04-04T15:15'],
    ],
    [
      'the 29th of February comes in leap years',
      { schedule: '0 12 29 2 *' },
      '2027-01-01T00:00:00Z',
      '2033-01-01T00:00:00Z',
      ['2028-02-29T12:00', '2032-02-29T12:00'],
    ],
  ];

  test.each(rows)('%s', async (_name, entry, from, to, expected) => {
    expect(await caughtUp(entry, from, to)).toEqual(expected);
  });
});
