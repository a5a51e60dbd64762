import type { EventForm, Published } from '../../../../eventsources/resource/form.ts';
import type { ChangeType } from '../../../../eventsources/resource/spec.ts';
import { toDraft } from '../../../core/cloudevents/bus-event.ts';
import type { Event } from '../../../core/event/event.ts';
import { stableId } from '../../../core/event/stable-id.ts';
import { isObject, type Json } from '../../../core/json/json.ts';
import { parseJson } from '../../../core/json/parse.ts';
import type { KubeObject, ResourceType } from '../../../core/kube/kube.ts';
import { apiVersionOf } from '../../../core/kube/resource-path.ts';
import { entered } from '../broker/enter.ts';
import { changeEvent, type Manner } from './event.ts';

interface Source {
  readonly namespace: string;
  readonly name: string;
}

/** Of which state of which object an event tells: subscribers do not see it, and our own memory is mended from it after a crash. */
const mark = 'sensoriumobject';

/** Under which events are worked in order; subscribers do not see it. */
export const orderMark = 'sensoriumorder';

/** Changes of objects as Knative's events. `now` is the time of sending in milliseconds. */
export function knativeForm(source: Source, resource: ResourceType, manner: Manner & { readonly intoBroker: boolean }, now: () => number): EventForm {
  const idOf: EventForm['idOf'] = (type, object, resourceVersion, ...salt) =>
    stableId(
      'apiserversource',
      source.namespace,
      source.name,
      apiVersionOf(resource),
      resource.kind,
      type,
      object,
      resourceVersion,
      ...salt,
    );
  return {
    idOf,
    draftOf(change) {
      const { object, resourceVersion, type, namespace, name } = change;
      const event = changeEvent(change, resource, manner, new Date(now()).toISOString());
      const draft = toDraft((manner.intoBroker ? entered(event, now()) : undefined) ?? event);
      const order = `${resource.group}/${resource.resource}/${namespace}/${name}`;
      const extensions = { ...draft.attributes?.extensions, [mark]: JSON.stringify([type, object, resourceVersion]), [orderMark]: order };
      return { ...draft, attributes: { ...draft.attributes!, extensions } };
    },
    read: (event) => read(event, resource, manner),
  };
}

function read(event: Event, resource: ResourceType, { mode }: Manner): Published | undefined {
  const text = event.extensions[mark];
  const marked = text === undefined ? undefined : jsonOf(() => parseJson(text));
  if (!Array.isArray(marked)) return undefined;
  const [type, uid, resourceVersion] = marked as [ChangeType, string, string];
  const { name = '', namespace = '' } = event.extensions;
  const names = {
    apiVersion: apiVersionOf(resource),
    kind: resource.kind,
    metadata: { name, uid, resourceVersion, ...(namespace === '' ? {} : { namespace }) },
  };
  const data = mode === 'Resource' ? jsonOf(() => event.data?.json) : undefined;
  const isWhole = isObject(data) && data['tooLarge'] === undefined;
  return { type, object: (isWhole ? data : names) as KubeObject, isWhole, left: false };
}

function jsonOf(make: () => Json | undefined): Json | undefined {
  try {
    return make();
  } catch {
    return undefined;
  }
}
