import type { Headers } from '../../../core/http/call.ts';
import { parseJson } from '../../../core/json/parse.ts';

/** Headers of the request that brought an event which go on to whoever gets it. */
export const passedHeaders = (headers: Headers): Headers => Object.fromEntries(Object.entries(headers).filter(([name]) => passes(name)));

const passes = (name: string): boolean => /^(?:x-request-id$|retry-after$|knative-|x-b3-)/i.test(name);

/** On the bus they travel in an extension of the event that is ours, and no part of the event: see `fromBusEvent`. */
const extension = 'sensoriumheaders';

/** The extension that carries them; none where there are none. */
export function carried(headers: Headers): Readonly<Record<string, string>> {
  const passed = passedHeaders(headers);
  return Object.keys(passed).length === 0 ? {} : { [extension]: JSON.stringify(passed) };
}

/** What an event on the bus carries, as the headers of a request. */
export function headersCarriedBy({ extensions }: { readonly extensions: Readonly<Record<string, string>> }): Record<string, string> {
  const text = extensions[extension];
  if (text === undefined) return {};
  const read = parseJson(text) as Record<string, string[]>;
  return Object.fromEntries(Object.entries(read).map(([name, values]) => [name, values.join(', ')]));
}
