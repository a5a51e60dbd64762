import { numberText, parseNumber, toInteger } from '../values/numbers.ts';
import { LuaString } from './lua-string.ts';
import { LuaError, raise } from './raise.ts';
import { Table } from './table.ts';
import { kindNames, kindOf, kinds, type LuaState, type NativeFunction, type TValue, tags } from './types.ts';
import { vm } from './vm.ts';

/** What a function of a library may give: null is nil, a `string` is binary. */
export type Value = null | boolean | number | string | LuaString | Table | NativeFunction | TValue;

/** A function of a library. Undefined is no value at all, a list several. Throws LuaError. */
export type Native = (call: Call) => undefined | Value | readonly Value[];

/** One call of a function of a library: its arguments, counted from 1, read with the errors that gopher-lua raises. */
export class Call {
  readonly L: LuaState;
  readonly name: string;
  readonly #base: number;
  /** How many arguments there are. */
  readonly count: number;

  constructor(L: LuaState, name: string) {
    this.L = L;
    this.name = name;
    this.#base = L.ci.funcOff;
    this.count = L.top - this.#base - 1;
  }

  value(index: number): TValue {
    return index <= this.count ? this.L.stack[this.#base + index]! : vm.lobject.luaO_nilobject;
  }

  values(from: number): TValue[] {
    return this.L.stack.slice(this.#base + from, this.#base + 1 + this.count);
  }

  isGiven(index: number): boolean {
    return this.value(index).type !== tags.nil;
  }

  /** An argument that must be there, be it nil. */
  any(index: number): TValue {
    if (index > this.count) throw this.wrong(index, 'value expected');
    return this.value(index);
  }

  string(index: number): string {
    const value = this.value(index);
    if (kindOf(value) === kinds.string) return (value.value as LuaString).binary;
    if (kindOf(value) === kinds.number) return numberText(value.value as number);
    throw this.wrongType(index, 'string');
  }

  number(index: number): number {
    const value = this.value(index);
    if (kindOf(value) === kinds.number) return value.value as number;
    const number = kindOf(value) === kinds.string ? parseNumber((value.value as LuaString).binary) : undefined;
    if (number === undefined) throw this.wrongType(index, 'number');
    return number;
  }

  integer(index: number, otherwise?: number): number {
    if (otherwise !== undefined && !this.isGiven(index)) return otherwise;
    return toInteger(this.number(index));
  }

  table(index: number): Table {
    const value = this.value(index);
    if (!(value.value instanceof Table)) throw this.wrongType(index, 'table');
    return value.value;
  }

  function(index: number): TValue {
    const value = this.value(index);
    if (kindOf(value) !== kinds.function) throw this.wrongType(index, 'function');
    return value;
  }

  wrong(index: number, problem: string): LuaError {
    return new LuaError(`bad argument #${index} to ${this.name} (${problem})`);
  }

  wrongType(index: number, wanted: string): LuaError {
    return this.wrong(index, `${wanted} expected, got ${kindNames[kindOf(this.value(index))]}`);
  }

  /** `table[key]`, with `__index`. */
  index(of: TValue, key: Value): TValue {
    for (let from = of, level = 0; level < 100; level++) {
      const found = from.value instanceof Table ? from.value.get(toValue(key)) : vm.lobject.luaO_nilobject;
      if (found.type !== tags.nil) return found;
      const next = metamethod(this.L, from, '__index');
      if (next.type === tags.nil) return next;
      if (kindOf(next) === kinds.function) return this.invoke(next, [from, key]);
      vm.meter.steps(1);
      from = next;
    }
    throw new LuaError('too many recursions in gettable');
  }

  /** Calls a function of the script and gives its first result. It cannot yield. */
  invoke(fn: TValue, args: readonly Value[]): TValue {
    const { L } = this;
    vm.ldo.luaD_checkstack(L, args.length + 2);
    const at = L.top;
    for (const one of [fn, ...args]) push(L, one);
    vm.ldo.luaD_callnoyield(L, at, 1);
    const result = L.stack[--L.top]!;
    delete L.stack[L.top];
    return result;
  }
}

/** A function of a library as the machine calls it. */
export function native(name: string, run: Native): NativeFunction {
  return (L) => {
    const call = new Call(L, name);
    let results: ReturnType<Native>;
    try {
      results = run(call);
    } catch (thrown) {
      if (thrown instanceof LuaError) return raise(L, thrown);
      throw thrown;
    }
    if (results === undefined) return 0;
    if (!Array.isArray(results)) return push(L, results as Value);
    if (results.length > 10) vm.ldo.luaD_checkstack(L, results.length);
    for (const one of results) push(L, one);
    return results.length;
  };
}

/** The value is made first: should a limit end it, the stack must have no hole. */
export function push(L: LuaState, value: Value): 1 {
  const made = toValue(value);
  L.stack[L.top++] = made;
  return 1;
}

/** A fresh place that holds the value. */
export function toValue(value: Value): TValue {
  const { TValue } = vm.lobject;
  if (value === null) return new TValue(tags.nil, null);
  if (typeof value === 'string') {
    vm.meter.bytes(value.length + 48);
    return new TValue(tags.string, LuaString.of(value));
  }
  if (typeof value === 'number') return new TValue(tags.number, value);
  if (typeof value === 'boolean') return new TValue(tags.boolean, value);
  if (typeof value === 'function') return new TValue(tags.native, value);
  if (value instanceof Table) return new TValue(tags.table, value);
  if (value instanceof LuaString) return new TValue(tags.string, value);
  return new TValue(value.type, value.value);
}

export const isTrue = (value: TValue): boolean => value.type !== tags.nil && value.value !== false;

/** The metamethod of a value; nil when there is none. */
export function metamethod(L: LuaState, value: TValue, name: string): TValue {
  const metatable = metatableOf(L, value);
  return metatable ? metatable.getString(name) : vm.lobject.luaO_nilobject;
}

export function metatableOf(L: LuaState, { value, type }: TValue): Table | null {
  if (value instanceof Table) return value.metatable;
  return (L.l_G.mt[type & 15] as Table | undefined) ?? null;
}
