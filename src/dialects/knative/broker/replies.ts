import { fromBusEvent } from '../../../core/cloudevents/bus-event.ts';
import type { CloudEvent } from '../../../core/cloudevents/cloud-event.ts';
import type { Reply } from '../delivery/index.ts';
import { entered } from './enter.ts';
import { ttlOf, withTtl } from './ttl.ts';

/**
 * Replies of subscribers go back into the Broker, with what the event that was answered had left to live. So replies that go in a circle
 * come to an end, and the one that is dropped is told in the outcome. `publish` resolves when the event is stored.
 */
export function backInto(broker: string, publish: (event: CloudEvent) => Promise<void>): Reply {
  return async (reply, cause, { clock }) => {
    const event = entered(asReplyTo(fromBusEvent(cause), reply), clock.now());
    if (!event) return `dropped: replies go in a circle through Broker ${broker}`;
    await publish(event);
    return `back into Broker ${broker}`;
  };
}

/** A reply, and what is handed on from Broker to Broker here, lives no longer than what it comes from. */
export function asReplyTo(cause: CloudEvent, reply: CloudEvent): CloudEvent {
  const ttl = ttlOf(cause);
  return ttl === undefined ? reply : withTtl(reply, ttl);
}
