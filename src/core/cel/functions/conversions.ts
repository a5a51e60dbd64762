import { bytesOf } from '../../go/bytes.ts';
import { formatFloat } from '../../go/float.ts';
import { parseFloat64 } from '../../go/parse-number.ts';
import { parseDuration } from '../../go/time/duration.ts';
import { parseTime } from '../../go/time/parse.ts';
import { refuse } from '../refuse.ts';
import { CelFault, type CelResult } from '../values/fault.ts';
import { Bytes, type CelValue, type Duration, Int, type Timestamp, TypeValue, typeName, Uint } from '../values/value.ts';
import { fault, faultOf, type Overload, overload, overloads } from './function.ts';
import { intOrFault, uintOrFault } from './operators.ts';
import { durationOrFault, timeOf, timestampOrFault } from './time.ts';

const decoder = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true });

const utf8 = ({ bytes }: Bytes): CelResult => {
  try {
    return decoder.decode(bytes);
  } catch {
    return fault('invalid UTF-8 in bytes, cannot convert to string');
  }
};

export const secondsText = (nanos: bigint): string => `${formatFloat(Number(nanos) / 1e9, 'f')}s`;
export const timestampText = (timestamp: Timestamp): string =>
  timeOf(timestamp, timestamp.location).format('2006-01-02T15:04:05.999999999Z07:00');

/** Rounds towards zero. */
function fromDouble(value: number, unsigned: boolean): CelResult {
  const problem = unsigned ? 'unsigned integer overflow' : 'integer overflow';
  if (!Number.isFinite(value) || Math.abs(value) >= 2 ** (unsigned ? 64 : 63) || (unsigned && value < 0)) return fault(problem);
  const cut = BigInt(Math.trunc(value));
  return unsigned ? new Uint(cut) : new Int(cut);
}

function fromText(text: string, to: 'int' | 'uint'): CelResult {
  const value = /^[+-]?\d+$/.test(text) && !(to === 'uint' && /^[+-]/.test(text)) ? BigInt(text.replace('+', '')) : undefined;
  if (value === undefined) return fault(`strconv: parsing ${JSON.stringify(text)}: invalid syntax`);
  return to === 'int' ? intOrFault(value) : uintOrFault(value);
}

function boolean(text: string): CelResult {
  if (['1', 't', 'T', 'TRUE', 'true', 'True'].includes(text)) return true;
  if (['0', 'f', 'F', 'FALSE', 'false', 'False'].includes(text)) return false;
  return fault(`${JSON.stringify(text)} is neither true nor false`);
}

function double(text: string): CelResult {
  const value = parseFloat64(text);
  return typeof value === 'number' ? value : fault(`${JSON.stringify(text)} is no number`);
}

function timestamp(text: string): CelResult {
  const { unixNanos, location } = parseTime('2006-01-02T15:04:05Z07:00', text);
  return timestampOrFault(unixNanos, location);
}

/** Reads a text. One that stands in the expression is read when that is compiled, and refused where it is none. */
function reading(type: string, read: (text: string) => CelResult): Overload {
  return overload(`${type}(string) -> ${type}`, read, {
    prepare([text]) {
      if (typeof text !== 'string') return undefined;
      const value = faultOf(() => read(text));
      if (value instanceof CelFault) throw refuse(value.problem, 0);
      return () => value;
    },
  });
}

const same = (value: CelValue): CelValue => value;

export const conversions: readonly Overload[] = [
  ...['bool', 'bytes', 'double', 'duration', 'int', 'string', 'timestamp', 'uint'].flatMap((type) =>
    overloads([type], `${type}(T) -> T`, same),
  ),
  overload('dyn(A) -> dyn', same),
  overload('type(A) -> type', (value: CelValue) => new TypeValue(typeName(value))),
  reading('bool', boolean),
  overload('bytes(string) -> bytes', (text: string) => new Bytes(bytesOf(text))),
  overload('double(int) -> double', ({ value }: Int) => Number(value)),
  overload('double(uint) -> double', ({ value }: Uint) => Number(value)),
  reading('double', double),
  reading('duration', (text) => durationOrFault(parseDuration(text))),
  overload('int(double) -> int', (value: number) => fromDouble(value, false)),
  overload('int(uint) -> int', ({ value }: Uint) => intOrFault(value)),
  reading('int', (text) => fromText(text, 'int')),
  overload('int(timestamp) -> int', (timestamp: Timestamp) => new Int(BigInt(timeOf(timestamp).seconds))),
  overload('int(duration) -> int', ({ nanos }: Duration) => new Int(nanos)),
  overload('uint(double) -> uint', (value: number) => fromDouble(value, true)),
  overload('uint(int) -> uint', ({ value }: Int) => uintOrFault(value)),
  reading('uint', (text) => fromText(text, 'uint')),
  overload('string(bool) -> string', (value: boolean) => `${value}`),
  overload('string(int) -> string', ({ value }: Int) => `${value}`),
  overload('string(uint) -> string', ({ value }: Uint) => `${value}`),
  overload('string(double) -> string', (value: number) => formatFloat(value, 'g')),
  overload('string(bytes) -> string', utf8),
  overload('string(timestamp) -> string', timestampText),
  overload('string(duration) -> string', ({ nanos }: Duration) => secondsText(nanos)),
  reading('timestamp', timestamp),
  overload('timestamp(int) -> timestamp', ({ value }: Int) => timestampOrFault(value * 1_000_000_000n)),
];
