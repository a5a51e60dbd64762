import type { CloudEvent } from '../../../core/cloudevents/cloud-event.ts';

/** How often an event may still pass a Broker, so that replies that go in a circle come to an end. */
const extension = 'knativebrokerttl';

/** What an event begins with that has never passed one. */
const first = 255;

/** Undefined where it says nothing, or no number of 32 bits. */
export function ttlOf({ extensions }: CloudEvent): number | undefined {
  const value = extensions[extension];
  if (typeof value === 'number') return value;
  if (typeof value !== 'string' || !/^[+-]?(?:\d+\.?\d*|\.\d+)(?:e[+-]?\d+)?$/i.test(value)) return undefined;
  const whole = Math.trunc(Number(value));
  return whole === (whole | 0) ? whole | 0 : undefined;
}

export const withTtl = (event: CloudEvent, ttl: number): CloudEvent => ({
  ...event,
  extensions: { ...event.extensions, [extension]: ttl },
});

/** As a receiver sees it. */
export function withoutTtl(event: CloudEvent): CloudEvent {
  if (!(extension in event.extensions)) return event;
  const { [extension]: _, ...extensions } = event.extensions;
  return { ...event, extensions };
}

/** What an event has left on its way into a Broker; it may not go in with 0. */
export function loweredTtl(event: CloudEvent, start = first): number {
  const ttl = ttlOf(event);
  return ttl === undefined ? start : Math.max(0, ttl - 1);
}
