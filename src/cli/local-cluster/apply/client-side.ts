/**
 * From client-side to server-side apply: `kubectl apply` without `--server-side` leaves the object that it applied in an annotation, and owns
 * its fields as a plain writer. When the same user goes on with `--server-side`, these fields are theirs already.
 */
import { isObject, type Json } from '../../../core/json/json.ts';
import { parseJson } from '../../../core/json/parse.ts';
import { stringifyJson } from '../../../core/json/stringify.ts';
import type { KubeObject } from '../../../core/kube/kube.ts';
import type { Target } from '../target.ts';
import { difference, type FieldSet } from './field-set.ts';
import { ownable } from './owned.ts';
import { appliedFields, compare } from './sets-of.ts';

const annotation = 'kubectl.kubernetes.io/last-applied-configuration';

/** The fields that were applied by the client and have not been changed since: to change them now is no conflict. */
export function leftByClientSide(target: Target, live: KubeObject): FieldSet | undefined {
  const applied = lastApplied(live);
  if (!applied) return undefined;
  const { shape } = target.version;
  const said = ownable(target, applied);
  const { written, removed } = compare(ownable(target, live), said, shape);
  return difference(difference(appliedFields(said, shape), written), removed);
}

function lastApplied(live: KubeObject): KubeObject | undefined {
  const text = live.metadata.annotations?.[annotation];
  if (!text) return undefined;
  try {
    const value = parseJson(text);
    return isObject(value) && isObject(value.metadata) ? (value as KubeObject) : undefined;
  } catch {
    return undefined;
  }
}

/** The object with what is applied now in the annotation, where there is one, so that the way back to client-side apply is open. */
export function withLastApplied(object: KubeObject, wanted: KubeObject): KubeObject {
  const annotations = object.metadata.annotations;
  if (!annotations?.[annotation]) return object;
  const { annotations: said, ...metadata } = wanted.metadata;
  const { [annotation]: _, ...others } = said ?? {};
  const applied = { ...wanted, metadata: { ...metadata, ...(Object.keys(others).length === 0 ? {} : { annotations: others }) } };
  return {
    ...object,
    metadata: { ...object.metadata, annotations: { ...annotations, [annotation]: `${stringifyJson(inOrder(applied))}\n` } },
  };
}

function inOrder(value: Json): Json {
  if (Array.isArray(value)) return value.map(inOrder);
  if (!isObject(value)) return value;
  return Object.fromEntries(
    Object.keys(value)
      .sort()
      .map((field) => [field, inOrder(value[field]!)]),
  );
}
