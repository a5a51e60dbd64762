import { EngineError } from '../../src/core/errors/engine-error.ts';
import { EventData } from '../../src/core/event/data.ts';
import { isObject, type Json, type JsonObject } from '../../src/core/json/json.ts';
import { compileLua, type LuaOptions } from '../../src/core/lua/index.ts';
import { nameOf, type Transform } from './jq.ts';

/**
 * A Lua script as a transform: the table that it returns becomes the payload, and the media type JSON. An event without a payload stays as
 * it is. Throws EngineError CONFIG_LUA when the script cannot be compiled.
 */
export function compileLuaTransform(script: string, options: Partial<LuaOptions> = {}): Transform {
  const compiled = compileLua(script, options);
  return (event) => {
    if (!event.data) return event;
    const output = compiled.table(scriptInput(event.data));
    return { ...event, datacontenttype: 'application/json', data: EventData.fromJson(output) };
  };
}

/** The payload as a script sees it: an object; `null` is an empty one, as in Argo. Throws EngineError EVENT_SCRIPT_FAILED. */
export function scriptInput(data: EventData): JsonObject {
  let payload: Json;
  try {
    payload = data.json;
  } catch (thrown) {
    throw new EngineError(
      'EVENT_SCRIPT_FAILED',
      { problem: `a script needs a JSON object, and ${(thrown as Error).message}` },
      { cause: thrown },
    );
  }
  if (payload === null) return {};
  if (isObject(payload)) return payload;
  throw new EngineError('EVENT_SCRIPT_FAILED', { problem: `a script needs a JSON object, and the payload is ${nameOf(payload)}` });
}
