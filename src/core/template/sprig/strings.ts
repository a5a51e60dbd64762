import { byteLength, byteSlice } from '../../go/bytes.ts';
import { title, toLower, toUpper, trimSpace } from '../../go/case.ts';
import { print, printf } from '../../go/format/index.ts';
import { fn, GoError, type GoFunction, type Spend, variadic } from '../../go/function.ts';
import { quote } from '../../go/quote.ts';
import { emptyStringMap, type GoMap, type GoValue, isList, strings as list } from '../../go/values.ts';
import { camelCase, joinedWords } from './word-cases.ts';
import { abbreviated, initials, swapCase, uncapitalized, withoutSpace, wrapped } from './words.ts';

/** The text of any value: itself, or as `%v` prints it. */
export const textOfValue = (value: GoValue, spend: Spend): string => (typeof value === 'string' ? value : print([value], spend));

/** The texts of a list, nil left out; of another value a list of one. */
export function textsOf(value: GoValue, spend: Spend): string[] {
  if (value === null || value === undefined) return [];
  if (!isList(value)) return [textOfValue(value, spend)];
  spend.steps(value.length);
  return value.filter((item) => item !== null && item !== undefined).map((item) => textOfValue(item, spend));
}

function joined(texts: readonly string[], separator: string, spend: Spend): string {
  let length = separator.length * texts.length;
  for (const text of texts) length += text.length;
  spend.bytes(length);
  return texts.join(separator);
}

function repeated(text: string, count: number, spend: Spend): string {
  if (count < 0) throw new GoError('strings: negative Repeat count');
  spend.bytes(text.length * count);
  return text.repeat(count);
}

function replaced(text: string, from: string, to: string, spend: Spend): string {
  if (from === '' ? to !== '' : text.includes(from)) spend.bytes(text.length + splitAt(text, from, spend).length * to.length);
  if (from !== '') return text.replaceAll(from, () => to);
  return to === '' ? text : to + [...text].map((one) => one + to).join('');
}

function splitAt(text: string, separator: string, spend: Spend): string[] {
  const parts = separator === '' ? [...text] : text.split(separator);
  spend.steps(parts.length);
  spend.bytes(parts.length * 16);
  return parts;
}

/** strings.SplitN: at most `most` parts, the last of them the rest; all for a negative number, none for 0. */
function splitAtMost(text: string, separator: string, most: number, spend: Spend): string[] {
  if (most === 0) return [];
  const parts = splitAt(text, separator, spend);
  if (most < 0 || parts.length <= most) return parts;
  return [...parts.slice(0, most - 1), parts.slice(most - 1).join(separator)];
}

function numbered(parts: readonly string[]): GoMap {
  const map = emptyStringMap();
  for (const [index, part] of parts.entries()) map[`_${index}`] = part;
  return map;
}

/** Without the characters of `set` at both ends. */
function trimmedOf(text: string, set: string): string {
  const characters = [...text];
  const unwanted = new Set(set);
  let start = 0;
  let end = characters.length;
  while (start < end && unwanted.has(characters[start]!)) start += 1;
  while (end > start && unwanted.has(characters[end - 1]!)) end -= 1;
  return characters.slice(start, end).join('');
}

/** A negative count keeps the end. Counts bytes. */
function truncated(count: number, text: string): string {
  const length = byteLength(text);
  if (count < 0) return length + count > 0 ? byteSlice(text, length + count, length) : text;
  return length > count ? byteSlice(text, 0, count) : text;
}

function substring(start: number, end: number, text: string): string {
  const length = byteLength(text);
  const [from, to] = start < 0 ? [0, end] : end < 0 || end > length ? [start, length] : [start, end];
  if (from > to || to < 0 || to > length) throw new GoError(`runtime error: slice bounds out of range [${from}:${to}]`);
  return byteSlice(text, from, to);
}

function indented(spaces: number, text: string, spend: Spend): string {
  const pad = repeated(' ', spaces, spend);
  return pad + replaced(text, '\n', `\n${pad}`, spend);
}

const filled = (values: readonly GoValue[]): GoValue[] => values.filter((value) => value !== null);

/** Text of several values with a space between them. */
function spaced(values: readonly GoValue[], spend: Spend): string {
  return joined(
    filled(values).map((value) => print([value], spend)),
    ' ',
    spend,
  );
}

/** A function that looks at each letter by itself. */
const byLetters = (change: (text: string) => string): GoFunction =>
  fn(['string'], ([text], spend) => {
    spend.steps(text.length * 2);
    return change(text);
  });

const trimAll = fn(['string', 'string'], ([set, text], spend) => {
  spend.bytes(text.length * 8);
  return trimmedOf(text, set);
});

export const strings: Readonly<Record<string, GoFunction>> = {
  hello: fn([], () => 'Hello!'),
  abbrev: fn(['int', 'string'], ([width, text]) => (width < 4 ? text : abbreviated(text, 0, width))),
  abbrevboth: fn(['int', 'int', 'string'], ([left, right, text]) =>
    right < 4 || (left > 0 && right < 7) ? text : abbreviated(text, left, right),
  ),
  trunc: fn(['int', 'string'], ([count, text]) => truncated(count, text)),
  substr: fn(['int', 'int', 'string'], ([start, end, text]) => substring(start, end, text)),
  trim: fn(['string'], ([text]) => trimSpace(text)),
  trimAll,
  trimall: trimAll,
  trimPrefix: fn(['string', 'string'], ([prefix, text]) => (text.startsWith(prefix) ? text.slice(prefix.length) : text)),
  trimSuffix: fn(['string', 'string'], ([suffix, text]) => (suffix && text.endsWith(suffix) ? text.slice(0, -suffix.length) : text)),
  upper: fn(['string'], ([text]) => toUpper(text)),
  lower: fn(['string'], ([text]) => toLower(text)),
  title: byLetters((text) => title(text)),
  untitle: byLetters((text) => uncapitalized(text)),
  swapcase: byLetters((text) => swapCase(text)),
  snakecase: byLetters((text) => joinedWords(text, '_')),
  kebabcase: byLetters((text) => joinedWords(text, '-')),
  camelcase: byLetters((text) => camelCase(text)),
  initials: byLetters((text) => initials(text)),
  nospace: byLetters((text) => withoutSpace(text)),
  wrap: fn(['int', 'string'], ([width, text], spend) => wrapped(text, width, '\n', false, spend)),
  wrapWith: fn(['int', 'string', 'string'], ([width, separator, text], spend) => wrapped(text, width, separator || '\n', true, spend)),
  repeat: fn(['int', 'string'], ([count, text], spend) => repeated(text, count, spend)),
  replace: fn(['string', 'string', 'string'], ([from, to, text], spend) => replaced(text, from, to, spend)),
  indent: fn(['int', 'string'], ([spaces, text], spend) => indented(spaces, text, spend)),
  nindent: fn(['int', 'string'], ([spaces, text], spend) => `\n${indented(spaces, text, spend)}`),
  contains: fn(['string', 'string'], ([part, text]) => text.includes(part)),
  hasPrefix: fn(['string', 'string'], ([prefix, text]) => text.startsWith(prefix)),
  hasSuffix: fn(['string', 'string'], ([suffix, text]) => text.endsWith(suffix)),
  quote: variadic([], 'any', (values, spend) =>
    joined(
      filled(values).map((value) => quote(textOfValue(value, spend))),
      ' ',
      spend,
    ),
  ),
  squote: variadic([], 'any', (values, spend) =>
    joined(
      filled(values).map((value) => printf("'%v'", [value], spend)),
      ' ',
      spend,
    ),
  ),
  cat: variadic([], 'any', (values, spend) => spaced(values, spend)),
  plural: fn(['string', 'string', 'int'], ([one, many, count]) => (count === 1 ? one : many)),
  toString: fn(['any'], ([value], spend) => textOfValue(value, spend)),
  toStrings: fn(['any'], ([value], spend) => list(textsOf(value, spend))),
  join: fn(['string', 'any'], ([separator, value], spend) => joined(textsOf(value, spend), separator, spend)),
  split: fn(['string', 'string'], ([separator, text], spend) => numbered(splitAt(text, separator, spend))),
  splitn: fn(['string', 'int', 'string'], ([separator, most, text], spend) => numbered(splitAtMost(text, separator, most, spend))),
  splitList: fn(['string', 'string'], ([separator, text], spend) => list(splitAt(text, separator, spend))),
};
