import { Refusal } from '../../src/core/http/call.ts';

/** Seconds that a signed call may be old, or be ahead of our clock. */
const oldest = 300;

/** Refuses a call whose signed time, in Unix seconds, is not of the last five minutes: somebody may have kept it to send it again. */
export function checkAge(seconds: string, now: number, status: number): void {
  if (!/^\d+$/.test(seconds) || Math.abs(now / 1000 - Number(seconds)) > oldest) throw new Refusal(status, 'timestamp is too old');
}
