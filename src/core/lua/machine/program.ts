import type { JsonObject } from '../../json/json.ts';
import type { Clock } from '../../time/clock.ts';
import { environment, type Globals, globals } from '../library/index.ts';
import { Random } from '../library/random.ts';
import { plainText } from '../library/text.ts';
import { type LuaLimits, Meter } from '../limits.ts';
import type { NormalForm } from '../syntax/normal-form.ts';
import { push, toValue } from './call.ts';
import { luaValue } from './fill.ts';
import { newState } from './load.ts';
import { messageOf, missingGlobal, syntaxError } from './messages.ts';
import { instructionOf } from './raise.ts';
import { type Closure, kinds, type LuaState, type Proto, statuses, type TValue, tags } from './types.ts';
import { vm } from './vm.ts';

/** What ended a run that no limit ended. `offset` is the place in the script, in characters from 0. */
export interface Failure {
  readonly problem: string;
  readonly offset: number | undefined;
  /** `did you mean "string"?` */
  readonly hint?: string | undefined;
}

/** For what is ours to do: the parser has limits of its own. */
const unlimited = (): Meter =>
  new Meter({ steps: Number.POSITIVE_INFINITY, bytes: Number.POSITIVE_INFINITY, depth: Number.POSITIVE_INFINITY });

/** A script in a state of Lua of its own, which it keeps from run to run; what a run leaves behind cannot be reached by the next. */
export class Program {
  readonly #form: NormalForm;
  readonly #clock: Clock;
  readonly #limits: LuaLimits;
  readonly #words = new WeakMap<Proto, readonly number[]>();
  /** Made anew after a run that a limit ended. */
  #machine: { readonly L: LuaState; readonly chunk: Closure } | undefined;

  /** Throws EngineError CONFIG_LUA. */
  constructor(form: NormalForm, clock: Clock, limits: LuaLimits) {
    this.#form = form;
    this.#clock = clock;
    this.#limits = limits;
    this.#machine = this.#start();
  }

  /** Runs the script and gives its last result to `read`. Throws EngineError EVENT_LIMIT, or what `fail` makes of an error. */
  run<T>(event: JsonObject, read: (last: TValue) => T, fail: (failure: Failure) => Error): T {
    this.#machine ??= this.#start();
    const { L, chunk } = this.#machine;
    const globals = sharedGlobals();
    L.l_G.mt[kinds.string] = globals.strings;
    const meter = new Meter(this.#limits);
    Object.assign(vm, { meter, clock: this.#clock, random: new Random() });
    const variables = toValue(environment(globals, luaValue(event)));
    chunk.upvals[0] = variables;
    let failure: Failure | undefined;
    const base = L.top;
    push(L, (thread) => {
      failure = this.#failureIn(thread);
      return 1;
    });
    L.stack[L.top++] = new vm.lobject.TValue(tags.closure, chunk);
    try {
      const status = vm.lapi.lua_pcallk(L, 0, -1, base - L.ci.funcOff, 0, null);
      meter.goOn();
      const last = L.top > base + 1 ? L.stack[L.top - 1]! : vm.lobject.luaO_nilobject;
      if (status === statuses.ok) return read(last);
      throw fail(failure ?? { problem: messageOf(last), offset: undefined });
    } finally {
      while (L.top > base) delete L.stack[--L.top];
      variables.setfrom(vm.lobject.luaO_nilobject);
      if (meter.soiled) vm.globals = undefined;
      if (meter.stopped !== undefined) this.#machine = undefined;
    }
  }

  #start(): { readonly L: LuaState; readonly chunk: Closure } {
    vm.meter = unlimited();
    const L = newState();
    const chunk = this.#load(L);
    this.#keepWords(chunk.p);
    return { L, chunk };
  }

  #load(L: LuaState): Closure {
    const parts: (Uint8Array | null)[] = [Buffer.from(this.#form.text, 'latin1'), null];
    vm.compiling = true;
    const status = vm.lapi.lua_load(L, () => parts.shift() ?? null, null, Buffer.from('=<string>'), null);
    vm.compiling = false;
    vm.meter.goOn();
    const { value } = L.stack[--L.top]!;
    const result = L.stack[L.top]!;
    delete L.stack[L.top];
    if (status === statuses.ok) return value as Closure;
    throw syntaxError(plainText(result), this.#form.tokens);
  }

  /** The machine's lines are numbers of words: they are kept, and the lines of the script put in their place, for messages. */
  #keepWords(proto: Proto): void {
    this.#words.set(proto, proto.lineinfo);
    proto.lineinfo = proto.lineinfo.map((word) => this.#form.tokens[word - 1]?.line ?? 1);
    for (const inner of proto.p) this.#keepWords(inner);
  }

  #failureIn(thread: LuaState): Failure {
    const place = instructionOf(thread.ci);
    const word = place && this.#words.get(place.code)?.[place.at];
    const problem = messageOf(thread.stack[thread.top - 1]!);
    return {
      problem,
      hint: missingGlobal(problem, ['event', ...(vm.globals?.values ?? []).map(({ name }) => name)]),
      offset: word === undefined ? undefined : this.#form.tokens[word - 1]?.offset,
    };
  }
}

function sharedGlobals(): Globals {
  if (!vm.globals) {
    vm.meter = unlimited();
    vm.globals = globals();
  }
  return vm.globals;
}
