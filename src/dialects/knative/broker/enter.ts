import type { CloudEvent } from '../../../core/cloudevents/cloud-event.ts';
import { loweredTtl, withTtl } from './ttl.ts';

/** An event as it is inside a Broker; undefined where it may not go in, because it has passed Brokers too often. `now` in milliseconds. */
export function entered(event: CloudEvent, now: number): CloudEvent | undefined {
  const ttl = loweredTtl(event);
  if (ttl === 0) return undefined;
  const { extensions } = event;
  return withTtl({ ...event, extensions: { ...extensions, knativearrivaltime: new Date(now).toISOString() } }, ttl);
}
