/**
 * Lua 5.1 as gopher-lua runs it, on fengari: a script is compiled once and then runs on many events.
 *
 *     const script = compileLua('event.body.host = event.body.host:upper() return event');
 *     script.table({ body: { host: 'web' } });   // { body: { host: 'WEB' } }
 *
 * A script sees the global variable `event` and the clock it was given, and nothing else: no files, no processes, no environment, no further
 * code. Each run has global variables of its own, and nothing that one does can be seen by the next. The event is never changed; a result
 * may share parts with it, so whoever changes a result copies first.
 */
import { EngineError } from '../errors/engine-error.ts';
import type { Json, JsonObject } from '../json/json.ts';
import { type Clock, systemClock } from '../time/clock.ts';
import { defaultLimits, type LuaLimits } from './limits.ts';
import { loadVm } from './machine/load.ts';
import { type Failure, Program } from './machine/program.ts';
import { kindNames, kindOf, kinds, type TValue } from './machine/types.ts';
import { normalForm } from './syntax/normal-form.ts';
import { refuse } from './syntax/refuse.ts';
import { jsonOf, Unsayable } from './values/to-json.ts';

export type { LuaLimits } from './limits.ts';

export interface LuaOptions extends LuaLimits {
  /** What `os.time`, `os.date` and `os.clock` read. */
  readonly clock: Clock;
}

export interface LuaProgram {
  /** Whether the last value that the script returns is exactly `true`. Throws EngineError EVENT_SCRIPT_FAILED or EVENT_LIMIT. */
  isTrue(event: JsonObject): boolean;
  /**
   * The last value that the script returns, which must be a table, as JSON: an object or an array. Throws as `isTrue` does, and
   * EVENT_SCRIPT_FAILED for what JSON cannot say.
   */
  table(event: JsonObject): Json;
}

/**
 * Throws EngineError CONFIG_LUA for a script that cannot be run. Its field `offset` is the place in the text, in characters from 0; so is
 * that of EVENT_SCRIPT_FAILED, where a place is known.
 */
export function compileLua(text: string, options: Partial<LuaOptions> = {}): LuaProgram {
  const { clock = systemClock, ...limits } = options;
  loadVm();
  const program = compiled(text, clock, { ...defaultLimits, ...limits });
  const run = <T>(event: JsonObject, read: (last: TValue) => T): T => {
    try {
      return program.run(event, read, failed);
    } catch (thrown) {
      if (thrown instanceof Unsayable) throw failed({ problem: thrown.message, offset: undefined });
      throw thrown instanceof RangeError ? processLimit(thrown) : thrown;
    }
  };
  return {
    isTrue: (event) => run(event, (last) => last.value === true),
    table: (event) =>
      run(event, (last) => {
        if (kindOf(last) === kinds.table) return jsonOf(last);
        throw new Unsayable(`the script must return a table, and it returned ${article(kindNames[kindOf(last)]!)}`);
      }),
  };
}

function compiled(text: string, clock: Clock, limits: LuaLimits): Program {
  try {
    return new Program(normalForm(text), clock, limits);
  } catch (thrown) {
    throw thrown instanceof RangeError ? refuse('the script is too large', 0) : thrown;
  }
}

const article = (kind: string): string => (kind === 'nil' ? 'nothing' : `a ${kind}`);

const failed = ({ problem, offset, hint }: Failure): EngineError =>
  new EngineError('EVENT_SCRIPT_FAILED', { problem, offset }, hint === undefined ? {} : { hint });

/** The process's own stack or string limit was met first. */
const processLimit = (error: RangeError): EngineError =>
  new EngineError(
    'EVENT_LIMIT',
    /call stack/.test(error.message)
      ? { limit: 'all of the stack', what: 'the script calls itself too deeply' }
      : { limit: 'the largest size', what: 'the script builds too much' },
    { cause: error },
  );
