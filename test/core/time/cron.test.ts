import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { EngineError } from '../../../src/core/errors/engine-error.ts';
import { type CronOptions, parseCron } from '../../../src/core/time/cron.ts';
import { zoneNamed } from '../../../src/core/time/zone.ts';

const iso = (instant: number | undefined) => (instant === undefined ? undefined : new Date(instant).toISOString());

function runs(line: string, from: string, count: number, options: CronOptions = {}): (string | undefined)[] {
  const cron = parseCron(line, options);
  let at = Date.parse(from);
  return Array.from({ length: count }, () => {
    at = cron.next(at)!;
    return iso(at);
  });
}

function refusal(line: string, options: CronOptions = {}): object {
  try {
    parseCron(line, options);
  } catch (thrown) {
    const { code, fields, hint } = thrown as EngineError;
    return { code, problem: fields['problem'], offset: fields['offset'], hint };
  }
  return {};
}

describe('a cron line', () => {
  test('comes at each minute that its fields allow', () => {
    expect(runs('*/20 8-9 * * mon-FRI', '2026-07-17T09:00:00Z', 4)).toEqual([
      '2026-07-17T09:20:00.000Z',
      '2026-07-17T09:40:00.000Z',
      '2026-07-20T08:00:00.000Z',
      '2026-07-20T08:20:00.000Z',
    ]);
  });

  test('comes on a leap day also when that is eight years away', () => {
    expect(runs('0 0 29 2 *', '2096-03-01T00:00:00Z', 1)).toEqual(['2104-02-29T00:00:00.000Z']);
  });

  test('skips a time that the clocks skip, also where they skip a whole day', () => {
    expect(runs('0 0 * * *', '2018-11-03T12:00:00Z', 1, { timezone: 'America/Sao_Paulo' })).toEqual(['2018-11-05T02:00:00.000Z']);
    expect(runs('0 12 * * *', '2011-12-29T12:00:00Z', 2, { timezone: 'Pacific/Apia' })).toEqual([
      '2011-12-29T22:00:00.000Z',
      '2011-12-30T22:00:00.000Z',
    ]);
  });

  test('comes twice at a time that the clocks show twice, in the order of time', () => {
    const timezone = 'Australia/Lord_Howe';
    expect(runs('*/15 1 * * *', '2026-04-04T14:20:00Z', 7, { timezone }).map((at) => at?.slice(11, 16))).toEqual([
      '14:30',
      '14:45',
      '15:00',
      '15:15',
      '14:30',
      '14:45',
      '15:00',
    ]);
  });

  test('with a zone of its own does not look at the other', () => {
    expect(runs('CRON_TZ=Asia/Tokyo 0 9 * * *', '2026-07-18T10:00:00Z', 1, { timezone: 'America/New_York' })).toEqual([
      '2026-07-19T00:00:00.000Z',
    ]);
  });

  test('knows when it came last, an instant itself not included', () => {
    expect(iso(parseCron('59 23 * * *').previous(Date.parse('2026-07-18T23:59:00Z')))).toBe('2026-07-17T23:59:00.000Z');
  });
});

test.each([
  ['', { problem: 'empty spec string' }],
  ['@daily', { problem: 'parser does not accept descriptors: @daily', offset: 0, hint: 'write "0 0 * * *"' }],
  ['0 * * * * *', { problem: 'expected exactly 5 fields, found 6: [0 * * * * *]', offset: 10, hint: 'there is no field for seconds' }],
  ['* * * * 7', { problem: 'end of range (7) above maximum (6): 7', offset: 8, hint: 'Sunday is 0' }],
  ['* * 0 * *', { problem: 'beginning of range (0) below minimum (1): 0', offset: 4 }],
  ['TZ=UTC 1,9-5 * * * *', { problem: 'beginning of range (9) beyond end of range (5): 9-5', offset: 9 }],
  ['*/0 * * * *', { problem: 'step of range should be a positive number: */0', offset: 0 }],
  ['1-2-3 * * * *', { problem: 'too many hyphens: 1-2-3', offset: 0 }],
  ['1/2/3 * * * *', { problem: 'too many slashes: 1/2/3', offset: 0 }],
  ['* * * january *', { problem: 'failed to parse int from january: strconv.Atoi: parsing "january": invalid syntax', offset: 6 }],
  [', * * * *', { problem: 'a field without a value: ,', offset: 0 }],
  ['0 0 31 4,6 *', { problem: 'it never comes: no month that it names has such a day' }],
  ['TZ=Mars/Base 0 0 * * *', { problem: 'provided bad location Mars/Base: unknown time zone' }],
])('the line "%s" is refused with its reason and place', (line, expected) => {
  expect(refusal(line)).toEqual({ code: 'CONFIG_CRON', offset: undefined, hint: undefined, ...expected });
});

describe('whatever the line, the zone and the instant', () => {
  const field = (min: number, max: number) => {
    const value = fc.integer({ min, max });
    const range = fc.tuple(value, value).map(([a, b]) => `${Math.min(a, b)}-${Math.max(a, b)}`);
    const one = fc.oneof(
      value.map(String),
      range,
      fc.constant('*'),
      fc.integer({ min: 1, max: 9 }).map((step) => `*/${step}`),
    );
    return fc.array(one, { minLength: 1, maxLength: 3 }).map((list) => list.join(','));
  };
  const line = fc.tuple(field(0, 59), field(0, 23), field(1, 28), field(1, 12), field(0, 6)).map((fields) => fields.join(' '));
  const timezone = fc.constantFrom(
    'UTC',
    'America/New_York',
    'Australia/Lord_Howe',
    'Europe/Dublin',
    'Asia/Kathmandu',
    'Africa/Casablanca',
  );
  const instant = fc.integer({ min: Date.parse('2026-01-01T00:00:00Z'), max: Date.parse('2027-12-31T00:00:00Z') });

  test('the next time is later, and the one before that is not later than where we began', () => {
    fc.assert(
      fc.property(line, timezone, instant, (text, timezone, from) => {
        const cron = parseCron(text, { timezone });
        const next = cron.next(from)!;
        expect(next).toBeGreaterThan(from);
        expect(cron.previous(next)).toBe(cron.previous(from + 1));
        expect(cron.next(cron.previous(from)!)).toBeGreaterThanOrEqual(from);
      }),
      { numRuns: 200 },
    );
  });

  test('no fitting minute between is left out, and each that comes fits', () => {
    fc.assert(
      fc.property(
        timezone,
        fc.constantFrom('*/7 * * * *', '30 1,2 * * *', '0 0-3 * * *', '*/30 1 * 3,4,10,11 *'),
        instant,
        (timezone, text, start) => {
          const from = Math.floor(start / 60_000) * 60_000;
          const until = from + 36 * 3_600_000;
          const zone = zoneNamed(timezone)!;
          const [minutes, hours] = text.split(' ') as [string, string];
          const fits = (value: number, field: string): boolean =>
            field === '*' ||
            field.split(',').some((one) => {
              if (one.startsWith('*/')) return value % Number(one.slice(2)) === 0;
              const [low, high = low] = one.split('-').map(Number) as [number, number?];
              return value >= low && value <= high;
            });
          const expected: number[] = [];
          for (let at = from + 60_000; at <= until; at += 60_000) {
            const wall = new Date(at + zone.offsetAt(at));
            const isMonth = !text.endsWith('11 *') || [3, 4, 10, 11].includes(wall.getUTCMonth() + 1);
            if (fits(wall.getUTCMinutes(), minutes) && fits(wall.getUTCHours(), hours) && isMonth) expected.push(at);
          }
          const cron = parseCron(text, { timezone });
          const found: number[] = [];
          for (let at = cron.next(from)!; at <= until; at = cron.next(at)!) found.push(at);
          expect(found.map(iso)).toEqual(expected.map(iso));
          const back: number[] = [];
          for (let at = cron.previous(until + 1)!; at > from; at = cron.previous(at)!) back.unshift(at);
          expect(back).toEqual(found);
        },
      ),
      { numRuns: 40 },
    );
  });

  test('any text is read or refused by CONFIG_CRON, and nothing else', () => {
    const noise = fc.array(fc.constantFrom('*', '?', '/', '-', ',', ' ', '7', '0', '59', 'MON', 'jan', '@', 'TZ=', 'x', 'é'), {
      maxLength: 20,
    });
    fc.assert(
      fc.property(noise, (parts) => {
        try {
          parseCron(parts.join(''));
        } catch (thrown) {
          expect(thrown).toBeInstanceOf(EngineError);
          expect((thrown as EngineError).code).toBe('CONFIG_CRON');
        }
      }),
    );
  });
});
