import { EngineError } from '../errors/engine-error.ts';

/** What a cron line says, each field as the values that it allows, in order. */
export interface CronFields {
  readonly seconds: readonly number[];
  readonly minutes: readonly number[];
  readonly hours: readonly number[];
  readonly days: readonly number[];
  readonly months: readonly number[];
  /** 0 for Sunday. */
  readonly weekdays: readonly number[];
  /** Days and weekdays are both restricted: a day that fits one of them is enough. */
  readonly eitherDay: boolean;
}

interface Bounds {
  readonly min: number;
  readonly max: number;
  readonly names?: readonly string[];
}

const monthNames = ['jan', 'feb', 'mar', 'apr', 'may', 'jun', 'jul', 'aug', 'sep', 'oct', 'nov', 'dec'];
const weekdayNames = ['sun', 'mon', 'tue', 'wed', 'thu', 'fri', 'sat'];

const bounds: readonly Bounds[] = [
  { min: 0, max: 59 },
  { min: 0, max: 59 },
  { min: 0, max: 23 },
  { min: 1, max: 31 },
  { min: 1, max: 12, names: monthNames },
  { min: 0, max: 6, names: weekdayNames },
];

const written: Readonly<Record<string, string>> = {
  '@yearly': '0 0 1 1 *',
  '@annually': '0 0 1 1 *',
  '@monthly': '0 0 1 * *',
  '@weekly': '0 0 * * 0',
  '@daily': '0 0 * * *',
  '@midnight': '0 0 * * *',
  '@hourly': '0 * * * *',
};

type Refuse = (problem: string, offset?: number, hint?: string) => EngineError;

/** What a line may be beside five fields. */
export interface CronForm {
  /** Six fields, seconds first; `maybe` for either. */
  readonly withSeconds?: boolean | 'maybe' | undefined;
  /** `@hourly` and the like, though not `@every`. */
  readonly withWords?: boolean | undefined;
}

/** Splits and reads a line; `zone` is what stands behind `TZ=` or `CRON_TZ=` in front of it. Throws EngineError CONFIG_CRON. */
export function parseFields(
  line: string,
  { withSeconds = false, withWords = false }: CronForm,
): { zone: string | undefined; fields: CronFields } {
  const refuse: Refuse = (problem, offset, hint) =>
    new EngineError('CONFIG_CRON', { line, problem, offset }, hint === undefined ? {} : { hint });
  if (line === '') throw refuse('empty spec string');
  const zone = /^(?:CRON_)?TZ=([^ ]*)/.exec(line);
  const from = zone ? zone[0].length : 0;
  const wordsFrom = (text: string) =>
    [...text.slice(from).matchAll(/\S+/g)].map((match) => ({ text: match[0], offset: from + match.index }));
  let words = wordsFrom(line);
  const first = words[0];
  if (first?.text.startsWith('@')) {
    const rest = line.slice(first.offset).trim();
    const meant = written[first.text.toLowerCase()];
    if (!withWords) {
      const hint = meant ? `write "${meant}"` : 'write five fields, or use `interval`';
      throw refuse(`parser does not accept descriptors: ${rest}`, first.offset, hint);
    }
    if (first.text === '@every')
      throw refuse(`unsupported descriptor ${first.text}`, first.offset, 'write fields: "*/5 * * * *" is every five minutes');
    if (written[rest] === undefined) throw refuse(`unrecognized descriptor: ${rest}`, first.offset, meant ? `write "${meant}"` : undefined);
    words = wordsFrom(line.slice(0, first.offset) + written[rest]);
  }
  const hasSeconds = withSeconds === 'maybe' ? words.length === 6 : withSeconds;
  const count = hasSeconds ? 6 : 5;
  if (words.length !== count) {
    const found = `[${words.map(({ text }) => text).join(' ')}]`;
    const hint = words.length === 6 ? 'there is no field for seconds' : 'they are minute, hour, day, month, weekday';
    const expected = withSeconds === 'maybe' ? '5 to 6' : `exactly ${count}`;
    throw refuse(`expected ${expected} fields, found ${words.length}: ${found}`, words[count]?.offset, hint);
  }
  const read = words.map((word, index) => parseField(word, bounds[index + 6 - count]!, refuse));
  const [seconds, minutes, hours, days, months, weekdays] = hasSeconds ? read : [{ values: [0], isStar: false }, ...read];
  return {
    zone: zone?.[1],
    fields: {
      seconds: seconds!.values,
      minutes: minutes!.values,
      hours: hours!.values,
      days: days!.values,
      months: months!.values,
      weekdays: weekdays!.values,
      eitherDay: !days!.isStar && !weekdays!.isStar,
    },
  };
}

interface Word {
  readonly text: string;
  readonly offset: number;
}

/** A list of ranges. `isStar`: one of them is `*` or `?` without a step, so that the field restricts nothing. */
function parseField(word: Word, bounds: Bounds, refuse: Refuse): { values: number[]; isStar: boolean } {
  const values = new Set<number>();
  let isStar = false;
  for (const match of word.text.matchAll(/[^,]+/g)) {
    const range = parseRange({ text: match[0], offset: word.offset + match.index }, bounds, refuse);
    for (let value = range.start; value <= range.end; value += range.step) values.add(value);
    isStar ||= range.isStar;
  }
  if (values.size === 0) throw refuse(`a field without a value: ${word.text}`, word.offset);
  return { values: [...values].sort((a, b) => a - b), isStar };
}

interface Range {
  readonly start: number;
  readonly end: number;
  readonly step: number;
  readonly isStar: boolean;
}

/** `5`, `1-5`, `*`, each perhaps with `/step`; `N/step` goes on to the end. */
function parseRange({ text, offset }: Word, { min, max, names }: Bounds, refuse: Refuse): Range {
  const [span = '', steps, ...moreSteps] = text.split('/');
  const [low = '', high, ...moreHyphens] = span.split('-');
  const number = (word: string, words?: readonly string[]): number => {
    const named = words?.indexOf(word.toLowerCase()) ?? -1;
    if (named >= 0) return named + min;
    if (!/^[+-]?\d{1,18}$/.test(word)) {
      throw refuse(`failed to parse int from ${word}: strconv.Atoi: parsing ${JSON.stringify(word)}: invalid syntax`, offset);
    }
    if (Number(word) < 0) throw refuse(`negative number (${Number(word)}) not allowed: ${word}`, offset);
    return Number(word);
  };
  const isStar = low === '*' || low === '?';
  const start = isStar ? min : number(low, names);
  if (!isStar && moreHyphens.length > 0) throw refuse(`too many hyphens: ${text}`, offset);
  const last = isStar ? max : high === undefined ? start : number(high, names);
  if (moreSteps.length > 0) throw refuse(`too many slashes: ${text}`, offset);
  const step = steps === undefined ? 1 : number(steps);
  const end = steps !== undefined && high === undefined ? max : last;
  if (start < min) throw refuse(`beginning of range (${start}) below minimum (${min}): ${text}`, offset);
  if (end > max) {
    const hint = names === weekdayNames && end === 7 ? 'Sunday is 0' : undefined;
    throw refuse(`end of range (${end}) above maximum (${max}): ${text}`, offset, hint);
  }
  if (start > end) throw refuse(`beginning of range (${start}) beyond end of range (${end}): ${text}`, offset);
  if (step === 0) throw refuse(`step of range should be a positive number: ${text}`, offset);
  return { start, end, step, isStar: isStar && step === 1 };
}
