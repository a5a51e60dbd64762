import { own } from '../../own.ts';
import { fn, GoError, type GoFunction } from '../function.ts';
import { int64, Struct } from '../values.ts';

const units: Readonly<Record<string, number>> = { ns: 1, us: 1e3, µs: 1e3, μs: 1e3, ms: 1e6, s: 1e9, m: 60e9, h: 3600e9 };

const largest = (1n << 63n) - 1n;

/** time.ParseDuration in nanoseconds: `1h15m30.5s`. Throws GoError. */
export function parseDuration(text: string): bigint {
  const [, sign, rest] = /^([+-]?)(.*)$/s.exec(text)!;
  if (rest === '0') return 0n;
  const problem = `time: invalid duration ${JSON.stringify(text)}`;
  if (!/^(?:(?:\d+\.?\d*|\.\d+)[^\d.]+)+$/.test(rest!)) {
    throw new GoError(/^(?:(?:\d+\.?\d*|\.\d+)[^\d.]*)+$/.test(rest!) ? problem.replace('invalid', 'missing unit in') : problem);
  }
  let sum = 0n;
  for (const [, whole = '', fraction = '', unit] of rest!.matchAll(/(\d*)\.?(\d*)([^\d.]+)/g)) {
    const size = units[unit!];
    if (size === undefined) throw new GoError(`time: unknown unit ${JSON.stringify(unit)} in duration ${JSON.stringify(text)}`);
    if (whole.length > 30) throw new GoError(problem);
    sum += BigInt(whole || 0) * BigInt(size) + BigInt(Math.floor(Number(`0.${fraction || 0}`) * size));
    if (sum > largest + (sign === '-' ? 1n : 0n)) throw new GoError(problem);
  }
  return sign === '-' ? -sum : sum;
}

/** time.Duration as text: `1h15m30.5s`, `1.5ms`, `0s`. */
export function durationText(nanos: bigint): string {
  const sign = nanos < 0n ? '-' : '';
  const size = nanos < 0n ? -nanos : nanos;
  if (size === 0n) return '0s';
  if (size < 1_000n) return `${sign}${size}ns`;
  if (size < 1_000_000n) return `${sign}${decimal(size, 3)}µs`;
  if (size < 1_000_000_000n) return `${sign}${decimal(size, 6)}ms`;
  const minutes = size / 60_000_000_000n;
  const seconds = `${decimal(size % 60_000_000_000n, 9)}s`;
  if (minutes === 0n) return sign + seconds;
  return minutes < 60n ? `${sign}${minutes}m${seconds}` : `${sign}${minutes / 60n}h${minutes % 60n}m${seconds}`;
}

function decimal(value: bigint, places: number): string {
  const text = `${value}`.padStart(places + 1, '0');
  const fraction = text.slice(-places).replace(/0+$/, '');
  return `${text.slice(0, -places)}${fraction && `.${fraction}`}`;
}

/** time.Duration, as `Sub` of a time gives it. */
export class Duration extends Struct {
  override readonly type = 'time.Duration';
  override readonly kind = 'int64';
  readonly nanos: bigint;

  constructor(nanos: bigint) {
    super();
    this.nanos = nanos;
  }

  override get integer(): bigint {
    return this.nanos;
  }

  override method(name: string): GoFunction | undefined {
    const reads = own(methods, name);
    return reads && fn([], () => reads(this.nanos));
  }

  override toString(): string {
    return durationText(this.nanos);
  }

  override toJson(): string {
    return `${this.nanos}`;
  }

  override equals(other: Struct): boolean {
    return other instanceof Duration && other.nanos === this.nanos;
  }
}

const methods: Readonly<Record<string, (nanos: bigint) => ReturnType<GoFunction['call']>>> = {
  Hours: (nanos) => Number(nanos) / 3600e9,
  Minutes: (nanos) => Number(nanos) / 60e9,
  Seconds: (nanos) => Number(nanos) / 1e9,
  Milliseconds: (nanos) => int64(nanos / 1_000_000n),
  Microseconds: (nanos) => int64(nanos / 1000n),
  Nanoseconds: (nanos) => int64(nanos),
  String: durationText,
};
