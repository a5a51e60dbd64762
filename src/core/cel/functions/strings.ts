import { byteLength } from '../../go/bytes.ts';
import { trimSpace } from '../../go/case.ts';
import { simpleEscapes } from '../../go/quote.ts';
import { compileRegex } from '../../regex.ts';
import type { CelResult } from '../values/fault.ts';
import { sizeOf } from '../values/maps.ts';
import { Bytes, type CelObject, type CelValue, Int, type MapValue } from '../values/value.ts';
import { format } from './format.ts';
import { fault, type Overload, overload, overloads, type Run } from './function.ts';

const int = (value: number): Int => new Int(BigInt(value));

const surrogates = /[\ud800-\udfff]/;

/** A text by its characters; positions in it count those, not UTF-16 units. */
function characters(text: string, run: Run): readonly string[] | string {
  if (!surrogates.test(text)) return text;
  run.bytes(text.length * 16);
  return [...text];
}

const outOfRange = (at: bigint): CelResult => fault(`index out of range: ${at}`);

function substring(text: string, from: Int, to: Int | undefined, run: Run): CelResult {
  const all = characters(text, run);
  const start = from.value;
  const end = to?.value ?? BigInt(all.length);
  if (to && start > end) return fault(`invalid substring range. start: ${start}, end: ${end}`);
  if (start < 0n || start > all.length) return outOfRange(start);
  if (end < 0n || end > all.length) return outOfRange(end);
  const cut = all.slice(Number(start), Number(end));
  return typeof cut === 'string' ? cut : cut.join('');
}

function charAt(text: string, { value }: Int, run: Run): CelResult {
  const all = characters(text, run);
  if (value < 0n || value > all.length) return outOfRange(value);
  return all[Number(value)] ?? '';
}

/** How many characters stand before a place that counts UTF-16 units. */
const charactersBefore = (text: string, at: number, run: Run): number => (at < 0 ? at : characters(text.slice(0, at), run).length);

function indexOf(text: string, part: string, from: Int | undefined, run: Run): CelResult {
  const start = from?.value ?? 0n;
  if (start < 0n) return outOfRange(start);
  const all = characters(text, run);
  if (part === '') return start > all.length ? int(all.length) : new Int(start);
  if (start >= all.length) return int(-1);
  run.steps(text.length / 100);
  const before = typeof all === 'string' ? Number(start) : all.slice(0, Number(start)).join('').length;
  return int(charactersBefore(text, text.indexOf(part, before), run));
}

function lastIndexOf(text: string, part: string, from: Int | undefined, run: Run): CelResult {
  if (from && from.value < 0n) return outOfRange(from.value);
  const all = characters(text, run);
  if (part === '') return from && from.value <= all.length ? from : int(all.length);
  if (from && from.value >= all.length) return int(-1);
  run.steps(text.length / 100);
  const last = from === undefined ? all.length : Number(from.value);
  const before = typeof all === 'string' ? last : all.slice(0, last).join('').length;
  return int(charactersBefore(text, text.lastIndexOf(part, before), run));
}

function replace(text: string, old: string, by: string, times: Int | undefined, run: Run): CelResult {
  const most = times === undefined || times.value < 0n ? Number.POSITIVE_INFINITY : Number(times.value);
  const pieces = old === '' ? ['', ...text] : text.split(old);
  run.steps(pieces.length);
  run.bytes(text.length + Math.min(pieces.length, most) * by.length);
  const replaced = Math.min(pieces.length - (old === '' ? 0 : 1), most);
  let result = '';
  for (const [index, piece] of pieces.entries()) {
    const separator = index < replaced ? by : old;
    result += index === pieces.length - 1 && old !== '' ? piece : piece + separator;
  }
  return result;
}

function split(text: string, by: string, times: Int | undefined, run: Run): CelResult {
  const most = times === undefined || times.value < 0n ? Number.POSITIVE_INFINITY : Number(times.value);
  if (most === 0) return [];
  const pieces = by === '' ? [...text] : text.split(by);
  run.bytes(pieces.length * 16);
  if (pieces.length <= most) return pieces;
  return [...pieces.slice(0, most - 1), pieces.slice(most - 1).join(by)];
}

function join(list: readonly CelValue[], separator: string, run: Run): CelResult {
  for (const item of list) {
    if (typeof item !== 'string') return fault('only a list of texts can be joined');
    run.bytes(item.length + separator.length);
  }
  return list.join(separator);
}

// biome-ignore lint/suspicious/noControlCharactersInRegex: they are what is escaped
const quote = (text: string): string => `"${text.replace(/[\x07\b\f\n\r\t\v\\"]/g, (one) => simpleEscapes[one] ?? '\\"')}"`;

const matches = (text: string, pattern: string, run: Run): boolean => {
  const regex = run.regexes.get(pattern, run);
  run.steps((text.length / 100) * regex.weight);
  return regex.test(text);
};

/** A pattern that stands in the text is compiled once, and refused where it is none. */
const prepareMatches: Overload['prepare'] = ([, pattern]) => {
  if (typeof pattern !== 'string') return undefined;
  const regex = compileRegex(pattern);
  return (text: string, _: string, run: Run) => {
    run.steps((text.length / 100) * regex.weight);
    return regex.test(text);
  };
};

const size = (value: string | Bytes | readonly CelValue[] | CelObject | MapValue, run: Run): Int => {
  if (typeof value === 'string') return int(characters(value, run).length);
  if (value instanceof Bytes) return int(value.bytes.length);
  return int(Array.isArray(value) ? value.length : sizeOf(value as CelObject));
};

const sized = ['string', 'bytes', 'list(A)', 'map(A, B)'];

export const stringFunctions: readonly Overload[] = [
  ...overloads(sized, 'size(T) -> int', size),
  ...overloads(sized, 'T.size() -> int', size),
  overload('string.contains(string) -> bool', (text: string, part: string, run: Run) => {
    run.steps(text.length / 100);
    return text.includes(part);
  }),
  overload('string.startsWith(string) -> bool', (text: string, part: string) => text.startsWith(part)),
  overload('string.endsWith(string) -> bool', (text: string, part: string) => text.endsWith(part)),
  overload('string.matches(string) -> bool', matches, { prepare: prepareMatches }),
  overload('matches(string, string) -> bool', matches, { prepare: prepareMatches }),
  overload('string.charAt(int) -> string', charAt),
  overload('string.indexOf(string) -> int', (text: string, part: string, run: Run) => indexOf(text, part, undefined, run)),
  overload('string.indexOf(string, int) -> int', indexOf),
  overload('string.lastIndexOf(string) -> int', (text: string, part: string, run: Run) => lastIndexOf(text, part, undefined, run)),
  overload('string.lastIndexOf(string, int) -> int', lastIndexOf),
  overload('string.lowerAscii() -> string', (text: string) => text.replace(/[A-Z]+/g, (letters) => letters.toLowerCase())),
  overload('string.upperAscii() -> string', (text: string) => text.replace(/[a-z]+/g, (letters) => letters.toUpperCase())),
  overload('string.replace(string, string) -> string', (text: string, old: string, by: string, run: Run) =>
    replace(text, old, by, undefined, run),
  ),
  overload('string.replace(string, string, int) -> string', replace),
  overload('string.split(string) -> list(string)', (text: string, by: string, run: Run) => split(text, by, undefined, run)),
  overload('string.split(string, int) -> list(string)', split),
  overload('string.substring(int) -> string', (text: string, from: Int, run: Run) => substring(text, from, undefined, run)),
  overload('string.substring(int, int) -> string', substring),
  overload('string.trim() -> string', trimSpace),
  overload('string.reverse() -> string', (text: string, run: Run) => [...characters(text, run)].reverse().join('')),
  overload('list(string).join() -> string', (list: readonly CelValue[], run: Run) => join(list, '', run)),
  overload('list(string).join(string) -> string', join),
  overload('string.format(list(dyn)) -> string', format),
  overload('strings.quote(string) -> string', quote),
  overload('base64.encode(bytes) -> string', ({ bytes }: Bytes) => Buffer.from(bytes).toString('base64')),
  overload('base64.decode(string) -> bytes', base64),
];

/** With or without `=` at the end, but not with half of it; line feeds do not count. */
function base64(text: string, run: Run): CelResult {
  run.bytes(byteLength(text));
  const letters = text.replace(/[\r\n]/g, '');
  const isWhole = /^[A-Za-z0-9+/]*={0,2}$/.test(letters) && (letters.endsWith('=') ? letters.length % 4 === 0 : letters.length % 4 !== 1);
  return isWhole ? new Bytes(Buffer.from(letters, 'base64')) : fault('this is not base64');
}
