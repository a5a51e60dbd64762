/** A syntax error, or a number beyond the type's range. */
type NumberProblem = 'invalid syntax' | 'value out of range';

const underscoredDigits = /^(?:0[xX](?:_?[0-9a-fA-F])+|0[oO](?:_?[0-7])+|0[bB](?:_?[01])+|0(?:_?[0-7])*|[1-9](?:_?[0-9])*)$/;

/**
 * strconv.ParseInt(text, base, 64). With base 0 the text says which (`0x`, `0o`, `0b`, a leading `0`), and `_` may stand between digits.
 */
export function parseInteger(text: string, base = 0): bigint | NumberProblem {
  const sign = /^[+-]/.exec(text)?.[0] ?? '';
  const size = magnitude(text.slice(sign.length), base);
  if (size === undefined) return 'invalid syntax';
  const value = sign === '-' ? -size : size;
  return value === BigInt.asIntN(64, value) ? value : 'value out of range';
}

function magnitude(digits: string, base: number): bigint | undefined {
  if (base === 0) {
    if (!underscoredDigits.test(digits)) return undefined;
    const plain = digits.replaceAll('_', '');
    const [, mark, rest] = /^(0[xXbBoO]?)?(.*)$/.exec(plain)!;
    return limited(mark === '0' ? '0o' : (mark ?? ''), rest || '0');
  }
  if (base === 8) return /^[0-7]+$/.test(digits) ? limited('0o', digits) : undefined;
  return /^[0-9]+$/.test(digits) ? limited('', digits) : undefined;
}

/** The number that the digits are; of very many, which no type holds, some number that is too large. */
function limited(mark: string, digits: string): bigint {
  const plain = digits.replace(/^0+(?=.)/, '');
  return plain.length > 64 ? 1n << 70n : BigInt(mark + plain);
}

const decimal = /^[+-]?(?:\d+\.?\d*|\.\d+)(?:[eE][+-]?\d+)?$/;
const hexadecimal = /^([+-]?)0[xX]((?=\.?[0-9a-fA-F])[0-9a-fA-F]*)(?:\.([0-9a-fA-F]*))?[pP]([+-]?\d+)$/;

/** strconv.ParseFloat(text, 64): decimal, hexadecimal (`0x1p-2`), `inf`, `nan`. What is too large is out of range. */
export function parseFloat64(text: string): number | NumberProblem {
  const plain = text.includes('_') ? withoutUnderscores(text) : text;
  if (plain === undefined) return 'invalid syntax';
  if (decimal.test(plain)) {
    const value = Number(plain);
    return Number.isFinite(value) ? value : 'value out of range';
  }
  const hex = hexadecimal.exec(plain);
  if (hex) return hexFloat(hex);
  if (/^[+-]?inf(?:inity)?$/i.test(plain)) return plain.startsWith('-') ? Number.NEGATIVE_INFINITY : Number.POSITIVE_INFINITY;
  return /^nan$/i.test(plain) ? Number.NaN : 'invalid syntax';
}

/** Underscores may stand between digits, and behind `0x`. */
function withoutUnderscores(text: string): string | undefined {
  const misplaced = /^[+-]?0[xX]/.test(text) ? /(?<![0-9a-fA-FxX])_|_(?![0-9a-fA-F])/ : /(?<![0-9])_|_(?![0-9])/;
  return misplaced.test(text) ? undefined : text.replaceAll('_', '');
}

function hexFloat([, sign, whole = '', fraction = '', exponent]: RegExpExecArray): number | NumberProblem {
  const digits = `${whole}${fraction}`.slice(0, 1000);
  const size = Number(BigInt(`0x${digits}`)) * 2 ** (Number(exponent) + 4 * (whole.length - digits.length));
  if (!Number.isFinite(size)) return 'value out of range';
  return sign === '-' ? -size : size;
}
