import type { Json, JsonObject } from '../../../core/json/json.ts';
import type { ListenerCall } from '../listener/call.ts';

/** What the expressions of bindings read. Throws EngineError EVENT_NOT_JSON, also where no binding reads the body. */
export function bindingDocument(call: ListenerCall, extensions: JsonObject | null, eventId: string): Json {
  const header = Object.fromEntries(Object.entries(call.header).map(([name, values]) => [name, values.join(',')]));
  return { header, body: call.json, extensions, context: { eventID: eventId } };
}
