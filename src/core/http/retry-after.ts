/** Nobody is waited for longer than that who is not allowed to, in milliseconds. */
const hour = 3_600_000;

/** What a `Retry-After` header asks for, in milliseconds from `now`, `most` at the most; undefined when it says nothing that can be read. */
export function retryAfter(header: string | undefined, now: number, most = hour): number | undefined {
  if (header === undefined) return undefined;
  if (/^\d+$/.test(header.trim())) return Math.min(most, Number(header) * 1000);
  const at = /^[A-Z][a-z]+, /.test(header) ? Date.parse(header) : Number.NaN;
  return Number.isNaN(at) ? undefined : Math.min(most, Math.max(0, at - now));
}
