import { bytesOf, textOf } from '../../go/bytes.ts';
import { formatFloat } from '../../go/float.ts';
import { byBytes } from '../../json/by-bytes.ts';
import { isMap } from '../values/compare.ts';
import { type CelFault, type CelResult, CelFault as Fault } from '../values/fault.ts';
import { keysOf, valueAt } from '../values/maps.ts';
import { Bytes, type CelValue, Duration, Int, kindOf, plain, Timestamp, TypeValue, Uint } from '../values/value.ts';
import { secondsText, timestampText } from './conversions.ts';
import { fault, type Run } from './function.ts';

/** What stands for an argument in a text: `%s`, `%d`, `%.2f`, `%e`, `%b`, `%x`, `%X`, `%o`. */
const verb = /%(?:%|(?:\.(\d+))?([a-zA-Z]))?/g;

export function format(text: string, args: readonly CelValue[], run: Run): CelResult {
  let problem: CelFault | undefined;
  let next = 0;
  const result = text.replace(verb, (whole, precision: string | undefined, letter: string | undefined) => {
    if (problem) return '';
    if (whole === '%%') return '%';
    if (letter === undefined) {
      problem = fault('a % ends the text or has no letter behind it: write %% for a percent sign');
      return '';
    }
    const arg = args[next];
    if (arg === undefined) {
      problem = fault(`index ${next} out of range`);
      return '';
    }
    next += 1;
    const made = formatted(letter, plain(arg), precision === undefined ? 6 : Number(precision), run);
    if (made instanceof Fault) problem = made;
    return made instanceof Fault ? '' : made;
  });
  return problem ?? result;
}

const special = (value: number): string => (Number.isNaN(value) ? 'NaN' : value > 0 ? 'Infinity' : '-Infinity');

const float = (value: number, form: 'e' | 'f', precision: number): string =>
  Number.isFinite(value) ? formatFloat(value, form, precision) : special(value);

function formatted(letter: string, value: CelValue, precision: number, run: Run): string | CelFault {
  const integer = value instanceof Int || value instanceof Uint ? value.value : undefined;
  const number = integer === undefined ? value : Number(integer);
  const wrong = (takes: string) => fault(`%${letter} takes ${takes}, and this is ${kindOf(value)}`);
  switch (letter) {
    case 's':
      return textOfValue(value, run);
    case 'd':
      if (integer !== undefined) return `${integer}`;
      return typeof value === 'number' ? float(value, 'f', -1) : wrong('a number');
    case 'f':
    case 'e':
      if (precision > 1000) return fault(`%.${precision}${letter} asks for more digits than there can be`);
      return typeof number === 'number' ? float(number, letter, precision) : wrong('a number');
    case 'b':
      if (typeof value === 'boolean') return value ? '1' : '0';
      return integer === undefined ? wrong('an integer or a boolean') : integer.toString(2);
    case 'o':
      return integer === undefined ? wrong('an integer') : integer.toString(8);
    case 'x':
    case 'X': {
      const bytes = typeof value === 'string' ? bytesOf(value) : value instanceof Bytes ? value.bytes : undefined;
      if (integer === undefined && !bytes) return wrong('an integer, a text or bytes');
      const hex = integer === undefined ? Buffer.from(bytes!).toString('hex') : integer.toString(16);
      return letter === 'X' ? hex.toUpperCase() : hex;
    }
    default:
      return fault(`%${letter} stands for nothing: there are %s, %d, %f, %e, %b, %x, %X and %o`);
  }
}

/** A value as `%s` writes it: texts inside lists and maps without quotes. */
function textOfValue(value: CelValue, run: Run): string {
  if (typeof value === 'string') return value;
  if (value === null || typeof value === 'boolean') return `${value}`;
  if (typeof value === 'number') return float(value, 'f', -1);
  if (value instanceof Int || value instanceof Uint) return `${value.value}`;
  if (value instanceof Bytes) return textOf(value.bytes);
  if (value instanceof Timestamp) return timestampText(value);
  if (value instanceof Duration) return secondsText(value.nanos);
  if (value instanceof TypeValue) return value.name;
  if (Array.isArray(value)) {
    run.steps(value.length);
    return `[${value.map((item) => textOfValue(plain(item), run)).join(', ')}]`;
  }
  if (!isMap(value)) return '';
  const entries = keysOf(value).map((key) => [textOfValue(key, run), textOfValue(valueAt(value, key)!, run)] as const);
  run.steps(entries.length);
  entries.sort(([a], [b]) => byBytes(a, b));
  return `{${entries.map(([key, text]) => `${key}: ${text}`).join(', ')}}`;
}
