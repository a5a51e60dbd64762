import type { Event } from '../../../src/core/event/event.ts';
import { isObject, type Json, type JsonObject } from '../../../src/core/json/json.ts';
import { stringifyJson } from '../../../src/core/json/stringify.ts';

/** The payload for a person: text as it is, other media types in base64, nothing as an empty text. The values of Secrets are hidden. */
export function loggedPayload({ data, datacontenttype }: Event): string {
  if (!data) return '';
  const mediaType = datacontenttype.split(';')[0]!.trim().toLowerCase();
  if (mediaType === 'text/plain') return data.text;
  if (mediaType !== 'application/json') return Buffer.from(data.bytes).toString('base64');
  return data.text.includes('ecret') ? withoutSecrets(data.text, () => data.json) : data.text;
}

function withoutSecrets(text: string, parsed: () => Json): string {
  let payload: Json;
  try {
    payload = parsed();
  } catch {
    return text;
  }
  if (!isObject(payload)) return text;
  if (payload['kind'] === 'Secret') return stringifyJson(hidden(payload));
  const result = { ...payload };
  const ofSecrets = payload['resource'] === 'secrets' && !payload['group'];
  for (const member of ['body', 'oldBody']) {
    const object = payload[member];
    if (isObject(object) && (ofSecrets || object['kind'] === 'Secret')) result[member] = hidden(object);
  }
  return Object.keys(result).some((key) => result[key] !== payload[key]) ? stringifyJson(result) : text;
}

/** kubectl keeps a copy of the whole object in this annotation. */
const lastApplied = 'kubectl.kubernetes.io/last-applied-configuration';

function hidden(secret: JsonObject): JsonObject {
  const result = { ...secret };
  for (const field of ['data', 'stringData']) {
    const values = secret[field];
    if (isObject(values)) result[field] = Object.fromEntries(Object.keys(values).map((key) => [key, '<hidden>']));
  }
  const { metadata } = secret;
  if (isObject(metadata) && isObject(metadata['annotations']) && lastApplied in metadata['annotations']) {
    result['metadata'] = { ...metadata, annotations: { ...metadata['annotations'], [lastApplied]: '<hidden>' } };
  }
  return result;
}
