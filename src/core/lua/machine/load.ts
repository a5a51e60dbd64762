/**
 * fengari, a virtual machine for Lua 5.3, made to be one for Lua 5.1 as gopher-lua runs it, and to count what it does.
 *
 * It is loaded when the first script is compiled, because nothing else should pay for it. Modules that others copy functions from are
 * changed before the others are loaded; everything else is replaced where fengari looks it up at each call. All of this holds for the
 * version that `package.json` pins, and `test/core/lua/machine.test.ts` says what it relies on.
 *
 * - Strings are `LuaString`. fengari's own hash of a string is wrong for control characters (it writes them without a leading zero).
 * - Tables are `Table`, with gopher-lua's array part. All keys, lengths and numerals are doubles, never integers of 32 bits.
 * - What takes longer than one instruction should (long strings, many values, chains of `__index`) is charged to the meter of the run.
 * - Whatever is thrown in JavaScript, such as a limit, ends every protected call that it meets: see `Meter.goOn`.
 */
import { createRequire } from 'node:module';
import { defaultLimits, Meter } from '../limits.ts';
import { numberText, parseNumber } from '../values/numbers.ts';
import { LuaString } from './lua-string.ts';
import { Constants, Table } from './table.ts';
import { type LuaState, type Modules, type TValue, tags } from './types.ts';
import { errorSteps, vm } from './vm.ts';

/** Instructions between two looks at the meter. */
const every = 200;

export function loadVm(): void {
  if (vm.meter) return;
  vm.meter = new Meter(defaultLimits);
  vm.compiling = false;
  const require = createRequire(import.meta.url);
  const load = (name: string) => require(`fengari/src/${name}.js`);
  load('defs');
  Object.assign(load('luaconf'), { LUA_COMPAT_FLOATSTRING: true, lua_number2str: numberText });
  Object.assign(load('lstring'), strings);
  Object.assign(load('ltable'), tables);
  for (const name of ['lobject', 'lstate', 'ldo', 'ldebug', 'lapi'] as const) Object.assign(vm, { [name]: load(name) });
  Object.assign(vm.lobject, { luaO_str2num: parseInto });
  Object.assign(vm.lobject.TValue.prototype, numbers);
  countCalls();
}

const strings = {
  luaS_bless(_L: LuaState, bytes: Uint8Array): LuaString {
    vm.meter.joined();
    vm.meter.bytes(bytes.length + 48);
    return LuaString.ofBytes(bytes);
  },
  /** The machine says `new` to it, which only such a function takes. */
  luaS_new: function luaS_new(_L: LuaState, bytes: ArrayLike<number>): LuaString {
    return LuaString.ofBytes(Uint8Array.from(bytes));
  },
  luaS_newliteral(_L: LuaState, text: string): LuaString {
    return LuaString.of(text);
  },
  luaS_hash(bytes: Uint8Array): string {
    return LuaString.ofBytes(bytes).binary;
  },
  luaS_hashlongstr(string: LuaString): string {
    payForLength(string);
    return string.binary;
  },
  luaS_eqlngstr(one: LuaString, other: LuaString): boolean {
    if (one === other) return true;
    if (one.tsslen() !== other.tsslen()) return false;
    payForLength(one);
    return one.binary === other.binary;
  },
  TString: LuaString,
};

function payForLength(string: LuaString): void {
  const length = string.tsslen();
  if (length > 1000) vm.meter.steps(length >> 7);
}

const tables = {
  Table,
  luaH_new(): Table {
    vm.meter.bytes(100);
    return vm.compiling ? new Constants() : new Table();
  },
  luaH_get(_L: LuaState, table: Table, key: TValue): TValue {
    vm.meter.steps(1);
    return table.get(key);
  },
  luaH_getint: (table: Table, key: number): TValue => table.getNumber(key),
  luaH_getstr: (table: Table, key: LuaString): TValue => table.getString(strings.luaS_hashlongstr(key)),
  luaH_setfrom(L: LuaState, table: Table, key: TValue, value: TValue): void {
    if (key.type === tags.nil) vm.ldebug.luaG_runerror(L, Buffer.from('table index is nil'));
    if (Number.isNaN(key.value)) vm.ldebug.luaG_runerror(L, Buffer.from('table index is NaN'));
    table.set(key, value);
  },
  luaH_setint: (table: Table, key: number, value: TValue): void => table.setNumber(key, value),
  luaH_getn: (table: Table): number => table.length,
  invalidateTMcache(table: Table): void {
    table.flags = 0;
  },
};

function parseInto(bytes: Uint8Array, into: TValue): number {
  if (bytes.length > 100) vm.meter.steps(bytes.length);
  const value = parseNumber(Buffer.from(bytes).toString('latin1'));
  if (value === undefined && !isOverflow(bytes)) return 0;
  into.setfltvalue(value ?? Number.POSITIVE_INFINITY);
  return bytes.length + 1;
}

/** How the normal form writes a numeral that is too large. */
const isOverflow = (bytes: Uint8Array): boolean => Buffer.from(bytes).toString('latin1') === '1e999';

const numbers = {
  /** The length of something: a number like any other. */
  setivalue(this: TValue, value: number): void {
    vm.meter.joined();
    this.type = tags.number;
    this.value = value;
  },
  /** Asked of every string that `..` is about to join. */
  vslen(this: TValue): number {
    const length = (this.value as LuaString).tsslen();
    vm.meter.join(length);
    return length;
  },
};

function countCalls(): void {
  const { lstate, ldo, ldebug } = vm;
  const { luaE_extendCI } = lstate;
  const { luaD_checkstack, luaD_poscall } = ldo;
  const { luaG_typeerror } = ldebug;
  Object.assign(lstate, {
    luaE_extendCI(L) {
      const ci = luaE_extendCI(L);
      ci.depth = (ci.previous!.depth ?? 0) + 1;
      vm.meter.steps(1);
      if (ci.depth > vm.meter.limits.depth) vm.meter.deepest();
      return ci;
    },
  } satisfies Partial<Modules['lstate']>);
  Object.assign(ldo, {
    luaD_checkstack(L, slots) {
      vm.meter.steps(slots);
      luaD_checkstack(L, slots);
    },
    luaD_poscall(L, ci, first, results) {
      vm.meter.steps(results + L.top - ci.funcOff);
      return luaD_poscall(L, ci, first, results);
    },
  } satisfies Partial<Modules['ldo']>);
  Object.assign(ldebug, {
    luaG_typeerror(L, value, operation) {
      const { func } = L.ci;
      if (func.type === tags.closure) vm.meter.steps((func.value as { p: { code: { length: number } } }).p.code.length + errorSteps);
      return luaG_typeerror(L, value, operation);
    },
  } satisfies Partial<Modules['ldebug']>);
}

/** A new state of Lua, without any library, whose threads all charge the meter of the run. */
export function newState(): LuaState {
  const L = vm.lstate.lua_newstate();
  let objects = L.l_G.id_counter;
  const hook = () => {
    const made = Math.max(L.l_G.id_counter - objects, 0);
    objects = L.l_G.id_counter;
    vm.meter.bytes(made * 100);
    vm.meter.steps(every + made * 10);
  };
  vm.ldebug.lua_sethook(L, hook, 8, every);
  L.l_G.atnativeerror = (thread) => {
    vm.meter.stopped ??= thread.stack[thread.top - 1]!.value;
    throw vm.meter.stopped;
  };
  return L;
}
