import { isObject } from '../../src/core/json/json.ts';
import { parseJson } from '../../src/core/json/parse.ts';
import { goJson } from '../../src/core/json/stringify.ts';
import type { Told } from './form.ts';
import type { ResourceSpec } from './spec.ts';

/** Makes the payload of a change out of the JSON texts of the object and of its former state. Keys stand in Argo's order. */
type ComposePayload = (change: Pick<Told, 'type' | 'body' | 'oldBody' | 'left'>) => string;

export function payloadComposer({ group, version, resource, metadata }: ResourceSpec): ComposePayload {
  const gvr = `"group":${goJson(group)},"version":${goJson(version)},"resource":${goJson(resource)}`;
  const tail = metadata && Object.keys(metadata).length > 0 ? `${gvr},"metadata":${goJson(metadata)}}` : `${gvr}}`;
  return ({ type, body, oldBody = 'null', left }) =>
    `{"type":"${type}","body":${body},"oldBody":${oldBody},${left ? '"left":true,' : ''}${tail}`;
}

/** The object without `metadata.managedFields`, which is often half of it. */
export function withoutManagedFields(text: string): string {
  const object = parseJson(text);
  if (isObject(object) && isObject(object['metadata'])) delete object['metadata']['managedFields'];
  return goJson(object);
}

/** What is published of an object that the bus cannot carry: its names, and `tooLarge` with what it has and what the bus takes, in bytes. */
export function recordOf(text: string, sizes: { actual: number; limit: number }): string {
  const object = parseJson(text);
  const { apiVersion = '', kind = '', metadata = {} } = isObject(object) ? object : {};
  const { name = '', namespace = '', uid = '', resourceVersion = '' } = isObject(metadata) ? metadata : {};
  return goJson({ apiVersion, kind, metadata: { name, namespace, uid, resourceVersion }, tooLarge: { ...sizes } });
}
