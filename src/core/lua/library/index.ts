/** The libraries of Lua 5.1 as gopher-lua has them, without what reaches beyond the event. */
import { type Native, native, toValue, type Value } from '../machine/call.ts';
import { Table } from '../machine/table.ts';
import type { NativeFunction, TValue } from '../machine/types.ts';
import { baseFunctions, baseLibrary } from './base.ts';
import { coroutineFunctions, coroutineLibrary } from './coroutines.ts';
import { mathLibrary } from './maths.ts';
import { refused } from './refused.ts';
import { stringLibrary } from './strings.ts';
import { tableLibrary } from './tables.ts';
import { timeLibrary } from './time.ts';

type Members = Readonly<Record<string, Native | number>>;
type MachineFunctions = Readonly<Record<string, NativeFunction>>;

/** The global variables that each run starts with, but for `event` and `_G`. The tables among them are shared: see `Table.shared`. */
export interface Globals {
  readonly values: readonly { readonly name: string; readonly key: TValue; readonly value: TValue }[];
  /** What strings have their methods from. */
  readonly strings: Table;
}

export function globals(): Globals {
  const strings = library('string.', { ...stringLibrary, ...refused('string') });
  strings.setEntry(toValue('__index'), toValue(strings));
  const libraries: Record<string, Table> = {
    string: strings,
    table: library('table.', tableLibrary),
    math: library('math.', mathLibrary),
    os: library('os.', { ...timeLibrary, ...refused('os') }),
    coroutine: library('coroutine.', coroutineLibrary, coroutineFunctions),
    io: library('io.', refused('io')),
    debug: library('debug.', { ...refused('debug'), traceback: (call) => (call.isGiven(1) ? call.value(1) : '') }),
    package: library('package.', refused('package')),
    channel: library('channel.', refused('channel')),
  };
  for (const table of Object.values(libraries)) table.shared = true;
  const functions = Object.entries({ ...baseLibrary, ...refused('') }).map(([name, run]) => [name, native(name, run)] as const);
  const all: Record<string, Value> = { _VERSION: 'Lua 5.1', ...libraries, ...Object.fromEntries(functions), ...baseFunctions };
  return { strings, values: Object.entries(all).map(([name, value]) => ({ name, key: toValue(name), value: toValue(value) })) };
}

function library(prefix: string, members: Members, functions: MachineFunctions = {}): Table {
  const table = new Table();
  const add = (name: string, value: Value) => table.setEntry(toValue(name), toValue(value));
  for (const [name, member] of Object.entries(members)) add(name, typeof member === 'number' ? member : native(prefix + name, member));
  for (const [name, run] of Object.entries(functions)) add(name, run);
  return table;
}

/** The global variables of one run. */
export function environment({ values }: Globals, event: TValue): Table {
  const table = new Table();
  for (const { name, key, value } of values) table.add(name, key, value);
  table.add('event', toValue('event'), event);
  table.add('_G', toValue('_G'), toValue(table));
  return table;
}
