import { daysBefore, momentOf, months, secondsOf, weekdays } from './calendar.ts';
import { compounds } from './format.ts';

/** What the conversions have read so far. */
interface Read {
  year: number;
  isoYear: boolean;
  century?: number;
  month: number;
  day?: number;
  hour: number;
  afternoon?: boolean;
  minute: number;
  second: number;
  fraction: number;
  yearday?: number;
  weekday?: number;
  week?: { readonly number: number; readonly start: 'iso' | 'sunday' | 'monday' };
  offset: number;
  epoch?: number;
}

class Mismatch {
  readonly reason: string;

  constructor(reason: string) {
    this.reason = reason;
  }
}

/** Seconds since 1970 of a text that `strptime` reads by this layout, or why it does not. */
export function parseTime(text: string, layout: string): number | { readonly reason: string } {
  const read: Read = { year: 1900, isoYear: false, month: 0, hour: 0, minute: 0, second: 0, fraction: 0, offset: 0 };
  try {
    const rest = readAll(text, layout, read);
    if (rest !== '') throw new Mismatch(`unparsed string ${JSON.stringify(rest)}`);
    return secondsIn(read);
  } catch (thrown) {
    if (thrown instanceof Mismatch) return thrown;
    throw thrown;
  }
}

function readAll(text: string, layout: string, read: Read): string {
  let rest = text;
  for (const [part] of layout.matchAll(/%:{0,3}.|./gsu)) {
    if (part === '%') throw new Mismatch('stray "%"');
    if (!part.startsWith('%')) {
      if (!rest.startsWith(part)) throw new Mismatch(`expected '${part}'`);
      rest = rest.slice(part.length);
      continue;
    }
    const name = part.replace(/^%:*/, '');
    const compound = compounds[name];
    if (compound !== undefined) {
      rest = readAll(rest, compound, read);
      continue;
    }
    const conversion = Object.hasOwn(conversions, name) ? conversions[name] : undefined;
    if (!conversion) throw new Mismatch(`unexpected format "%${name}"`);
    const match = conversion.pattern.exec(rest);
    if (!match || conversion.take(read, match[1] ?? match[0]) === false) throw new Mismatch(`cannot parse "%${name}"`);
    rest = rest.slice(match[0].length);
  }
  return rest;
}

interface Conversion {
  readonly pattern: RegExp;
  /** False when the text has the right form, but no such value exists. */
  take(read: Read, text: string): void | false;
}

const digits = (most: number, least: number, largest: number, take: (read: Read, value: number) => void, before = ''): Conversion => ({
  pattern: new RegExp(`^${before}(\\d{1,${most}})`),
  take(read, text) {
    const value = Number(text);
    if (value < least || value > largest) return false;
    return take(read, value);
  },
});

const oneOf = (names: readonly string[], take: (read: Read, index: number) => void): Conversion => ({
  pattern: new RegExp(`^(${names.join('|')})`, 'i'),
  take: (read, text) =>
    take(
      read,
      names.findIndex((name) => name.toLowerCase() === text.toLowerCase()),
    ),
});

const short = (names: readonly string[]) => names.map((name) => name.slice(0, 3));
const set =
  <Key extends keyof Read>(key: Key) =>
  (read: Read, value: Read[Key]) => {
    read[key] = value;
  };

const shortYear = (read: Read, value: number) => {
  read.year = value < 69 ? 2000 + value : 1900 + value;
};
const isoYear =
  (take: (read: Read, value: number) => void) =>
  (read: Read, value: number): void => {
    read.isoYear = true;
    take(read, value);
  };
const longYear = (take: (read: Read, value: number) => void): Conversion => ({
  pattern: /^(-?\d{1,4})/,
  take: (read, text) => take(read, Number(text)),
});
const week = (start: 'iso' | 'sunday' | 'monday') => (read: Read, value: number) => {
  read.week = { number: value, start };
};
const halfDay = (read: Read, value: number) => set('hour')(read, value % 12);
const zone = { pattern: /^(Z|[+-]\d\d(?::?\d\d(?::\d\d)?)?)/, take: (read: Read, text: string) => set('offset')(read, offsetOf(text)) };

const conversions: Readonly<Record<string, Conversion>> = {
  Y: longYear(set('year')),
  G: longYear(isoYear(set('year'))),
  y: digits(2, 0, 99, shortYear),
  g: digits(2, 0, 99, isoYear(shortYear)),
  C: digits(2, 0, 99, set('century')),
  m: digits(2, 1, 12, (read, value) => set('month')(read, value - 1)),
  B: oneOf(months, set('month')),
  b: oneOf(short(months), set('month')),
  h: oneOf(short(months), set('month')),
  A: oneOf(weekdays, set('weekday')),
  a: oneOf(short(weekdays), set('weekday')),
  w: digits(1, 0, 6, set('weekday')),
  u: digits(1, 1, 7, (read, value) => set('weekday')(read, value % 7)),
  V: digits(2, 1, 53, week('iso')),
  U: digits(2, 0, 53, week('sunday')),
  W: digits(2, 0, 53, week('monday')),
  d: digits(2, 1, 31, set('day')),
  e: digits(2, 1, 31, set('day'), ' ?'),
  j: digits(3, 1, 366, set('yearday')),
  H: digits(2, 0, 23, set('hour')),
  k: digits(2, 0, 23, set('hour'), ' ?'),
  I: digits(2, 1, 12, halfDay),
  l: digits(2, 1, 12, halfDay, ' ?'),
  p: oneOf(['AM', 'PM'], (read, index) => set('afternoon')(read, index === 1)),
  P: oneOf(['AM', 'PM'], (read, index) => set('afternoon')(read, index === 1)),
  M: digits(2, 0, 59, set('minute')),
  S: digits(2, 0, 60, set('second')),
  f: { pattern: /^(\d{1,6})/, take: (read, text) => set('fraction')(read, Number(text.padEnd(6, '0')) / 1e6) },
  s: { pattern: /^(-?\d{1,17})/, take: (read, text) => (momentOf(Number(text)) ? set('epoch')(read, Number(text)) : false) },
  z: zone,
  Z: { pattern: /^(?:[A-Z]{3,5}|ChST|MeST|[+-]\d+)/, take: () => {} },
  t: { pattern: /^\s+/, take: () => {} },
  n: { pattern: /^\s+/, take: () => {} },
  '%': { pattern: /^%/, take: () => {} },
};

function offsetOf(text: string): number {
  if (text === 'Z') return 0;
  const [hours = 0, minutes = 0, seconds = 0] = text.slice(1).replaceAll(':', '').match(/\d\d/g)!.map(Number);
  return (text.startsWith('-') ? -1 : 1) * (hours * 3600 + minutes * 60 + seconds);
}

function secondsIn(read: Read): number {
  const hour = read.afternoon === undefined ? read.hour : (read.hour % 12) + (read.afternoon ? 12 : 0);
  const time = hour * 3600 + read.minute * 60 + read.second + read.fraction - read.offset;
  if (read.epoch !== undefined) return read.epoch + read.fraction;
  const year = read.century === undefined ? read.year : read.century * 100 + (read.year % 100);
  if (read.day !== undefined) return secondsOf(year, read.month, read.day, 0, 0, 0) + time;
  if (read.yearday !== undefined) return secondsOf(year, 0, read.yearday, 0, 0, 0) + time;
  if (read.week || read.isoYear) return dayOfWeek(year, read) * 86_400 + time;
  return secondsOf(year, read.month, 1, 0, 0, 0) + time;
}

/** The day that a year, the number of a week and a day of the week name. */
function dayOfWeek(year: number, { week, weekday, isoYear }: Read): number {
  const { number, start } = week ?? { number: 1, start: 'iso' };
  if (start === 'iso' && !isoYear) throw new Mismatch('use "%G" to parse ISO year for "%V"');
  if (start !== 'iso' && isoYear) throw new Mismatch('use "%Y" to parse non-ISO year for "%U" or "%W"');
  const fromSunday = start === 'sunday';
  const day = weekday ?? (fromSunday ? 0 : 1);
  const within = fromSunday ? day : (day + 6) % 7;
  const first = daysBefore(year, 0, start === 'iso' ? 4 : 1);
  const dayOfFirst = (((first + 4) % 7) + 7) % 7;
  if (start === 'iso') return first - ((dayOfFirst + 6) % 7) + (number - 1) * 7 + within;
  const untilStart = (7 - (fromSunday ? dayOfFirst : (dayOfFirst + 6) % 7)) % 7;
  return first + untilStart + (number - 1) * 7 + within;
}
