import { EngineError } from '../../src/core/errors/engine-error.ts';
import { Refusal } from '../../src/core/http/call.ts';
import { readForm } from '../../src/core/http/form.ts';
import { compactJson } from '../../src/core/json/compact.ts';
import { isObject, type Json, type JsonObject } from '../../src/core/json/json.ts';
import { parseJson } from '../../src/core/json/parse.ts';

export const textOf = (bytes: Uint8Array): string => Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).toString('utf8');

/** JSON text in Go's compact form, with every digit of its numbers. Refuses what is no JSON (400). */
export function jsonText(text: string): string {
  checkedJson(text);
  return compactJson(text);
}

/** The same of a text that has to be an object, and the object. */
export function objectText(text: string): { text: string; object: JsonObject } {
  const object = checkedJson(text);
  if (!isObject(object)) throw new Refusal(400, 'the body is no JSON object');
  return { text: compactJson(text), object };
}

function checkedJson(text: string): Json {
  if (text === '') throw new Refusal(400, 'the body is empty, and JSON is expected');
  try {
    return parseJson(text);
  } catch (thrown) {
    if (!(thrown instanceof EngineError)) throw thrown;
    throw new Refusal(400, `the body is not JSON: ${thrown.fields['reason']}`);
  }
}

/** A form or query as lists by name. Pairs with broken escapes are refused (500, as in Argo), or left out. */
export function formOf(text: string, onBroken: 'refuse' | 'leave out' = 'refuse'): Record<string, string[]> {
  const { fields, broken } = readForm(text);
  if (broken !== undefined && onBroken === 'refuse') throw new Refusal(500, `the form cannot be read at "${broken.slice(0, 40)}"`);
  return fields;
}
