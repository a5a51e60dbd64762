import type { Json, JsonObject } from '../../../core/json/json.ts';
import type { KubeObject } from '../../../core/kube/kube.ts';
import { at, column, createdAt, listAt, mapIn, name } from './columns.ts';
import type { Resource } from './resource.ts';
import { row } from './row.ts';

/** Bounds on what a namespace may use. Nothing here enforces them. */
export const quotaRows: readonly Resource[] = [
  row('v1', 'limitranges', 'LimitRange', { short: 'limits', allColumns: [name, createdAt], complete: completeLimits }),
  row('v1', 'resourcequotas', 'ResourceQuota', {
    short: 'quota',
    status: true,
    columns: [
      column('Request', (object) => usage(object, (resource) => !resource.startsWith('limits.'))),
      column('Limit', (object) => usage(object, (resource) => resource.startsWith('limits.'))),
    ],
  }),
];

/** `pods: 1/4, services: 0/2` */
function usage(quota: Json, about: (resource: string) => boolean): string {
  const hard = (at(quota, 'status', 'hard') ?? {}) as Record<string, string>;
  const used = (resource: string) => at(quota, 'status', 'used', resource) ?? 0;
  return Object.keys(hard)
    .filter(about)
    .sort()
    .map((resource) => `${resource}: ${used(resource)}/${hard[resource]}`)
    .join(', ');
}

/** For containers the largest amount is the limit when nothing is said, the limit is the request, and the smallest amount is that otherwise. */
function completeLimits(object: KubeObject): void {
  for (const item of listAt(object, 'spec', 'limits') as JsonObject[]) {
    if (item.type !== 'Container') continue;
    const [limits, requests] = [mapIn(item, 'default'), mapIn(item, 'defaultRequest')];
    for (const [resource, most] of Object.entries((item.max ?? {}) as JsonObject)) limits[resource] ??= most;
    for (const [resource, usual] of Object.entries(limits)) requests[resource] ??= usual;
    for (const [resource, least] of Object.entries((item.min ?? {}) as JsonObject)) requests[resource] ??= least;
  }
}
