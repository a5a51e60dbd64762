import { own } from '../../own.ts';
import { fn, type GoFunction } from '../function.ts';
import { type GoValue, int, int64, Struct } from '../values.ts';
import { type Civil, civilOf, dayOfYear, secondsOf, weekdayOf } from './civil.ts';
import { Duration } from './duration.ts';
import { formatTime, type Instant } from './format.ts';
import { months, weekdays } from './layout.ts';
import { type Location, utc } from './location.ts';

/** time.Time: an instant, to the nanosecond, and the place whose clocks show it. */
export class Time extends Struct implements Instant {
  override readonly type = 'time.Time';
  override readonly kind = 'struct';
  /** Since 1970. */
  readonly seconds: number;
  readonly nanos: number;
  readonly location: Location;

  constructor(seconds: number, nanos = 0, location: Location = utc) {
    super();
    this.seconds = seconds;
    this.nanos = nanos;
    this.location = location;
  }

  static fromMilliseconds(milliseconds: number): Time {
    const seconds = Math.floor(milliseconds / 1000);
    return new Time(seconds, Math.round((milliseconds - seconds * 1000) * 1e6));
  }

  get civil(): Civil {
    return civilOf(this.wall);
  }

  /** Seconds since 1970 that the clocks there would show if they stood in UTC. */
  get wall(): number {
    return this.seconds + this.location.at(this.seconds).offset;
  }

  get unixNanos(): bigint {
    return BigInt(this.seconds) * 1_000_000_000n + BigInt(this.nanos);
  }

  in(location: Location): Time {
    return new Time(this.seconds, this.nanos, location);
  }

  plus(nanos: bigint): Time {
    const sum = BigInt(this.nanos) + nanos;
    const rest = ((sum % 1_000_000_000n) + 1_000_000_000n) % 1_000_000_000n;
    return new Time(this.seconds + Number((sum - rest) / 1_000_000_000n), Number(rest), this.location);
  }

  /** Months and days that do not exist go on into the next. */
  addDate(years: number, months: number, days: number): Time {
    const { civil } = this;
    const wall = secondsOf({ ...civil, year: civil.year + years, month: civil.month + months, day: civil.day + days });
    return new Time(unixOf(wall, this.location), this.nanos, this.location);
  }

  format(layout: string): string {
    return formatTime(this, layout);
  }

  override method(name: string): GoFunction | undefined {
    const reads = own(fields, name);
    return reads ? fn([], () => reads(this)) : own(withArguments(this), name);
  }

  override toString(): string {
    return this.format('2006-01-02 15:04:05.999999999 -0700 MST');
  }

  override toJson(): string {
    return `"${this.format('2006-01-02T15:04:05.999999999Z07:00')}"`;
  }

  override equals(other: Struct): boolean {
    return other instanceof Time && other.unixNanos === this.unixNanos && other.location.name === this.location.name;
  }
}

/** The zero time: the first of January of year 1. */
export const zeroTime = new Time(-62_135_596_800);

/** The instant at which clocks there show `wall`. */
export function unixOf(wall: number, location: Location): number {
  const offset = location.at(wall).offset;
  return wall - location.at(wall - offset).offset;
}

/** time.Month and time.Weekday: numbers that print as names. */
class Named extends Struct {
  override readonly type: string;
  override readonly kind = 'int';
  readonly #number: number;
  readonly #name: string;

  constructor(type: string, number: number, name: string) {
    super();
    this.type = type;
    this.#number = number;
    this.#name = name;
  }

  override get integer(): bigint {
    return BigInt(this.#number);
  }

  override method(name: string): GoFunction | undefined {
    return name === 'String' ? fn([], () => this.#name) : undefined;
  }

  override toString(): string {
    return this.#name;
  }

  override toJson(): string {
    return `${this.#number}`;
  }

  override equals(other: Struct): boolean {
    return other.type === this.type && other.integer === this.integer;
  }
}

const fields: Readonly<Record<string, (time: Time) => GoValue>> = {
  Year: ({ civil }) => int(civil.year),
  Month: ({ civil }) => new Named('time.Month', civil.month, months[civil.month - 1]!),
  Day: ({ civil }) => int(civil.day),
  Hour: ({ civil }) => int(civil.hour),
  Minute: ({ civil }) => int(civil.minute),
  Second: ({ civil }) => int(civil.second),
  Nanosecond: ({ nanos }) => int(nanos),
  YearDay: ({ civil }) => int(dayOfYear(civil)),
  Weekday: ({ wall }) => new Named('time.Weekday', weekdayOf(wall), weekdays[weekdayOf(wall)]!),
  Unix: ({ seconds }) => int64(seconds),
  UnixMilli: ({ unixNanos }) => int64(floorDivided(unixNanos, 1_000_000n)),
  UnixMicro: ({ unixNanos }) => int64(floorDivided(unixNanos, 1000n)),
  UnixNano: ({ unixNanos }) => int64(unixNanos),
  UTC: (time) => time.in(utc),
  Local: (time) => time.in(utc),
  IsZero: ({ unixNanos }) => unixNanos === zeroTime.unixNanos,
  String: (time) => time.toString(),
};

const floorDivided = (value: bigint, by: bigint): bigint => (value - (((value % by) + by) % by)) / by;

const withArguments = (time: Time): Readonly<Record<string, GoFunction>> => ({
  Format: fn(['string'], ([layout]) => time.format(layout)),
  AddDate: fn(['int', 'int', 'int'], ([years, months, days]) => time.addDate(years, months, days)),
  Sub: fn(['time.Time'], ([other]) => new Duration(time.unixNanos - (other as Time).unixNanos)),
  Before: fn(['time.Time'], ([other]) => time.unixNanos < (other as Time).unixNanos),
  After: fn(['time.Time'], ([other]) => time.unixNanos > (other as Time).unixNanos),
  Equal: fn(['time.Time'], ([other]) => time.unixNanos === (other as Time).unixNanos),
});
