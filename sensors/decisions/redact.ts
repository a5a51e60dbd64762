/**
 * What of a payload may be kept and shown: everything but values that are secret.
 *
 * Secret are the values of Kubernetes Secrets, wherever such an object stands in the payload, and what stands under a name that promises a
 * credential: `authorization`, `password`, `apiKey`. Their values are found first, so that they are hidden wherever else they turn up: in
 * a transform's output, in a rendered action, in the sentence of a filter.
 */
import type { Event } from '../../src/core/event/event.ts';
import { isObject, type Json, type JsonObject } from '../../src/core/json/json.ts';
import { parseJson } from '../../src/core/json/parse.ts';

export const hidden = '<hidden>';

/** Names of headers and fields whose values are credentials, without `-` and `_`. */
const named =
  /^(proxy)?authorization$|^(set)?cookie$|password|passwd|passphrase|^secrets?$|clientsecret|secretkey|apikey|accesskey|privatekey|credentials?$|(^|access|auth|bearer|refresh|id|session|csrf|gitlab|private|api|xvault|secret)token$|signature(256)?$/i;

/** Shorter values would hide half of every text. */
const shortest = 4;
/** Kubernetes keeps bytes in base64, and kubectl a copy of the whole object. */
const lastApplied = 'kubectl.kubernetes.io/last-applied-configuration';

const isCredential = (name: string): boolean => named.test(name.replace(/[-_]/g, ''));

/** The secret values in payloads, also in texts of theirs that are JSON. */
export function secretsIn(payloads: Iterable<Json | undefined>): ReadonlySet<string> {
  const found = new Set<string>();
  const secret = (text: string): void => void add(text, found);
  const within = (text: string): string => {
    const json = jsonIn(text);
    if (json !== undefined) walk(json, 'open', secret);
    return text;
  };
  for (const payload of payloads) if (payload !== undefined) walk(payload, 'open', secret, within);
  return found;
}

/** JSON that travels as a text, as the body of a call does where it is signed. */
function jsonIn(text: string): Json | undefined {
  if (!/^\s*[{[]/.test(text)) return undefined;
  try {
    return parseJson(text);
  } catch {
    return undefined;
  }
}

/** The value with what is secret hidden: by its place, and by what `secretsIn` has found. */
export function redacted(value: Json, secrets: ReadonlySet<string>): Json {
  return walk(
    value,
    'open',
    () => hidden,
    (text) => redactedText(text, secrets),
  );
}

/** Where the walk is: among things that may be seen, in a Kubernetes Secret, or among values that are secret. */
type Place = 'open' | 'a Secret' | 'secret';

/** A copy in which `ofSecret` stands for secret values and `ofText` for other texts. */
function walk(value: Json, place: Place, ofSecret: (text: string) => string | void, ofText = (text: string): string => text): Json {
  if (Array.isArray(value)) return value.map((inner) => walk(inner, place === 'a Secret' ? 'open' : place, ofSecret, ofText));
  if (isObject(value)) {
    const entries = Object.entries(value).map(([name, inner]): [string, Json] => [
      name,
      walk(inner, place === 'secret' ? 'secret' : placeOf(value, name, place), ofSecret, ofText),
    ]);
    return Object.fromEntries(entries);
  }
  if (place === 'secret' && value !== null && typeof value !== 'boolean') return ofSecret(String(value)) ?? value;
  return typeof value === 'string' ? ofText(value) : value;
}

function placeOf(object: JsonObject, name: string, place: Place): Place {
  const isSecret = place === 'a Secret' || object['kind'] === 'Secret';
  if (isCredential(name) || name === lastApplied || (isSecret && (name === 'data' || name === 'stringData'))) return 'secret';
  return object['resource'] === 'secrets' && !object['group'] && (name === 'body' || name === 'oldBody') ? 'a Secret' : 'open';
}

function add(text: string, found: Set<string>): void {
  if (text.length >= shortest) found.add(text);
  const decoded = /^[A-Za-z0-9+/]{4,}={0,2}$/.test(text) ? Buffer.from(text, 'base64').toString('utf8') : '';
  if (decoded.length >= shortest && !/[^\x20-\x7e\s]/.test(decoded)) found.add(decoded);
  const [, credential] = /^(?:Bearer|Basic|token)\s+(\S+)$/i.exec(text) ?? [];
  if (credential !== undefined) add(credential, found);
}

/** A text with those secrets hidden, and with the user and password of URLs. */
export function redactedText(text: string, secrets: ReadonlySet<string>): string {
  let result = text.includes('://') ? text.replace(/([a-z][a-z0-9+.-]*:\/\/)[^/@\s"]+@/gi, `$1${hidden}@`) : text;
  for (const secret of secrets) if (result.includes(secret)) result = result.replaceAll(secret, hidden);
  return result;
}

/** The payload as JSON, or as a text where it is none; undefined where there is none, or where it is too large to be looked through. */
export function payloadOf({ data }: Event, most: number): Json | undefined {
  if (!data || data.bytes.length > most) return undefined;
  try {
    return data.json;
  } catch {
    return data.text;
  }
}
