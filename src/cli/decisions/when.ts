import { showDuration } from '../../core/time/duration.ts';

/** "12:03:05, 3.0 s ago"; with the day where that was not in the last 20 hours. UTC. */
export function when(at: number, now: number): string {
  const iso = new Date(at).toISOString();
  const time = now - at < 72_000_000 ? iso.slice(11, 19) : iso.slice(0, 19).replace('T', ' ');
  return `${time}, ${ago(now - at)} ago`;
}

function ago(milliseconds: number): string {
  if (milliseconds < 5_400_000) return showDuration(Math.max(0, milliseconds));
  const hours = milliseconds / 3_600_000;
  return hours < 48 ? `${Math.round(hours)} h` : `${Math.round(hours / 24)} days`;
}
