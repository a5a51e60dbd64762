import { isObject, type Json, type JsonObject } from '../../../core/json/json.ts';
import type { KubeObject } from '../../../core/kube/kube.ts';
import { listAt } from '../kinds/columns.ts';
import { type FieldSet, sorted } from './field-set.ts';

/** Who wrote which fields: one entry of `metadata.managedFields`. */
export interface Manager {
  readonly manager: string;
  readonly operation: 'Apply' | 'Update';
  readonly apiVersion: string;
  readonly subresource: string | undefined;
  readonly time: string;
  readonly fields: FieldSet | undefined;
}

export function readManagers(object: KubeObject | undefined): Manager[] {
  const entries = listAt(object, 'metadata', 'managedFields').filter(
    (entry): entry is JsonObject => isObject(entry) && isObject(entry.fieldsV1),
  );
  return entries.map((entry) => ({
    manager: String(entry.manager ?? ''),
    operation: entry.operation === 'Apply' ? 'Apply' : 'Update',
    apiVersion: String(entry.apiVersion ?? ''),
    subresource: typeof entry.subresource === 'string' && entry.subresource !== '' ? entry.subresource : undefined,
    time: String(entry.time ?? ''),
    fields: Object.keys(entry.fieldsV1 as JsonObject).length === 0 ? undefined : (entry.fieldsV1 as FieldSet),
  }));
}

/** The object with these managers, those who apply first, then by time; those that own nothing are left out. */
export function withManagers(object: KubeObject, managers: readonly Manager[]): KubeObject {
  const entries = managers
    .filter(({ fields }) => fields !== undefined)
    .sort(byAge)
    .map(entryOf);
  const { managedFields: _, ...metadata } = object.metadata;
  return { ...object, metadata: (entries.length === 0 ? metadata : { ...metadata, managedFields: entries }) as KubeObject['metadata'] };
}

function byAge(a: Manager, b: Manager): number {
  const [left, right] = [a, b].map((one) => `${one.operation} ${one.time} ${one.manager}`) as [string, string];
  return left < right ? -1 : left > right ? 1 : 0;
}

function entryOf({ manager, operation, apiVersion, subresource, time, fields }: Manager): Json {
  return {
    manager,
    operation,
    apiVersion,
    time,
    fieldsType: 'FieldsV1',
    fieldsV1: sorted(fields!) as Json,
    ...(subresource === undefined ? {} : { subresource }),
  };
}

export function isSame(a: Manager, b: Manager): boolean {
  return a.manager === b.manager && a.operation === b.operation && a.apiVersion === b.apiVersion && a.subresource === b.subresource;
}
