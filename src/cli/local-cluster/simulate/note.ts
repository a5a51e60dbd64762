import type { JsonObject } from '../../../core/json/json.ts';
import type { KubeObject, ResourceType } from '../../../core/kube/kube.ts';
import type { Life } from './life.ts';

const events: ResourceType = { group: '', version: 'v1', resource: 'events', kind: 'Event', namespaced: true };

interface Note {
  readonly reason: string;
  readonly message: string;
  readonly warning?: boolean;
  /** Who says it: `kubelet`, `default-scheduler`, `job-controller`, … */
  readonly by: string;
  /** The node, where one says it. */
  readonly host?: string;
  /** The part of the object that it is about: `spec.containers{web}`. */
  readonly part?: string;
}

/** Writes a core Event about the object of a life, as `kubectl get events` and `kubectl describe` show it. */
export async function note(
  life: Life,
  { reason, message, warning = false, by, host, part }: Note,
  signal: AbortSignal = life.signal,
): Promise<void> {
  const { apiVersion, kind, metadata } = life.latest();
  const { name, namespace = 'default', uid, resourceVersion } = metadata;
  const at = `${new Date(life.clock.now()).toISOString().slice(0, 19)}Z`;
  const involvedObject: JsonObject = { apiVersion, kind, name, namespace };
  if (uid !== undefined) involvedObject['uid'] = uid;
  if (resourceVersion !== undefined) involvedObject['resourceVersion'] = resourceVersion;
  if (part !== undefined) involvedObject['fieldPath'] = part;
  const event: KubeObject = {
    apiVersion: 'v1',
    kind: 'Event',
    metadata: { name: `${name.slice(0, 230)}.${life.noteId()}`, namespace },
    involvedObject,
    reason,
    message,
    type: warning ? 'Warning' : 'Normal',
    count: 1,
    firstTimestamp: at,
    lastTimestamp: at,
    source: host === undefined ? { component: by } : { component: by, host },
    reportingComponent: by,
    reportingInstance: host ?? '',
  };
  await life.kube.create(events, event, { signal });
}
