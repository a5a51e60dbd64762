import { EventData } from '../../src/core/event/data.ts';
import type { Event } from '../../src/core/event/event.ts';
import { isObject } from '../../src/core/json/json.ts';
import type { KubeObject } from '../../src/core/kube/kube.ts';
import type { EventForm, Published } from './form.ts';
import { eventIds } from './identity.ts';
import { payloadComposer } from './payload.ts';
import type { ResourceSpec } from './spec.ts';

/** The events of Argo: the payload says everything. */
export function argoForm(spec: ResourceSpec, listener: { namespace: string; eventSourceName: string; eventName: string }): EventForm {
  const payloadOf = payloadComposer(spec);
  return { idOf: eventIds(listener), draftOf: (change) => ({ data: EventData.fromText(payloadOf(change)) }), read };
}

function read(event: Event): Published | undefined {
  const payload = jsonOf(event);
  if (!isObject(payload)) return undefined;
  const { type, body } = payload;
  if ((type !== 'ADD' && type !== 'UPDATE' && type !== 'DELETE') || !isObject(body) || !isObject(body['metadata'])) return undefined;
  if (typeof body['metadata']['name'] !== 'string') return undefined;
  return { type, object: body as KubeObject, isWhole: body['tooLarge'] === undefined, left: payload['left'] === true };
}

function jsonOf(event: Event): unknown {
  try {
    return event.data?.json;
  } catch {
    return undefined;
  }
}
