import { isDeepStrictEqual } from 'node:util';
import { isContextAttribute } from '../../../src/core/cloudevents/attributes.ts';
import type { CloudEvent } from '../../../src/core/cloudevents/cloud-event.ts';
import { isJsonType } from '../../../src/core/cloudevents/media-type.ts';
import { problemOf, readCloudEvents } from '../../../src/core/cloudevents/read.ts';
import { writeBinary, writeStructured } from '../../../src/core/cloudevents/write.ts';
import { EventData } from '../../../src/core/event/data.ts';
import { canonicalName, type Headers } from '../../../src/core/http/call.ts';
import type { Adapter, Case } from '../adapter.ts';

/** The event of a case, which is written as one JSON object. */
export function eventOf({ specversion, id, type, source, data, data_base64, ...rest }: Case): CloudEvent {
  const own = Object.entries(rest);
  return {
    specversion,
    id,
    type,
    source,
    ...Object.fromEntries(own.filter(([name]) => isContextAttribute(name))),
    extensions: Object.fromEntries(own.filter(([name]) => !isContextAttribute(name)).map(([name, value]) => [name.toLowerCase(), value])),
    ...(data_base64 === undefined ? {} : { data: EventData.fromBytes(Buffer.from(data_base64, 'base64')) }),
    ...(data === undefined
      ? {}
      : { data: isJsonType(rest['datacontenttype']) ? EventData.fromText(JSON.stringify(data)) : EventData.fromText(data) }),
  } as CloudEvent;
}

/** And back. Data of a type that is not text stands in base64. */
export function caseOf({ extensions, data, ...attributes }: CloudEvent): Case {
  const type = attributes.datacontenttype;
  const body = !data
    ? {}
    : isJsonType(type) && isJson(data)
      ? { data: data.json }
      : /^text\//.test(type ?? '')
        ? { data: data.text }
        : { data_base64: Buffer.from(data.bytes).toString('base64') };
  return { ...attributes, ...extensions, ...body };
}

function isJson(data: EventData): boolean {
  try {
    return data.json !== undefined;
  } catch {
    return false;
  }
}

export const headersOfCase = (headers: Record<string, string[]>): Headers =>
  Object.fromEntries(Object.entries(headers).map(([name, values]) => [canonicalName(name), values]));

/** JSON means the same however it is spaced. */
const sameBody = (expected: unknown, got: unknown): boolean => {
  try {
    return isDeepStrictEqual(JSON.parse(expected as string), JSON.parse(got as string));
  } catch {
    return expected === got;
  }
};

/** Data that is text may stand in a case as such or in base64. */
const sameEvent = (expected: unknown, got: unknown): boolean => isDeepStrictEqual(inText(expected as Case), inText(got as Case));

const inText = ({ data_base64: encoded, time, ...event }: Case): Case => ({
  ...event,
  ...(encoded === undefined ? {} : { data: Buffer.from(encoded, 'base64').toString('latin1') }),
  ...(time === undefined ? {} : { time: inUtc(time) }),
});

/** The same instant may be written in any zone. */
const inUtc = (time: string): string => (time.endsWith('Z') ? time : new Date(time).toISOString().replace('.000Z', 'Z'));

export const httpBinding: Adapter = {
  compare: { wantError: 'failed', wantInvalid: 'failed', wantBody: sameBody, wantEvent: sameEvent },
  run({ event, mode, headers, body }) {
    if (event) {
      const { headers, body = '' } = mode === 'structured' ? writeStructured(eventOf(event)) : writeBinary(eventOf(event));
      return { wantHeaders: headers, wantBody: typeof body === 'string' ? body : Buffer.from(body).toString('utf8') };
    }
    const reading = readCloudEvents(headersOfCase(headers), Buffer.from(body));
    if (reading.kind === 'none') return { wantEncoding: 'unknown', wantError: 'no event' };
    if (reading.kind === 'unreadable') return { wantEncoding: reading.mode, wantError: reading.problem };
    const [first] = reading.events;
    if (!first) return { wantEncoding: reading.mode, wantError: null };
    return { wantEncoding: reading.mode, wantEvent: caseOf(first), wantInvalid: problemOf(first) ?? null, wantError: null };
  },
};
