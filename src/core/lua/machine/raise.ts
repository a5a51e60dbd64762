import { LuaString } from './lua-string.ts';
import { type CallInfo, type Closure, type LuaState, luaCall, type TValue, tags } from './types.ts';
import { errorSteps, vm } from './vm.ts';

/**
 * An error that a script can catch, raised by a function of a library. A message gets the place of the call before it (level 1), or that of
 * the call of its caller (level 2); a value of Lua is raised as it is. Not an Error, because a stack trace costs more than the rest.
 */
export class LuaError {
  readonly raised: string | TValue;
  readonly level: number;

  constructor(raised: string | TValue, level = 1) {
    this.raised = raised;
    this.level = level;
  }
}

export function raise(L: LuaState, { raised, level }: LuaError): never {
  const { TValue } = vm.lobject;
  vm.meter.steps(errorSteps);
  L.stack[L.top++] =
    typeof raised === 'string' ? new TValue(tags.string, LuaString.of(placeOf(L, level) + raised)) : new TValue(raised.type, raised.value);
  return vm.ldebug.luaG_errormsg(L);
}

/** `<string>:12: `: the line in the script; nothing when there is no such call. */
function placeOf(L: LuaState, level: number): string {
  let ci: CallInfo | null = L.ci;
  for (let up = 0; up < level && ci; up++) ci = ci.previous;
  const line = ci && instructionOf(ci)?.line;
  return level === 0 || line === undefined || line === null ? '' : `<string>:${line}: `;
}

/** Where the nearest function of the script stands, from this call down. */
export function instructionOf(from: CallInfo): { readonly line: number; readonly code: Closure['p']; readonly at: number } | undefined {
  for (let ci: CallInfo | null = from; ci; ci = ci.previous) {
    if ((ci.callstatus & luaCall) === 0) continue;
    const code = (ci.func.value as Closure).p;
    const at = ci.l_savedpc - 1;
    return { line: code.lineinfo[at]!, code, at };
  }
  return undefined;
}
