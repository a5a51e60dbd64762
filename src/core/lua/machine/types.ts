/** The part of fengari 0.1.5 that we use, most of it from behind its interface: see `load.ts`. */

/** A value of Lua with the tag of its type, in a variable, a table or on the stack. */
export interface TValue {
  type: number;
  value: unknown;
  setfrom(other: TValue): void;
  ttisnil(): boolean;
  setivalue(value: number): void;
  setfltvalue(value: number): void;
  vslen(): number;
}

export const tags = { nil: 0, boolean: 1, number: 3, string: 20, table: 5, closure: 6, native: 22, nativeClosure: 38, thread: 8 } as const;

/** A tag without its variant: a string is 4, a function 6. */
export const kindOf = (value: TValue): number => value.type & 15;

export const kinds = { nil: 0, boolean: 1, number: 3, string: 4, table: 5, function: 6, userdata: 7, thread: 8 } as const;

export const kindNames: Readonly<Record<number, string>> = {
  0: 'nil',
  1: 'boolean',
  3: 'number',
  4: 'string',
  5: 'table',
  6: 'function',
  7: 'userdata',
  8: 'thread',
};

export const statuses = { ok: 0, yield: 1, errorInHandler: 6 } as const;

/** Compiled code of one function. */
export interface Proto {
  readonly source: unknown;
  readonly p: readonly Proto[];
  readonly code: { readonly length: number };
  lineinfo: number[];
  maxstacksize: number;
}

export interface Closure {
  readonly p: Proto;
  readonly upvals: TValue[];
}

export interface CallInfo {
  readonly func: TValue;
  readonly funcOff: number;
  readonly previous: CallInfo | null;
  readonly l_savedpc: number;
  readonly callstatus: number;
  top: number;
  /** Ours: how many calls there are below it. */
  depth?: number;
}

/** `CallInfo.callstatus` of a function written in Lua. */
export const luaCall = 2;

export type NativeFunction = (L: LuaState) => number;

/** A thread of Lua: the main one or a coroutine. */
export interface LuaState {
  readonly id: number;
  readonly stack: TValue[];
  top: number;
  ci: CallInfo;
  readonly base_ci: CallInfo;
  status: number;
  readonly l_G: {
    id_counter: number;
    readonly mainthread: LuaState;
    atnativeerror: NativeFunction | null;
    readonly mt: (object | null | undefined)[];
  };
}

export interface Modules {
  readonly lobject: {
    readonly TValue: { new (type: number, value: unknown): TValue; readonly prototype: TValue };
    readonly luaO_nilobject: TValue;
    luaO_str2num: (bytes: Uint8Array, into: TValue) => number;
  };
  readonly lstate: {
    lua_newstate(): LuaState;
    lua_newthread(L: LuaState): LuaState;
    luaE_extendCI: (L: LuaState) => CallInfo;
  };
  readonly ldo: {
    luaD_checkstack: (L: LuaState, slots: number) => void;
    luaD_callnoyield(L: LuaState, func: number, results: number): void;
    luaD_poscall: (L: LuaState, ci: CallInfo, first: number, results: number) => boolean;
    lua_resume(L: LuaState, from: LuaState, args: number): number;
    lua_yield(L: LuaState, results: number): number;
  };
  readonly ldebug: {
    luaG_errormsg(L: LuaState): never;
    luaG_runerror(L: LuaState, format: Uint8Array): never;
    luaG_typeerror: (L: LuaState, value: TValue, operation: Uint8Array) => never;
    lua_sethook(L: LuaState, hook: (L: LuaState) => void, mask: number, count: number): void;
  };
  readonly lapi: {
    lua_load(L: LuaState, reader: () => Uint8Array | null, data: null, name: Uint8Array, mode: null): number;
    lua_pcallk(
      L: LuaState,
      args: number,
      results: number,
      handler: number,
      context: number,
      then: ((L: LuaState, status: number, context: number) => number) | null,
    ): number;
  };
}
