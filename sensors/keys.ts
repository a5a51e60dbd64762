import type { Event } from '../src/core/event/event.ts';
import { compileJq, type JqOptions } from '../src/core/jq/index.ts';
import { goJson } from '../src/core/json/stringify.ts';

/** Much for a key, and little enough for hundreds of triggers that each make one of the same event. */
const limits = { steps: 100_000, bytes: 4 * 1024 * 1024 };

/**
 * A key that a jq program makes of the payload: a text as it is, everything else as JSON.
 *
 * Null, nothing, and a program that fails on an event give none. Throws EngineError CONFIG_JQ.
 */
export function compileKey(text: string, options: Partial<JqOptions> = {}): (event: Event) => string | undefined {
  const program = compileJq(text, { ...options, ...limits });
  return ({ data }) => {
    try {
      const key = data && program.first(data.json);
      if (key === undefined || key === null) return undefined;
      return typeof key === 'string' ? key : goJson(key);
    } catch {
      return undefined;
    }
  };
}
