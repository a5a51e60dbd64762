import type { Stored } from '../../eventbus/bus.ts';
import { EngineError } from '../../src/core/errors/engine-error.ts';
import type { EventDraft } from '../../src/core/event/event.ts';
import type { EventSourceContext } from '../event-source.ts';
import type { Told } from './form.ts';
import { recordOf, withoutManagedFields } from './payload.ts';
import type { Plan } from './plan.ts';

/** A change of one object, with all that an event about it says. */
export interface Change extends Told {
  readonly orderKey: string | undefined;
  /** Found by comparing a list with the memory. */
  readonly synthetic: boolean;
  /** When it reached us, by the monotonic clock. */
  readonly since: number;
}

/**
 * Publishes changes; undefined for one that the entry's `filter.expression` dropped. What is larger than the bus takes is sent without its `managedFields`; what is still too large is told, counted,
 * and sent as a record of its names and sizes, so that even then nothing is lost silently.
 */
export function createPublish({ form }: Plan, context: EventSourceContext): (change: Change) => Promise<Stored | undefined> {
  const { emit, tell, eventSourceName: eventsource, eventName: event } = context;

  const send = (change: Change, body: string, oldBody: string | undefined): Promise<Stored | undefined> => {
    const { type, id, orderKey, synthetic, since, left } = change;
    const draft: EventDraft = {
      id,
      synthetic,
      ...(orderKey === undefined ? {} : { orderKey }),
      ...form.draftOf({ ...change, body, oldBody }),
    };
    return emit(draft, { since, fields: { type, object: nameOf(change), ...(left ? { left } : {}) } });
  };

  return async (change) => {
    const { body, oldBody, type, id } = change;
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
      tell.eventTooLarge({ eventsource, event, type, object: nameOf(change), id, ...sizes });
      return await send(change, recordOf(body, sizes), undefined);
    }
  };
}

/** "playground/web". */
export const nameOf = ({ namespace, name }: { readonly namespace: string; readonly name: string }): string =>
  namespace === '' ? name : `${namespace}/${name}`;

const isTooLarge = (thrown: unknown): thrown is EngineError => thrown instanceof EngineError && thrown.code === 'EVENT_TOO_LARGE';
