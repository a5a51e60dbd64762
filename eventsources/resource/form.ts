import type { Event, EventDraft } from '../../src/core/event/event.ts';
import type { KubeObject } from '../../src/core/kube/kube.ts';
import type { EventId } from './identity.ts';
import type { ChangeType } from './spec.ts';

/** How the changes of objects look on the bus, to those who have written the rule. */
export interface EventForm {
  readonly idOf: EventId;
  /** What the event of a change says. Asked again with less in `body` and `oldBody` where the bus cannot carry it. */
  draftOf(change: Told): Pick<EventDraft, 'data' | 'datacontenttype' | 'time' | 'attributes'>;
  /** The change that an event under our address tells of, or undefined when it is none of ours. */
  read(event: Event): Published | undefined;
}

export interface Told {
  /** The id of the event. */
  readonly id: string;
  readonly type: ChangeType;
  /** What tells the object from every other (`identityOf`), and the state that it is in. */
  readonly object: string;
  readonly resourceVersion: string;
  readonly namespace: string;
  readonly name: string;
  /** JSON text of the object, and of what it was before. */
  readonly body: string;
  readonly oldBody?: string | undefined;
  /** A DELETE of an object that is there, but passes no longer. */
  readonly left?: boolean | undefined;
}

export interface Published {
  readonly type: ChangeType;
  readonly object: KubeObject;
  /** False where the event has only the names of the object. */
  readonly isWhole: boolean;
  readonly left: boolean;
}
