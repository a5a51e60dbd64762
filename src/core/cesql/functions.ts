import { toLower, toUpper, trimSpace } from '../go/case.ts';
import { Failure, type Result, toBoolean, toInteger, toText, type Value } from './values.ts';

export interface CesqlFunction {
  readonly name: string;
  /** What its arguments are turned into before it is called, and the last of them what all further ones are. */
  readonly takes: readonly ('text' | 'integer' | 'any')[];
  readonly isVariadic?: true;
  readonly gives: 'text' | 'integer' | 'boolean';
  readonly run: (...values: Value[]) => Result;
}

/** Texts are measured and cut in bytes. */
const sliced = (text: string, from: number, to: number): string =>
  /[\x80-\uffff]/.test(text) ? Buffer.from(text, 'utf8').subarray(from, to).toString('utf8') : text.slice(from, to);

const negative = (name: string, count: number) => new Failure(`${name} cannot take ${count} bytes`);

/** From `position`, which counts from 1, or from the end where it is negative. */
function substring(text: string, position: number, count = Number.POSITIVE_INFINITY): Result {
  const length = Buffer.byteLength(text);
  if (position === 0 || Math.abs(position) > length)
    return new Failure(`SUBSTRING: there is no place ${position} in ${JSON.stringify(text)}`);
  if (count < 0) return negative('SUBSTRING', count);
  const from = position < 0 ? length + position : position - 1;
  return sliced(text, from, Math.min(length, from + count));
}

const define = <Values extends Value[]>(
  name: string,
  takes: CesqlFunction['takes'],
  gives: CesqlFunction['gives'],
  run: (...values: Values) => Result,
): CesqlFunction => ({ name, takes, gives, run: run as CesqlFunction['run'] });

const functions: readonly CesqlFunction[] = [
  define('LENGTH', ['text'], 'integer', (text: string) => Buffer.byteLength(text)),
  { ...define('CONCAT', ['text'], 'text', (...texts: string[]) => texts.join('')), isVariadic: true },
  { ...define('CONCAT_WS', ['text', 'text'], 'text', (separator: string, ...texts: string[]) => texts.join(separator)), isVariadic: true },
  define('LOWER', ['text'], 'text', toLower),
  define('UPPER', ['text'], 'text', toUpper),
  define('TRIM', ['text'], 'text', trimSpace),
  define('LEFT', ['text', 'integer'], 'text', (text: string, count: number) =>
    count < 0 ? negative('LEFT', count) : sliced(text, 0, count),
  ),
  define('RIGHT', ['text', 'integer'], 'text', (text: string, count: number) => {
    const length = Buffer.byteLength(text);
    return count < 0 ? negative('RIGHT', count) : sliced(text, Math.max(0, length - count), length);
  }),
  define('SUBSTRING', ['text', 'integer'], 'text', (text: string, position: number) => substring(text, position)),
  define('SUBSTRING', ['text', 'integer', 'integer'], 'text', (text: string, position: number, count: number) =>
    substring(text, position, count),
  ),
  define('ABS', ['integer'], 'integer', (number: number) =>
    number === -(2 ** 31) ? new Failure(`the absolute value of ${number} is beyond 32 bits`) : Math.abs(number),
  ),
  define('INT', ['any'], 'integer', toInteger),
  define('BOOL', ['any'], 'boolean', toBoolean),
  define('STRING', ['any'], 'text', toText),
  define('IS_INT', ['any'], 'boolean', (value: Value) => !(toInteger(value) instanceof Failure)),
  define('IS_BOOL', ['any'], 'boolean', (value: Value) => !(toBoolean(value) instanceof Failure)),
];

/** The function that takes so many arguments; undefined where there is none. */
export const functionOf = (name: string, count: number): CesqlFunction | undefined =>
  functions.find((one) => one.name === name && (one.isVariadic ? count >= one.takes.length - 1 : count === one.takes.length));

export const functionNames: readonly string[] = [...new Set(functions.map(({ name }) => name))];
