import type { Stored } from '../../eventbus/bus.ts';
import { EngineError } from '../../src/core/errors/engine-error.ts';
import { EventData } from '../../src/core/event/data.ts';
import type { EventDraft } from '../../src/core/event/event.ts';
import type { EventSourceContext } from '../event-source.ts';
import { payloadComposer, recordOf, withoutManagedFields } from './payload.ts';
import type { ChangeType, ResourceSpec } from './spec.ts';

/** A change of one object, with all that an event about it says. */
export interface Change {
  readonly type: ChangeType;
  readonly id: string;
  readonly orderKey: string;
  /** "playground/web". */
  readonly object: string;
  /** JSON text of the object, and of what it was before. */
  readonly body: string;
  readonly oldBody?: string | undefined;
  /** A DELETE of an object that is there, but passes no longer. */
  readonly left?: boolean;
  /** Found by comparing a list with the memory. */
  readonly synthetic: boolean;
  /** When it reached us, by the monotonic clock. */
  readonly since: number;
}

/**
 * Publishes changes; undefined for one that the entry's `filter.expression` dropped. What is larger than the bus takes is sent without its `managedFields`; what is still too large is told, counted,
 * and sent as a record of its names and sizes, so that even then nothing is lost silently.
 */
export function createPublish(spec: ResourceSpec, context: EventSourceContext): (change: Change) => Promise<Stored | undefined> {
  const payloadOf = payloadComposer(spec);
  const { emit, tell, eventSourceName: eventsource, eventName: event } = context;

  const send = (change: Change, body: string, oldBody: string | undefined): Promise<Stored | undefined> => {
    const { type, id, orderKey, object, synthetic, since, left } = change;
    const draft: EventDraft = { id, orderKey, synthetic, data: EventData.fromText(payloadOf({ type, body, oldBody, left })) };
    return emit(draft, { since, fields: { type, object, ...(left ? { left } : {}) } });
  };

  return async (change) => {
    const { body, oldBody, type, object, id } = change;
    try {
      return await send(change, body, oldBody);
    } catch (thrown) {
      if (!isTooLarge(thrown)) throw thrown;
    }
    try {
      return await send(change, withoutManagedFields(body), oldBody === undefined ? undefined : withoutManagedFields(oldBody));
    } catch (thrown) {
      if (!isTooLarge(thrown)) throw thrown;
      const sizes = { actual: Number(thrown.fields['actual']), limit: Number(thrown.fields['limit']) };
      tell.eventTooLarge({ eventsource, event, type, object, id, ...sizes });
      return await send(change, recordOf(body, sizes), undefined);
    }
  };
}

const isTooLarge = (thrown: unknown): thrown is EngineError => thrown instanceof EngineError && thrown.code === 'EVENT_TOO_LARGE';
