/**
 * Makes an event of a message. All sources that take messages from a queue or a topic go through here; what to do with the answer
 * (acknowledge, commit, delete) is theirs.
 */
import { randomUUID } from 'node:crypto';
import { EngineError } from '../../src/core/errors/engine-error.ts';
import { EventData } from '../../src/core/event/data.ts';
import type { EventSourceContext } from '../event-source.ts';
import { payloadText } from './body.ts';

export interface Message {
  /** Made of the fact, where the sender says which it is. Without one it is random, and a repeat counts as another event. */
  readonly id?: string | undefined;
  readonly orderKey?: string | undefined;
  /** What the log says of it: topic, offset. */
  readonly about: Readonly<Record<string, unknown>>;
  /** The fields of the payload as JSON texts, in Argo's order. Throws EVENT_NOT_JSON. */
  fields(): Readonly<Record<string, string>>;
}

/**
 * Resolves with `taken` once the bus has stored the event, or the entry's filter has dropped it; with `refused` when there can never be
 * an event of this message (a body that is not JSON though it shall be, one that is larger than the bus takes), which is told and
 * counted. Rejects when the signal aborts, and with what waiting cannot mend.
 */
export async function relay(
  { id, orderKey, about, fields }: Message,
  metadata: Readonly<Record<string, string>> | undefined,
  { emit, tell, clock, eventSourceName: eventsource, eventName: event }: EventSourceContext,
): Promise<'taken' | 'refused'> {
  const since = clock.monotonic();
  try {
    const data = EventData.fromText(payloadText(fields(), metadata));
    const draft = { id: id ?? randomId(), data, ...(orderKey === undefined ? {} : { orderKey }) };
    await emit(draft, { since, fields: about });
    return 'taken';
  } catch (thrown) {
    if (!(thrown instanceof EngineError) || !['EVENT_NOT_JSON', 'EVENT_TOO_LARGE'].includes(thrown.code)) throw thrown;
    tell.messageRefused({ eventsource, event, ...about, error: thrown });
    return 'refused';
  }
}

/** The form of Argo's ids. */
const randomId = (): string => randomUUID().replaceAll('-', '');
