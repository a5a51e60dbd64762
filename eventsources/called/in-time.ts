import { setMaxListeners } from 'node:events';
import type { EventSourceContext } from '../event-source.ts';

/** Milliseconds that a caller waits for a bus that is away or full. */
const busWithin = 10_000;
/** Milliseconds that calls in work have when the source stops: what may be stored already is not refused. Less than their route waits for them. */
const stopWithin = 700;
/** Calls that begin within so many milliseconds have one signal: one for each, with its timer, costs more than reading the call does. */
const together = 250;

/** Does something for a call that begins now; `until` aborts when the call's time is over. */
export type InTime = <T>(work: (until: AbortSignal) => Promise<T>) => Promise<T>;

/** How long callers wait: no longer than 10 s, and not much longer than the source runs. The signals abort with what `late` gives. */
export function callsInTime({ clock, signal }: Pick<EventSourceContext, 'clock' | 'signal'>, late: () => Error): InTime {
  const timers = new Map<AbortController, () => void>();
  let latest: { readonly signal: AbortSignal; readonly until: number } | undefined;
  let inWork = 0;
  let takeBackStop = (): void => {};

  const begin = (): AbortSignal => {
    const giveUp = new AbortController();
    setMaxListeners(0, giveUp.signal);
    const takeBack = clock.after(busWithin, () => end(giveUp));
    timers.set(giveUp, takeBack);
    return giveUp.signal;
  };
  const end = (giveUp: AbortController): void => {
    timers.get(giveUp)?.();
    timers.delete(giveUp);
    giveUp.abort(late());
  };
  const endAll = (): void => {
    takeBackStop();
    for (const giveUp of [...timers.keys()]) end(giveUp);
  };
  const next = (): AbortSignal => {
    if (signal.aborted) return AbortSignal.abort(late());
    const now = clock.monotonic();
    if (!latest || now >= latest.until) latest = { signal: begin(), until: now + together };
    return latest.signal;
  };
  // A source that has stopped leaves no timer behind, which would hold the process.
  const endWhenDone = (): void => {
    if (signal.aborted && inWork === 0) endAll();
  };
  const stop = (): void => {
    takeBackStop = clock.after(stopWithin, endAll);
    endWhenDone();
  };
  signal.addEventListener('abort', stop, { once: true });

  return async (work) => {
    inWork += 1;
    try {
      return await work(next());
    } finally {
      inWork -= 1;
      endWhenDone();
    }
  };
}
