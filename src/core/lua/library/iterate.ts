import { push } from '../machine/call.ts';
import { LuaError, raise } from '../machine/raise.ts';
import { Table } from '../machine/table.ts';
import { kindNames, kindOf, type LuaState, type TValue } from '../machine/types.ts';
import { vm } from '../machine/vm.ts';

/** `next(table, key)`; written for the machine, since loops spend their time here. */
export function next(L: LuaState): number {
  const base = L.ci.funcOff;
  const table = tableAt(L, base + 1, 'next');
  const found = table.next(base + 2 < L.top ? L.stack[base + 2]! : vm.lobject.luaO_nilobject);
  if (found === null) return raise(L, new LuaError("invalid key to 'next'"));
  if (!found) return push(L, null);
  push(L, found[0]);
  push(L, found[1]);
  return 2;
}

/** What `ipairs` goes on with: the next item, until the first nil. */
export function nextItem(L: LuaState): number {
  const base = L.ci.funcOff;
  const table = tableAt(L, base + 1, 'ipairs');
  const index = Number((L.stack[base + 2] as TValue).value) + 1;
  const value = table.getNumber(index);
  if (value.type === 0) return push(L, null);
  push(L, index);
  push(L, value);
  return 2;
}

function tableAt(L: LuaState, at: number, name: string): Table {
  const value = at < L.top ? L.stack[at]! : vm.lobject.luaO_nilobject;
  if (value.value instanceof Table) return value.value;
  return raise(L, new LuaError(`bad argument #1 to ${name} (table expected, got ${kindNames[kindOf(value)]})`));
}
