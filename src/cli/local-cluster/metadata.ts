import { isObject, type Json } from '../../core/json/json.ts';
import type { KubeObject } from '../../core/kube/kube.ts';
import type { Resource } from './kinds/resource.ts';
import { checkName } from './names.ts';
import { type Cause, required, wrong } from './status.ts';

/** What is wrong with the metadata of an object that is about to be stored. */
export function checkMetadata(resource: Resource, object: KubeObject): Cause[] {
  const { name, labels, annotations, finalizers } = object.metadata as Record<string, Json | undefined>;
  if (typeof name !== 'string' || name === '') return [required('metadata.name', 'name or generateName is required')];
  return [
    ...checkName(resource.nameRule, name),
    ...checkLabels(labels),
    ...checkTexts('annotations', annotations),
    ...checkFinalizers(finalizers),
  ];
}

const labelValue = /^(([A-Za-z0-9][-A-Za-z0-9_.]*)?[A-Za-z0-9])?$/;
const because =
  "a valid label must be an empty string or consist of alphanumeric characters, '-', '_' or '.', and must start and end with an " +
  "alphanumeric character (e.g. 'MyValue',  or 'my_value',  or '12345', regex used for validation is " +
  "'(([A-Za-z0-9][-A-Za-z0-9_.]*)?[A-Za-z0-9])?')";

function checkLabels(labels: Json | undefined): Cause[] {
  if (!isObject(labels)) return [];
  const causes: Cause[] = [];
  for (const value of Object.values(labels)) {
    if (typeof value !== 'string') causes.push(wrong('metadata.labels', value, 'a label is a text'));
    else if (value.length > 63) causes.push(wrong('metadata.labels', value, 'must be no more than 63 bytes'));
    else if (!labelValue.test(value)) causes.push(wrong('metadata.labels', value, because));
  }
  return causes;
}

function checkTexts(field: string, map: Json | undefined): Cause[] {
  if (!isObject(map)) return [];
  return Object.entries(map).flatMap(([key, value]) =>
    typeof value === 'string' ? [] : [wrong(`metadata.${field}`, { [key]: value }, 'an annotation is a text')],
  );
}

function checkFinalizers(finalizers: Json | undefined): Cause[] {
  if (!Array.isArray(finalizers)) return [];
  return finalizers.flatMap((one) =>
    typeof one === 'string' && one !== '' ? [] : [wrong('metadata.finalizers', one, 'a finalizer is a text')],
  );
}
