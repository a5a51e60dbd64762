import { GoError } from '../../go/function.ts';
import { type Civil, dayOfYear, weekdayOf } from '../../go/time/civil.ts';
import { fixedZone, type Location, locationNamed, utc } from '../../go/time/location.ts';
import { Time } from '../../go/time/time.ts';
import type { CelResult } from '../values/fault.ts';
import { Duration, Int, Timestamp } from '../values/value.ts';
import { fault, type Overload, overload } from './function.ts';

const second = 1_000_000_000n;
/** From the year 1 to the end of 9999. */
const earliest = -62_135_596_800n * second;
const latest = 253_402_300_800n * second - 1n;

export const timestampOrFault = (nanos: bigint, location?: Location): CelResult =>
  nanos < earliest || nanos > latest ? fault('timestamp overflow') : new Timestamp(nanos, location);

export const durationOrFault = (nanos: bigint): CelResult =>
  nanos !== BigInt.asIntN(64, nanos) ? fault('duration overflow') : new Duration(nanos);

export const timeOperators: readonly Overload[] = [
  overload('_+_(timestamp, duration) -> timestamp', (a: Timestamp, b: Duration) => timestampOrFault(a.nanos + b.nanos, a.location)),
  overload('_+_(duration, timestamp) -> timestamp', (a: Duration, b: Timestamp) => timestampOrFault(a.nanos + b.nanos, b.location)),
  overload('_+_(duration, duration) -> duration', (a: Duration, b: Duration) => durationOrFault(a.nanos + b.nanos)),
  overload('_-_(timestamp, timestamp) -> duration', (a: Timestamp, b: Timestamp) => durationOrFault(a.nanos - b.nanos)),
  overload('_-_(timestamp, duration) -> timestamp', (a: Timestamp, b: Duration) => timestampOrFault(a.nanos - b.nanos, a.location)),
  overload('_-_(duration, duration) -> duration', (a: Duration, b: Duration) => durationOrFault(a.nanos - b.nanos)),
];

export function timeOf({ nanos }: Timestamp, location: Location = utc): Time {
  const rest = ((nanos % second) + second) % second;
  return new Time(Number((nanos - rest) / second), Number(rest), location);
}

/** A zone by its name, or by what it is ahead of UTC: `-08:00`, `05:30`, `5:30`. */
function locationOf(zone: string): Location {
  const [, sign, hours, minutes] = /^([+-]?)(\d{1,3}):([0-5]?\d)$/.exec(zone) ?? [];
  if (hours !== undefined) return fixedZone('', (sign === '-' ? -1 : 1) * (Number(hours) * 3600 + Number(minutes) * 60));
  const location = locationNamed(zone);
  if (!location) throw new GoError(`unknown time zone ${zone}`);
  return location;
}

/** What a clock shows, in UTC or in the zone that is named. */
function part(name: string, read: (civil: Civil, time: Time) => number): Overload[] {
  const of = (time: Time) => new Int(BigInt(read(time.civil, time)));
  return [
    overload(`timestamp.${name}() -> int`, (timestamp: Timestamp) => of(timeOf(timestamp))),
    overload(`timestamp.${name}(string) -> int`, (timestamp: Timestamp, zone: string) => of(timeOf(timestamp, locationOf(zone)))),
  ];
}

const whole = (name: string, unit: bigint): Overload =>
  overload(`duration.${name}() -> int`, ({ nanos }: Duration) => new Int(nanos / unit));

export const timeFunctions: readonly Overload[] = [
  ...part('getFullYear', ({ year }) => year),
  ...part('getMonth', ({ month }) => month - 1),
  ...part('getDate', ({ day }) => day),
  ...part('getDayOfMonth', ({ day }) => day - 1),
  ...part('getDayOfYear', (civil) => dayOfYear(civil) - 1),
  ...part('getDayOfWeek', (_, time) => weekdayOf(time.wall)),
  ...part('getHours', ({ hour }) => hour),
  ...part('getMinutes', ({ minute }) => minute),
  ...part('getSeconds', (civil) => civil.second),
  ...part('getMilliseconds', (_, { nanos }) => Math.floor(nanos / 1e6)),
  whole('getHours', 3600n * second),
  whole('getMinutes', 60n * second),
  whole('getSeconds', second),
  whole('getMilliseconds', 1_000_000n),
];
