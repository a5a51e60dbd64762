import type { EventForm, Published } from '../../../../eventsources/resource/form.ts';
import type { ChangeType } from '../../../../eventsources/resource/spec.ts';
import type { Event } from '../../../core/event/event.ts';
import { stableId } from '../../../core/event/stable-id.ts';
import { isObject, type Json } from '../../../core/json/json.ts';
import { parseJson } from '../../../core/json/parse.ts';
import type { KubeObject, ResourceType } from '../../../core/kube/kube.ts';
import { apiVersionOf } from '../../../core/kube/resource-path.ts';
import { sentBy } from '../source-plan.ts';
import { changeEvent, type Manner } from './event.ts';

/** A collection of objects that a source watches. */
export interface Watched {
  /** No other collection, of this source or another, has it. */
  readonly key: string;
  readonly resource: ResourceType;
  readonly manner: Manner;
  /** Its events travel under the address of a Broker. */
  readonly intoBroker: boolean;
}

/** Of which state of which object an event tells: subscribers do not see it, and our own memory is mended from it after a crash. */
const mark = 'sensoriumobject';

/** Under which events are worked in order; subscribers do not see it. */
export const orderMark = 'sensoriumorder';

/** Changes of objects as Knative's events. `now` is the time of sending in milliseconds. */
export function knativeForm(watched: Watched, now: () => number): EventForm {
  const { key, resource, manner } = watched;
  const idOf: EventForm['idOf'] = (...fact) => stableId('apiserversource', key, ...fact);
  return {
    idOf,
    draftOf(change) {
      const { object, resourceVersion, type, namespace, name } = change;
      const event = changeEvent(change, resource, manner, new Date(now()).toISOString());
      const draft = sentBy(watched, event, now());
      const order = `${resource.group}/${resource.resource}/${namespace}/${name}`;
      const extensions = {
        ...draft.attributes?.extensions,
        [mark]: JSON.stringify([key, type, object, resourceVersion]),
        [orderMark]: order,
      };
      return { ...draft, attributes: { ...draft.attributes!, extensions } };
    },
    read: (event) => read(event, watched),
  };
}

function read(event: Event, { key, resource, manner }: Watched): Published | undefined {
  const text = event.extensions[mark];
  const marked = text === undefined ? undefined : jsonOf(() => parseJson(text));
  if (!Array.isArray(marked) || marked[0] !== key) return undefined;
  const [, type, uid, resourceVersion] = marked as [string, ChangeType, string, string];
  const { name = '', namespace = '' } = event.extensions;
  const names = {
    apiVersion: apiVersionOf(resource),
    kind: resource.kind,
    metadata: { name, uid, resourceVersion, ...(namespace === '' ? {} : { namespace }) },
  };
  const data = manner.mode === 'Resource' ? jsonOf(() => event.data?.json) : undefined;
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
