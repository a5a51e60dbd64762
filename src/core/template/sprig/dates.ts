import { fn, type GoFunction, orElse } from '../../go/function.ts';
import { parseInteger } from '../../go/parse-number.ts';
import { durationText, parseDuration } from '../../go/time/duration.ts';
import { locationNamed, utc } from '../../go/time/location.ts';
import { parseTime } from '../../go/time/parse.ts';
import { Time, zeroTime } from '../../go/time/time.ts';
import { type GoValue, Int } from '../../go/values.ts';
import type { Clock } from '../../time/clock.ts';

const second = 1_000_000_000n;
const [minute, hour, day] = [60n * second, 3600n * second, 86_400n * second];

/** The largest unit of which there is more than one. */
const rounding: readonly (readonly [bigint, string])[] = [
  [365n * day, 'y'],
  [30n * day, 'mo'],
  [day, 'd'],
  [hour, 'h'],
  [minute, 'm'],
  [second, 's'],
];

function roundedDuration(nanos: bigint): string {
  const size = nanos < 0n ? -nanos : nanos;
  const found = rounding.find(([unit]) => size > unit);
  return found ? `${size / found[0]}${found[1]}` : '0s';
}

/** To whole seconds, halves away from zero. */
function wholeSeconds(nanos: bigint): bigint {
  const size = nanos < 0n ? -nanos : nanos;
  const seconds = (size + second / 2n) / second;
  return (nanos < 0n ? -seconds : seconds) * second;
}

const seconds = (text: string): bigint => {
  const value = parseInteger(text, 10);
  return typeof value === 'bigint' ? value : 0n;
};

/** Dates by Go's layouts. `Local` is UTC, wherever we run. */
export function dates(clock: Clock): Readonly<Record<string, GoFunction>> {
  const now = (): Time => Time.fromMilliseconds(clock.now());

  /** An int counts seconds since 1970; all that is no time, a number of the event among it, is now. */
  const timeOf = (value: GoValue): Time => {
    if (value instanceof Time) return value;
    if (value instanceof Int && value.type.startsWith('int')) return new Time(Number(value.value));
    return now();
  };
  const formatted = (layout: string, value: GoValue, zone: string): string =>
    timeOf(value)
      .in(locationNamed(zone) ?? utc)
      .format(layout);
  const since = (value: Time): bigint => now().unixNanos - value.unixNanos;

  const dateInZone = fn(['string', 'any', 'string'], ([layout, value, zone]) => formatted(layout, value, zone));
  const dateModify = fn(['string', 'time.Time'], ([text, time]) => orElse(() => (time as Time).plus(parseDuration(text)), time as Time));
  const mustDateModify = fn(['string', 'time.Time'], ([text, time]) => (time as Time).plus(parseDuration(text)));
  return {
    now: fn([], now),
    date: fn(['string', 'any'], ([layout, value]) => formatted(layout, value, 'Local')),
    dateInZone,
    date_in_zone: dateInZone,
    htmlDate: fn(['any'], ([value]) => formatted('2006-01-02', value, 'Local')),
    htmlDateInZone: fn(['any', 'string'], ([value, zone]) => formatted('2006-01-02', value, zone)),
    dateModify,
    date_modify: dateModify,
    mustDateModify,
    must_date_modify: mustDateModify,
    toDate: fn(['string', 'string'], ([layout, text]) => orElse(() => parseTime(layout, text), zeroTime)),
    mustToDate: fn(['string', 'string'], ([layout, text]) => parseTime(layout, text)),
    unixEpoch: fn(['time.Time'], ([time]) => `${(time as Time).seconds}`),
    ago: fn(['any'], ([value]) => durationText(wholeSeconds(since(timeOf(value))))),
    duration: fn(['any'], ([value]) => {
      const count = typeof value === 'string' ? seconds(value) : value instanceof Int && value.type === 'int64' ? value.value : 0n;
      return durationText(BigInt.asIntN(64, count * second));
    }),
    durationRound: fn(['any'], ([value]) => {
      if (typeof value === 'string') return roundedDuration(orElse(() => parseDuration(value), 0n));
      if (value instanceof Time) return roundedDuration(since(value));
      return roundedDuration(value instanceof Int && value.type === 'int64' ? value.value : 0n);
    }),
  };
}
