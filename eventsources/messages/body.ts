import { compactJson } from '../../src/core/json/compact.ts';
import { parseJson } from '../../src/core/json/parse.ts';
import { goJson } from '../../src/core/json/stringify.ts';

/**
 * The `body` of a message, as JSON text: with `jsonBody` the message itself, else its bytes in base64. A message without a body,
 * which Kafka has, is `null`. Throws EVENT_NOT_JSON.
 */
export function bodyText(bytes: Uint8Array | null, jsonBody: boolean | undefined): string {
  if (bytes === null) return 'null';
  const buffer = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  if (!jsonBody) return `"${buffer.toString('base64')}"`;
  const text = buffer.toString('utf8');
  parseJson(text);
  return compactJson(text);
}

/** A payload out of the JSON texts of its fields, in their order, with the `metadata` of the entry at the end where there is some. */
export function payloadText(fields: Readonly<Record<string, string>>, metadata: Readonly<Record<string, string>> | undefined): string {
  const all = Object.entries(fields).map(([name, text]) => `${goJson(name)}:${text}`);
  if (metadata && Object.keys(metadata).length > 0) all.push(`"metadata":${goJson(metadata)}`);
  return `{${all.join(',')}}`;
}
