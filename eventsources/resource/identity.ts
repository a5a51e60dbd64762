import { stableId } from '../../src/core/event/stable-id.ts';
import { ownText } from '../../src/core/json/own-text.ts';
import type { KubeObject } from '../../src/core/kube/kube.ts';
import type { ChangeType, ResourceSpec } from './spec.ts';

/** What tells an object from every other, also from a later one of the same name. The few kinds without uid go by their name. */
export function identityOf({ metadata }: KubeObject): string {
  return ownText(metadata.uid ?? `${metadata.namespace ?? ''}/${metadata.name}`);
}

/** Events of objects with the same name belong in one order, whatever their uid: to the rest of the world they are the same thing. */
export function orderKeyOf({ group, resource }: ResourceSpec, { namespace, name }: { namespace: string; name: string }): string {
  return `${group}/${resource}/${namespace}/${name}`;
}

/** Makes ids of one listener's events: the same change gets the same id, and two listeners never share one. */
export type EventId = (type: ChangeType, object: string, resourceVersion: string, ...salt: string[]) => string;

export function eventIds(listener: { namespace: string; eventSourceName: string; eventName: string }): EventId {
  return (type, object, resourceVersion, ...salt) =>
    stableId(object, resourceVersion, type, listener.namespace, listener.eventSourceName, listener.eventName, ...salt);
}

/** The id of the DELETE of an object that has ceased to pass. It may come back and leave again, so the version that it left in is part of it. */
export const leftId = (eventId: EventId, object: string, { resourceVersion }: { resourceVersion: string }): string =>
  eventId('DELETE', object, resourceVersion, 'left');
