export type FloatForm = 'e' | 'f' | 'g' | 'b' | 'x';

/**
 * A float64 as Go's strconv.FormatFloat writes it. `precision` counts digits behind the point (`e`, `f`, `x`) or all digits (`g`);
 * -1 asks for as few as tell the number from its neighbours.
 */
export function formatFloat(value: number, form: FloatForm, precision = -1): string {
  if (Number.isNaN(value)) return 'NaN';
  if (!Number.isFinite(value)) return value > 0 ? '+Inf' : '-Inf';
  const sign = value < 0 || Object.is(value, -0) ? '-' : '';
  const size = Math.abs(value);
  if (form === 'b') return sign + asMantissa(size);
  if (form === 'x') return sign + asHex(size, precision);
  const wanted = form === 'g' && precision === 0 ? 1 : precision;
  const digits = wanted < 0 ? shortest(size) : rounded(exact(size), placesKept(form, wanted));
  if (form === 'e') return sign + asExponent(digits, wanted < 0 ? Math.max(digits.text.length - 1, 0) : wanted);
  if (form === 'f') return sign + asPlain(digits, wanted < 0 ? Math.max(digits.text.length - digits.point, 0) : wanted);
  return sign + general(digits, wanted);
}

/** `%v` of a float64: what `{{ .Input.n }}` prints. 999999 is itself, 1000000 is 1e+06. */
export function floatText(value: number): string {
  if (Number.isInteger(value) && value > -1e6 && value < 1e6 && !Object.is(value, -0)) return `${value}`;
  return formatFloat(value, 'g');
}

/** The digits behind `0.`, without zeros at either end, and the power of ten that they are multiplied with. Zero has no digits. */
interface Digits {
  readonly text: string;
  readonly point: number;
}

function shortest(size: number): Digits {
  const [digits, exponent] = size.toExponential().split('e') as [string, string];
  return trimmed(digits.replace('.', ''), Number(exponent) + 1);
}

function trimmed(text: string, point: number): Digits {
  const kept = text.replace(/0+$/, '');
  return { text: kept, point: kept === '' ? 0 : point };
}

/** All digits of the number that the double is. */
function exact(size: number): Digits {
  const { mantissa, exponent } = binary(size);
  if (exponent >= 0) {
    const text = `${mantissa << BigInt(exponent)}`;
    return trimmed(text, text.length);
  }
  const text = `${mantissa * 5n ** BigInt(-exponent)}`;
  return trimmed(text, text.length + exponent);
}

/** The integer and the power of two whose product a double is. */
function binary(size: number): { mantissa: bigint; exponent: number } {
  const bits = new BigUint64Array(new Float64Array([size]).buffer)[0]!;
  const fraction = bits & 0xfffffffffffffn;
  const biased = Number(bits >> 52n);
  return biased === 0 ? { mantissa: fraction, exponent: -1074 } : { mantissa: fraction | (1n << 52n), exponent: biased - 1075 };
}

type PlacesKept = (point: number) => number;

function placesKept(form: FloatForm, precision: number): PlacesKept {
  if (form === 'e') return () => precision + 1;
  return form === 'f' ? (point) => point + precision : () => precision;
}

/** Rounds to the nearest, halves to even. */
function rounded({ text, point }: Digits, kept: PlacesKept): Digits {
  const places = kept(point);
  if (text === '' || places >= text.length) return { text, point };
  if (places < 0) return { text: '', point: 0 };
  const head = text.slice(0, places);
  const next = text[places]!;
  const isHalf = next === '5' && places + 1 === text.length;
  const isOdd = places > 0 && Number(head.at(-1)) % 2 === 1;
  const up = isHalf ? isOdd : next >= '5';
  if (!up) return trimmed(head, point);
  const raised = `${BigInt(`0${head}`) + 1n}`.padStart(places, '0');
  return trimmed(raised, point + raised.length - places);
}

function asExponent({ text, point }: Digits, places: number): string {
  const digits = (text || '0').padEnd(places + 1, '0');
  const exponent = text === '' ? 0 : point - 1;
  const size = `${Math.abs(exponent)}`.padStart(2, '0');
  return `${digits[0]}${places > 0 ? `.${digits.slice(1)}` : ''}e${exponent < 0 ? '-' : '+'}${size}`;
}

function asPlain({ text, point }: Digits, places: number): string {
  const whole = point > 0 ? text.slice(0, point).padEnd(point, '0') : '0';
  if (places <= 0) return whole;
  const fraction = (point > 0 ? text.slice(point) : '0'.repeat(-point) + text).slice(0, places);
  return `${whole}.${fraction.padEnd(places, '0')}`;
}

/** The shorter of the two forms, by Go's rule. */
function general(digits: Digits, precision: number): string {
  const length = digits.text.length;
  let limit = precision < 0 ? 6 : precision;
  if (precision > length && length >= digits.point) limit = length;
  const exponent = digits.point - 1;
  if (exponent < -4 || exponent >= limit) return asExponent(digits, Math.max(length - 1, 0));
  return asPlain(digits, Math.max(length - digits.point, 0));
}

function asMantissa(size: number): string {
  const { mantissa, exponent } = binary(size);
  return `${mantissa}p${exponent < 0 ? '' : '+'}${exponent}`;
}

/** `0x1.8p+01`: one binary digit, then hexadecimal ones. */
function asHex(size: number, precision: number): string {
  let { mantissa, exponent } = binary(size);
  if (mantissa === 0n) exponent = -52;
  while (mantissa !== 0n && mantissa < 1n << 52n) {
    mantissa <<= 1n;
    exponent -= 1;
  }
  if (precision >= 0 && precision < 13) {
    const dropped = BigInt(52 - precision * 4);
    const rest = mantissa & ((1n << dropped) - 1n);
    const half = 1n << (dropped - 1n);
    mantissa >>= dropped;
    if (rest > half || (rest === half && mantissa % 2n === 1n)) mantissa += 1n;
    mantissa <<= dropped;
    if (mantissa >= 1n << 53n) {
      mantissa >>= 1n;
      exponent += 1;
    }
  }
  const text = mantissa.toString(16).padStart(14, '0');
  const fraction = text.slice(1).replace(/0+$/, '');
  const shown = precision < 0 ? fraction : fraction.padEnd(precision, '0').slice(0, precision);
  const power = exponent + 52;
  return `0x${text[0]}${shown ? `.${shown}` : ''}p${power < 0 ? '-' : '+'}${`${Math.abs(power)}`.padStart(2, '0')}`;
}
