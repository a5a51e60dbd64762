import type { ChangeType } from '../../../../eventsources/resource/spec.ts';
import type { CloudEvent } from '../../../core/cloudevents/cloud-event.ts';
import { EventData } from '../../../core/event/data.ts';
import type { ResourceType } from '../../../core/kube/kube.ts';
import { apiVersionOf } from '../../../core/kube/resource-path.ts';

/** What the events of one source have in common. */
export interface Manner {
  readonly mode: 'Reference' | 'Resource';
  /** Where the API server is, which is their `source`. */
  readonly server: string;
  /** Extensions that are set on each event. */
  readonly overrides: Readonly<Record<string, string>>;
}

interface Changed {
  readonly id: string;
  readonly type: ChangeType;
  readonly namespace: string;
  readonly name: string;
  /** JSON text of the object. */
  readonly body: string;
}

const verbs: Readonly<Record<ChangeType, string>> = { ADD: 'add', UPDATE: 'update', DELETE: 'delete' };

/** The event of a change, as Knative's adapter sends it; an object of the whole cluster has an empty namespace. */
export function changeEvent(change: Changed, resource: ResourceType, { mode, server, overrides }: Manner, time: string): CloudEvent {
  const { id, type, namespace, name, body } = change;
  const { kind, resource: plural } = resource;
  const apiVersion = apiVersionOf(resource);
  const reference = { kind, ...(namespace === '' ? {} : { namespace }), name, apiVersion };
  return {
    specversion: '1.0',
    id,
    source: server,
    type: `dev.knative.apiserver.${mode === 'Resource' ? 'resource' : 'ref'}.${verbs[type]}`,
    subject: `/apis/${apiVersion}/namespaces/${namespace}/${plural}/${name}`,
    time,
    datacontenttype: 'application/json',
    extensions: { apiversion: apiVersion, kind, name, namespace, ...overrides },
    data: mode === 'Resource' ? EventData.fromText(body) : EventData.fromJson(reference),
  };
}
