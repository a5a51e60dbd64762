import { type Call, type Native, native, push, toValue, type Value } from '../machine/call.ts';
import { LuaError } from '../machine/raise.ts';
import { kindOf, kinds, type LuaState, type NativeFunction, statuses, type TValue, tags } from '../machine/types.ts';
import { vm } from '../machine/vm.ts';

/** Values that it yielded or returned, or the error that ended it. */
type Outcome = { readonly values: TValue[] } | { readonly error: Value };

function create(call: Call): TValue {
  const body = call.function(1);
  vm.meter.bytes(5000);
  vm.meter.steps(50);
  const { L } = call;
  const coroutine = vm.lstate.lua_newthread(L);
  delete L.stack[--L.top];
  push(coroutine, body);
  return new vm.lobject.TValue(tags.thread, coroutine);
}

function coroutineOf(call: Call): LuaState {
  const value = call.value(1);
  if (kindOf(value) !== kinds.thread) throw call.wrongType(1, 'thread');
  return value.value as LuaState;
}

const countIn = (L: LuaState): number => L.top - L.ci.funcOff - 1;

function outcomeOf(L: LuaState, coroutine: LuaState, args: readonly TValue[]): Outcome {
  if (coroutine === L) return { error: 'can not resume a running thread' };
  if (statusOf(L, coroutine) === 'dead') return { error: 'can not resume a dead thread' };
  vm.meter.steps(20);
  vm.ldo.luaD_checkstack(coroutine, args.length + 5);
  for (const one of args) push(coroutine, one);
  const status = vm.ldo.lua_resume(coroutine, L, args.length);
  vm.meter.goOn();
  if (status !== statuses.ok && status !== statuses.yield) return { error: coroutine.stack[coroutine.top - 1]! };
  const count = countIn(coroutine);
  const values = coroutine.stack.slice(coroutine.top - count, coroutine.top);
  for (let index = 0; index < count; index++) delete coroutine.stack[--coroutine.top];
  return { values };
}

function resume(call: Call): readonly Value[] {
  const outcome = outcomeOf(call.L, coroutineOf(call), call.values(2));
  return 'error' in outcome ? [false, outcome.error] : [true, ...outcome.values];
}

function wrap(call: Call): NativeFunction {
  const coroutine = create(call).value as LuaState;
  return native('wrap', (call) => {
    const outcome = outcomeOf(call.L, coroutine, call.values(1));
    if ('values' in outcome) return outcome.values;
    throw new LuaError(typeof outcome.error === 'string' ? outcome.error : toValue(outcome.error));
  });
}

function statusOf(L: LuaState, coroutine: LuaState): string {
  if (coroutine === L) return 'running';
  if (coroutine.status === statuses.yield) return 'suspended';
  if (coroutine.status !== statuses.ok) return 'dead';
  if (coroutine.ci !== coroutine.base_ci) return 'normal';
  return countIn(coroutine) === 0 ? 'dead' : 'suspended';
}

/** For the machine itself, which it leaves by throwing. */
const yieldTo = (L: LuaState): number => vm.ldo.lua_yield(L, countIn(L));

export const coroutineLibrary: Readonly<Record<string, Native>> = {
  create,
  resume,
  wrap,
  status: (call) => statusOf(call.L, coroutineOf(call)),
  running: ({ L }) => (L === L.l_G.mainthread ? null : new vm.lobject.TValue(tags.thread, L)),
};

export const coroutineFunctions = { yield: yieldTo };
