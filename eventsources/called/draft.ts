import { EventData } from '../../src/core/event/data.ts';
import type { EventDraft } from '../../src/core/event/event.ts';
import type { Call, Headers } from '../../src/core/http/call.ts';
import { goJson } from '../../src/core/json/stringify.ts';
import type { EventSourceContext } from '../event-source.ts';
import { payloadText } from '../messages/body.ts';
import { deliveryId, traceOf } from './delivery.ts';

interface Told {
  /** The payload's fields as JSON texts, in their order. */
  readonly fields: Readonly<Record<string, string>>;
  readonly metadata: Readonly<Record<string, string>> | undefined;
  /** The id, where the sender says in the body which fact it is; else it is made of the delivery's headers and this body. */
  readonly id?: string | undefined;
  /** A header of this sender's own that names the delivery. */
  readonly namedIn?: string;
  readonly body: string | Uint8Array;
}

/** The event that a call becomes. */
export function draftOf({ headers }: Call, { fields, metadata, id, namedIn, body }: Told, names: Names): EventDraft {
  return {
    id: id ?? deliveryId([names.eventSourceName, names.eventName], headers, body, namedIn),
    data: EventData.fromText(payloadText(fields, metadata)),
    traceparent: traceOf(headers),
  };
}

export type Names = Pick<EventSourceContext, 'eventSourceName' | 'eventName'>;

/** Headers as Go writes them: sorted by name. */
export const headersText = (headers: Headers): string => goJson(headers as never);
