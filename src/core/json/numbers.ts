const decimal = /^[+-]?(?:\d+(?:\.\d*)?|\.\d+)(?:e[+-]?\d+)?$/i;
const hexadecimal = /^([+-]?)0x([\da-f]*)(?:\.([\da-f]*))?p([+-]?\d+)$/i;
const infinite = /^[+-]?inf(?:inity)?$/i;

/** A number as Go's strconv.ParseFloat reads it. Undefined where Go has a syntax error; what is too large for Go is infinite. */
export function parseGoFloat(text: string): number | undefined {
  const digits = withoutUnderscores(text);
  if (decimal.test(digits)) return Number(digits);
  if (infinite.test(digits)) return text.startsWith('-') ? Number.NEGATIVE_INFINITY : Number.POSITIVE_INFINITY;
  return /^nan$/i.test(text) ? Number.NaN : parseHexadecimal(digits);
}

/** Underscores may stand between digits, also between `0x` and the first. Elsewhere they are left, and make the text no number. */
function withoutUnderscores(text: string): string {
  if (!text.includes('_')) return text;
  return /^[+-]?0x/i.test(text) ? text.replace(/(?<=[x\da-f])_(?=[\da-f])/gi, '') : text.replace(/(?<=\d)_(?=\d)/g, '');
}

function parseHexadecimal(text: string): number | undefined {
  const [, sign, whole = '', fraction = '', exponent] = hexadecimal.exec(text) ?? [];
  if (whole + fraction === '') return undefined;
  const value = Number(`0x${whole}${fraction}`) * 2 ** (Number(exponent) - 4 * fraction.length);
  return sign === '-' ? -value : value;
}

/** The shortest decimal text without an exponent: Go's FormatFloat(value, 'f', -1, 64). */
export function plainDecimal(value: number): string {
  if (!Number.isFinite(value)) return Number.isNaN(value) ? 'NaN' : value > 0 ? '+Inf' : '-Inf';
  const [, sign, whole, fraction = '', exponent] = /^(-?)(\d+)(?:\.(\d+))?(?:e(.+))?$/.exec(Object.is(value, -0) ? '-0' : `${value}`)!;
  if (exponent === undefined) return `${sign}${whole}${fraction && `.${fraction}`}`;
  const digits = `${whole}${fraction}`;
  const point = whole!.length + Number(exponent);
  return point > 0 ? `${sign}${digits.padEnd(point, '0')}` : `${sign}0.${'0'.repeat(-point)}${digits}`;
}

/** Go's strconv.ParseBool; undefined where that has an error. */
export function parseGoBool(text: string): boolean | undefined {
  if (/^(?:1|t|T|TRUE|true|True)$/.test(text)) return true;
  return /^(?:0|f|F|FALSE|false|False)$/.test(text) ? false : undefined;
}
