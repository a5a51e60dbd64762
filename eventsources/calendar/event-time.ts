import { Time } from '../../src/core/go/time/time.ts';

/** An instant in the text that Go prints, in UTC: `2026-07-18 10:05:00 +0000 UTC`. What Argo Events reads back from its ConfigMap. */
export const eventTimeOf = (instant: number): string => Time.fromMilliseconds(instant).toString();

/** Reads what `eventTimeOf` or Argo Events wrote, in whatever zone and with a reading of its monotonic clock behind; undefined when it is none. */
export function instantIn(eventTime: string): number | undefined {
  const parts = /^(\d{4}-\d\d-\d\d) (\d\d:\d\d:\d\d(?:\.\d{1,3})?)\d* ([+-]\d\d)(\d\d)\b/.exec(eventTime);
  if (!parts) return undefined;
  const [, date, time, hours, minutes] = parts;
  const instant = Date.parse(`${date}T${time}${hours}:${minutes}`);
  return Number.isNaN(instant) ? undefined : instant;
}
