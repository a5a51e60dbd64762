import type { Json, JsonObject } from '../../../core/json/json.ts';
import type { KubeObject } from '../../../core/kube/kube.ts';
import { ageOf, at, column, name, wide } from './columns.ts';
import type { Column, Resource } from './resource.ts';
import { row } from './row.ts';

const columns: readonly Column[] = [
  column('Last Seen', (object, now) =>
    ageOf(at(object, 'lastTimestamp') ?? at(object, 'eventTime') ?? at(object, 'metadata', 'creationTimestamp'), now),
  ),
  column('Type', (object) => at(object, 'type')),
  column('Reason', (object) => at(object, 'reason')),
  column('Object', (object) => `${String(at(object, 'involvedObject', 'kind')).toLowerCase()}/${at(object, 'involvedObject', 'name')}`),
  wide('Subobject', (object) => at(object, 'involvedObject', 'fieldPath') ?? ''),
  wide('Source', (object) => [at(object, 'source', 'component'), at(object, 'source', 'host')].filter(Boolean).join(', ')),
  column('Message', (object) => at(object, 'message')),
  wide('First Seen', (object, now) =>
    ageOf(at(object, 'firstTimestamp') ?? at(object, 'eventTime') ?? at(object, 'metadata', 'creationTimestamp'), now),
  ),
  wide('Count', (object) => at(object, 'count') ?? 1),
  { ...name, priority: 1 },
];

const about = ['kind', 'namespace', 'name', 'uid', 'apiVersion', 'resourceVersion', 'fieldPath'];

/** What the two groups call the same field of an Event: stored name, then the name in events.k8s.io/v1. */
const renamed: readonly (readonly [string, string])[] = [
  ['involvedObject', 'regarding'],
  ['message', 'note'],
  ['source', 'deprecatedSource'],
  ['firstTimestamp', 'deprecatedFirstTimestamp'],
  ['lastTimestamp', 'deprecatedLastTimestamp'],
  ['count', 'deprecatedCount'],
  ['reportingComponent', 'reportingController'],
];

function rename(object: KubeObject, apiVersion: string, to: Readonly<Record<string, string>>): KubeObject {
  const result: JsonObject = {};
  for (const [field, value] of Object.entries(object) as [string, Json][]) result[to[field] ?? field] = value;
  return { ...result, apiVersion } as KubeObject;
}

const toNew = Object.fromEntries(renamed);
const toOld = Object.fromEntries(renamed.map(([old, now]) => [now, old]));

/** Events are one collection that two groups show under different field names. */
export const eventRows: readonly Resource[] = [
  row('v1', 'events', 'Event', {
    short: 'ev',
    allColumns: columns,
    selectable: [...about.map((field) => `involvedObject.${field}`), 'reason', 'reportingComponent', 'source', 'type'],
  }),
  row('events.k8s.io/v1', 'events', 'Event', {
    short: 'ev',
    message: 'events.Event',
    storedAs: 'events',
    allColumns: columns,
    selectable: [...about.map((field) => `regarding.${field}`), 'reason', 'reportingController', 'type'],
    fromStored: (object) => rename(object, 'events.k8s.io/v1', toNew),
    toStored: (object) => rename(object, 'v1', toOld),
  }),
];
