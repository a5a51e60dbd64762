import { type Call, type Native, toValue, type Value } from '../machine/call.ts';
import type { LuaString } from '../machine/lua-string.ts';
import { Table } from '../machine/table.ts';
import { kindOf, kinds, type TValue, tags } from '../machine/types.ts';
import { vm } from '../machine/vm.ts';
import { parseNumber, toInteger } from '../values/numbers.ts';

const months = ['January', 'February', 'March', 'April', 'May', 'June', 'July', 'August', 'September', 'October', 'November', 'December'];
const days = ['Sunday', 'Monday', 'Tuesday', 'Wednesday', 'Thursday', 'Friday', 'Saturday'];

const two = (value: number): string => String(value).padStart(2, '0');
const short = (names: readonly string[], index: number): string => names[index]!.slice(0, 3);

const parts: Readonly<Record<string, (date: Date) => string>> = {
  a: (date) => short(days, date.getUTCDay()),
  A: (date) => days[date.getUTCDay()]!,
  b: (date) => short(months, date.getUTCMonth()),
  B: (date) => months[date.getUTCMonth()]!,
  c: (date) => dated('%d %b %y %H:%M UTC', date),
  d: (date) => two(date.getUTCDate()),
  F: (date) => dated('%Y-%m-%d', date),
  H: (date) => two(date.getUTCHours()),
  I: (date) => two(date.getUTCHours() % 12 || 12),
  m: (date) => two(date.getUTCMonth() + 1),
  M: (date) => two(date.getUTCMinutes()),
  p: (date) => (date.getUTCHours() < 12 ? 'AM' : 'PM'),
  P: (date) => (date.getUTCHours() < 12 ? 'am' : 'pm'),
  S: (date) => two(date.getUTCSeconds()),
  w: (date) => String(date.getUTCDay()),
  x: (date) => dated('%H/%M/%S', date),
  X: (date) => dated('%H:%M:%S', date),
  y: (date) => two(date.getUTCFullYear() % 100),
  Y: (date) => String(date.getUTCFullYear()).padStart(4, '0'),
  z: () => '+0000',
  Z: () => 'UTC',
};

/** As gopher-lua's os.date writes it; what it does not know stays as it is. */
function dated(format: string, date: Date): string {
  return format.replace(/%(.)/gs, (mark, letter: string) => (letter === '%' ? '%' : (parts[letter]?.(date) ?? mark)));
}

function dateOf(call: Call): Value {
  const format = call.count === 0 ? '%c' : call.string(1).replace(/^!+/, '');
  const date = new Date(call.count >= 2 ? call.integer(2) * 1000 : vm.clock.now());
  if (Number.isNaN(date.getTime())) throw call.wrong(2, 'a time that is far beyond any calendar');
  if (!format.startsWith('*t')) return dated(format, date);
  const table = new Table();
  const fields: Record<string, number | boolean> = {
    year: date.getUTCFullYear(),
    month: date.getUTCMonth() + 1,
    day: date.getUTCDate(),
    hour: date.getUTCHours(),
    min: date.getUTCMinutes(),
    sec: date.getUTCSeconds(),
    wday: date.getUTCDay() + 1,
    yday: 0,
    isdst: false,
  };
  for (const [name, value] of Object.entries(fields)) table.setEntry(toValue(name), toValue(value));
  return table;
}

function timeOf(call: Call): number {
  if (!call.isGiven(1)) return Math.floor(vm.clock.now() / 1000);
  const table = call.table(1);
  const field = (name: string, otherwise: number) => wholeOf(table.getString(name), otherwise);
  const date = new Date(0);
  date.setUTCFullYear(field('year', -1), field('month', -1) - 1, field('day', -1));
  date.setUTCHours(field('hour', 12), field('min', 0), field('sec', 0));
  return Math.floor(date.getTime() / 1000);
}

function wholeOf(value: TValue, otherwise: number): number {
  if (value.type === tags.number) return toInteger(value.value as number);
  if (kindOf(value) !== kinds.string) return otherwise;
  const number = parseNumber((value.value as LuaString).binary.replace(/^ +/, '').replace(/^0+(?=\d)/, ''));
  return number === undefined ? otherwise : toInteger(number);
}

/** The part of `os` that only looks at the clock. Local time is UTC. */
export const timeLibrary: Readonly<Record<string, Native>> = {
  clock: () => vm.clock.monotonic() / 1000,
  date: (call) => {
    vm.meter.steps(20);
    return dateOf(call);
  },
  difftime: (call) => call.integer(1) - call.integer(2, 0),
  time: timeOf,
  setlocale: () => false,
};
