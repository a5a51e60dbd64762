const decimal = /^[+-]?(?:\d+\.?\d*|\.\d+)(?:[eE][+-]?\d+)?$/;
const infinite = /^[+-]?inf(?:inity)?$/i;

/** A number as Go's strconv.ParseFloat reads it, hexadecimal floats left out. Undefined where Go has a syntax error; too large is infinite. */
export function parseGoFloat(text: string): number | undefined {
  if (decimal.test(text)) return Number(text);
  if (infinite.test(text)) return text.startsWith('-') ? Number.NEGATIVE_INFINITY : Number.POSITIVE_INFINITY;
  return /^nan$/i.test(text) ? Number.NaN : undefined;
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
