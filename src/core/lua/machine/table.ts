import type { Json, JsonObject } from '../../json/json.ts';
import { fill } from './fill.ts';
import type { LuaString } from './lua-string.ts';
import { type TValue, tags } from './types.ts';
import { vm } from './vm.ts';

interface Entry {
  readonly key: TValue;
  /** nil when it was taken away: its place is kept for who goes through the table, as in gopher-lua. */
  value: TValue;
  next: Entry | undefined;
}

/** Whole numbers from 1 up to here are places of the array part. */
const arrayKeys = 67_108_864;

/**
 * A table as gopher-lua has it: an array part, which may have holes, and a part with all other keys in the order in which they came.
 *
 * A table that stands for a part of the event (`source`) is filled from it when somebody first looks into it. The machine reads and writes
 * `metatable`, `flags` (which metamethods are known to be missing) and, when it compiles, `strong`.
 */
export class Table {
  metatable: Table | null = null;
  flags = 0;
  readonly strong = new Map<unknown, Entry>();
  readonly array: TValue[] = [];
  source: JsonObject | Json[] | undefined;
  /** Belongs to the libraries, which runs share as long as nobody changes them. */
  shared = false;
  #first: Entry | undefined;
  #last: Entry | undefined;

  constructor(source?: JsonObject | Json[]) {
    this.source = source;
  }

  get(key: TValue): TValue {
    if (key.type === tags.string) return this.getString((key.value as LuaString).binary);
    if (key.type === tags.number) return this.getNumber(key.value as number);
    if (this.source) fill(this);
    return this.strong.get(hashOf(key))?.value ?? vm.lobject.luaO_nilobject;
  }

  getString(binary: string): TValue {
    if (this.source) fill(this);
    return this.strong.get(binary)?.value ?? vm.lobject.luaO_nilobject;
  }

  getNumber(key: number): TValue {
    if (this.source) fill(this);
    return (isPlace(key) ? this.array[key - 1] : this.strong.get(key)?.value) ?? vm.lobject.luaO_nilobject;
  }

  /** The key is neither nil nor NaN. */
  set(key: TValue, value: TValue): void {
    if (key.type === tags.number && isPlace(key.value as number)) this.setNumber(key.value as number, value);
    else this.setEntry(key, value);
  }

  setNumber(key: number, value: TValue): void {
    if (!isPlace(key)) {
      this.setEntry(new vm.lobject.TValue(tags.number, key), value);
      return;
    }
    this.change();
    const { array } = this;
    if (key > array.length) {
      vm.meter.bytes((key - array.length) * 64);
      vm.meter.steps((key - array.length) >> 3);
      while (array.length < key - 1) array.push(vm.lobject.luaO_nilobject);
      array.push(copied(value));
    } else array[key - 1] = copied(value);
  }

  setEntry(key: TValue, value: TValue): void {
    this.change();
    const hash = hashOf(key);
    const entry = this.strong.get(hash);
    if (entry) entry.value = copied(value);
    else if (value.type !== tags.nil) this.add(hash, copied(key), copied(value));
  }

  /** Who adds a key has seen that it is not there. */
  add(hash: unknown, key: TValue, value: TValue): void {
    vm.meter.bytes(64);
    vm.meter.steps(4);
    const entry: Entry = { key, value, next: undefined };
    if (this.#last) this.#last.next = entry;
    else this.#first = entry;
    this.#last = entry;
    this.strong.set(hash, entry);
  }

  /** What `#` gives, and table.maxn: the last place that is not nil. */
  get length(): number {
    if (this.source) fill(this);
    let length = this.array.length;
    while (length > 0 && this.array[length - 1]!.type === tags.nil) length -= 1;
    vm.meter.steps((this.array.length - length) >> 3);
    return length;
  }

  /** The key and the value that follow a key; undefined at the end. Nil asks for the first. Null when there is no such key. */
  next(key: TValue): readonly [TValue, TValue] | undefined | null {
    if (this.source) fill(this);
    let entry: Entry | undefined;
    const place = key.type === tags.nil ? 0 : key.type === tags.number && isPlace(key.value as number) ? (key.value as number) : -1;
    if (place >= 0) {
      for (let at = place; at < this.array.length; at++) {
        const value = this.array[at]!;
        if (value.type !== tags.nil) return [new vm.lobject.TValue(tags.number, at + 1), value];
        vm.meter.steps(1);
      }
      entry = this.#first;
    } else {
      const here = this.strong.get(hashOf(key));
      if (!here) return null;
      entry = here.next;
    }
    for (; entry; entry = entry.next) {
      if (entry.value.type !== tags.nil) return [entry.key, entry.value];
      vm.meter.steps(1);
    }
    return undefined;
  }

  /** All keys but those of the array part. */
  *entries(): Iterable<Entry> {
    for (let entry = this.#first; entry; entry = entry.next) if (entry.value.type !== tags.nil) yield entry;
  }

  /** Called before whatever changes it. */
  change(): void {
    if (this.source) fill(this);
    if (this.shared) vm.meter.soiled = true;
    this.flags = 0;
  }
}

const isPlace = (key: number): boolean => key >= 1 && key < arrayKeys && Number.isInteger(key);

/** What the parser keeps its constants in: a number is a key like any other. */
export class Constants extends Table {
  override getNumber(key: number): TValue {
    return this.strong.get(key)?.value ?? vm.lobject.luaO_nilobject;
  }

  override set(key: TValue, value: TValue): void {
    this.setEntry(key, value);
  }
}

/** Strings, numbers and booleans by what they are, everything else by identity. (A bare JavaScript number is a key that only the parser uses.) */
function hashOf(key: TValue): unknown {
  if (key.type === tags.string) return (key.value as LuaString).binary;
  return key.type === 2 && typeof key.value === 'number' ? `#${key.value}` : key.value;
}

const copied = (value: TValue): TValue => new vm.lobject.TValue(value.type, value.value);
