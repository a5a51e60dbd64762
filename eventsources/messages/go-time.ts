/** An instant in UTC as Go's `time.Time` prints itself ("2026-07-18 16:36:34.5 +0000 UTC"); undefined is Go's zero time. Milliseconds since 1970. */
export function goTimeText(milliseconds: number | undefined): string {
  if (milliseconds === undefined) return '0001-01-01 00:00:00 +0000 UTC';
  const [, day, time, fraction] = /^(.*)T(.*)(\.\d+)Z$/.exec(new Date(milliseconds).toISOString())!;
  return `${day} ${time}${fraction!.replace(/\.?0+$/, '')} +0000 UTC`;
}
