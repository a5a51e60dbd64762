import { type Event, orderKeyOf } from '../../src/core/event/event.ts';
import { compileJq, type JqOptions } from '../../src/core/jq/index.ts';
import { goJson } from '../../src/core/json/stringify.ts';

/** Much for a key, and little enough for hundreds of triggers that each make one of the same event. */
const limits = { steps: 100_000, bytes: 4 * 1024 * 1024 };

/**
 * The key under which firings are worked in order: what the trigger's `orderBy` makes of the payload, else the event's own.
 *
 * Null, nothing, and a program that fails on an event mean that its order does not matter. Throws EngineError CONFIG_JQ.
 */
export function compileOrderKey(orderBy: string | undefined, options: Partial<JqOptions> = {}): (event: Event) => string | undefined {
  if (!orderBy) return orderKeyOf;
  const program = compileJq(orderBy, { ...options, ...limits });
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
