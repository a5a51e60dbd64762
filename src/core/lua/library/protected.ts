import { metamethod, push, toValue } from '../machine/call.ts';
import { LuaError, raise } from '../machine/raise.ts';
import { kindNames, kindOf, kinds, type LuaState, statuses } from '../machine/types.ts';
import { errorSteps, vm } from '../machine/vm.ts';

/** All results of a call. */
const all = -1;

/** A limit is no error of Lua: it ends every protected call that it passes. */
export function pcall(L: LuaState): number {
  const base = L.ci.funcOff;
  if (L.top === base + 1) return raise(L, new LuaError('bad argument #1 to pcall (value expected)'));
  const called = L.stack[base + 1]!;
  if (kindOf(called) !== kinds.function && kindOf(metamethod(L, called, '__call')) !== kinds.function) {
    push(L, false);
    return 1 + push(L, `attempt to call a ${kindNames[kindOf(called)]} value`);
  }
  for (let at = L.top++; at > base + 1; at--) L.stack[at] = L.stack[at - 1]!;
  L.stack[base + 1] = toValue(true);
  return ended(L, vm.lapi.lua_pcallk(L, L.top - base - 3, all, 0, 1, ended), 1);
}

export function xpcall(L: LuaState): number {
  const base = L.ci.funcOff;
  for (const index of [1, 2]) {
    const value = base + index < L.top ? L.stack[base + index]! : vm.lobject.luaO_nilobject;
    if (kindOf(value) !== kinds.function)
      return raise(L, new LuaError(`bad argument #${index} to xpcall (function expected, got ${kindNames[kindOf(value)]})`));
  }
  const [called, handler] = [L.stack[base + 1]!, L.stack[base + 2]!];
  while (L.top > base + 1) delete L.stack[--L.top];
  for (const one of [handler, true, called]) push(L, one);
  return ended(L, vm.lapi.lua_pcallk(L, 0, all, 1, 2, ended), 2);
}

/** Gives everything from the place `first` on, where true stands; or false and the error. */
function ended(L: LuaState, status: number, first: number): number {
  vm.meter.goOn();
  const base = L.ci.funcOff;
  if (status !== statuses.ok && status !== statuses.yield) {
    vm.meter.steps(status === statuses.errorInHandler ? 100 * errorSteps : errorSteps);
    const error = L.stack[L.top - 1]!;
    push(L, false);
    return 1 + push(L, error);
  }
  return L.top - base - first;
}
