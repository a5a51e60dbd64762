import { isoWeek, type Moment, months, weekdays } from './calendar.ts';

/** How one conversion is to look. */
interface Style {
  /** Undefined: the conversion's own; empty: none. */
  readonly pad: string | undefined;
  readonly width: number;
  readonly upper: boolean;
  readonly swap: boolean;
  readonly colons: number;
}

type Conversion = (moment: Moment, style: Style) => string;

const number =
  (value: (moment: Moment) => number, width: number, pad = '0'): Conversion =>
  (moment, style) => {
    const amount = value(moment);
    const digits = `${Math.abs(amount)}`;
    const sign = amount < 0 ? '-' : '';
    const filler = style.pad ?? pad;
    if (filler === '') return sign + digits;
    const length = Math.max(style.width, width) - sign.length;
    return filler === '0' ? sign + digits.padStart(length, '0') : (sign + digits).padStart(length + sign.length, filler);
  };

const words =
  (value: (moment: Moment) => string, swapped = false): Conversion =>
  (moment, style) => {
    const word = value(moment);
    const swap = swapped ? !style.upper && !style.swap : style.swap;
    const cased = swap ? (word === word.toUpperCase() ? word.toLowerCase() : word.toUpperCase()) : style.upper ? word.toUpperCase() : word;
    return style.pad === '' ? cased : cased.padStart(style.width, style.pad ?? ' ');
  };

/** UTC's offset, with as many colons as were asked for. */
const offset: Conversion = (_moment, { pad, width, colons }) => {
  const minutes = ['00', ':00', ':00:00', ''][colons] ?? '00';
  if (pad === '') return `+0${minutes}`;
  if (pad === ' ') return `+0${minutes}`.padStart(Math.max(width, minutes.length + 3), ' ');
  return `+${`00${minutes}`.padStart(width - 1, '0')}`;
};

const conversions: Readonly<Record<string, Conversion>> = {
  Y: number(({ year }) => year, 4),
  y: number(({ year }) => Math.abs(year % 100), 2),
  C: number(({ year }) => Math.trunc(year / 100), 2),
  G: number((moment) => isoWeek(moment).year, 4),
  g: number((moment) => Math.abs(isoWeek(moment).year % 100), 2),
  V: number((moment) => isoWeek(moment).week, 2),
  U: number(({ yearday, weekday }) => Math.floor((yearday + 7 - weekday) / 7), 2),
  W: number(({ yearday, weekday }) => Math.floor((yearday + 7 - ((weekday + 6) % 7)) / 7), 2),
  m: number(({ month }) => month + 1, 2),
  d: number(({ day }) => day, 2),
  e: number(({ day }) => day, 2, ' '),
  j: number(({ yearday }) => yearday + 1, 3),
  H: number(({ hour }) => hour, 2),
  k: number(({ hour }) => hour, 2, ' '),
  I: number(({ hour }) => hour % 12 || 12, 2),
  l: number(({ hour }) => hour % 12 || 12, 2, ' '),
  M: number(({ minute }) => minute, 2),
  S: number(({ second }) => second, 2),
  f: number(({ nanosecond }) => Math.floor(nanosecond / 1000), 6),
  s: number(({ seconds }) => seconds, 0, ' '),
  w: number(({ weekday }) => weekday, 0),
  u: number(({ weekday }) => weekday || 7, 0),
  B: words(({ month }) => months[month]!),
  b: words(({ month }) => months[month]!.slice(0, 3)),
  h: words(({ month }) => months[month]!.slice(0, 3)),
  A: words(({ weekday }) => weekdays[weekday]!),
  a: words(({ weekday }) => weekdays[weekday]!.slice(0, 3)),
  p: words(({ hour }) => (hour < 12 ? 'AM' : 'PM')),
  P: words(({ hour }) => (hour < 12 ? 'AM' : 'PM'), true),
  Z: words(() => 'UTC'),
  z: offset,
  t: words(() => '\t'),
  n: words(() => '\n'),
  '%': words(() => '%'),
};

/** Conversions that stand for several. */
export const compounds: Readonly<Record<string, string>> = {
  c: '%a %b %e %H:%M:%S %Y',
  '+': '%a %b %e %H:%M:%S %Z %Y',
  v: '%e-%b-%Y',
  r: '%I:%M:%S %p',
  F: '%Y-%m-%d',
  D: '%m/%d/%y',
  x: '%m/%d/%y',
  T: '%H:%M:%S',
  X: '%H:%M:%S',
  R: '%H:%M',
};

const pads: Readonly<Record<string, string>> = { '-': '', _: ' ', '0': '0' };
const widest = 1024;

/** A moment as `strftime` writes it, with GNU's flags. What is no conversion stays as it stands. */
export function formatTime(moment: Moment, layout: string): string {
  return layout.replace(/%([-_^#0]*)([0-9]*)(:{0,3})([A-Za-z%+])/g, (whole, flags: string, width: string, colons: string, name: string) => {
    const compound = compounds[name];
    if (compound !== undefined) return formatTime(moment, compound);
    const convert = Object.hasOwn(conversions, name) ? conversions[name] : undefined;
    if (!convert || (colons !== '' && name !== 'z')) return whole;
    const pad = [...flags].reduce<string | undefined>((so, flag) => pads[flag] ?? so, undefined);
    return convert(moment, {
      pad,
      width: Math.min(widest, Number(width)),
      upper: flags.includes('^'),
      swap: flags.includes('#'),
      colons: colons.length,
    });
  });
}
