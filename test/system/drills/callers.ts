import { setTimeout as delay } from 'node:timers/promises';
import { Agent, request } from 'undici';
import type { Ground } from './ground.ts';

export interface CallOptions {
  /** The addresses that are tried, one after another when one refuses the connection. */
  readonly urls: readonly string[] | ((number: number) => readonly string[]);
  readonly from: number;
  /** Until the signal aborts if left out. */
  readonly count?: number;
  /** How many call at once. */
  readonly callers: number;
  /** Calls a second, spread evenly; as fast as they are answered if left out. */
  readonly rate?: number;
  /** Called again until it is accepted, under one `Idempotency-Key`, as a caller does that was told to; or once, as one does that forgets. */
  readonly insists?: boolean;
  /** Beside its number. */
  readonly body?: (number: number) => object;
  /** What an accepted call promises; its number if left out. */
  readonly promises?: (number: number) => readonly (string | number)[];
  /** Ends it before the next number. */
  readonly signal?: AbortSignal;
}

export interface Calls {
  /** By status; 0 where there was no answer. */
  readonly answers: ReadonlyMap<number, number>;
  /** The statuses that came without the `Retry-After` that they should have. */
  readonly withoutRetryAfter: number;
  /** The longest that a caller waited for an answer, in milliseconds. */
  readonly longest: number;
  /** When each call began (`performance.now()`), by its number. */
  readonly began: ReadonlyMap<number, number>;
}

/** How long a caller insists on one call, in milliseconds: longer than anything is away in a drill. */
const insistsFor = 120_000;

/** Posts `{"n": NUMBER}`; each that is answered 200 or 202 is accepted in the ledger. Throws when a caller insists for too long. */
export async function call(ground: Ground, options: CallOptions): Promise<Calls> {
  const { urls, from, count = Number.POSITIVE_INFINITY, callers, rate, signal } = options;
  const { insists = false, body = () => ({}), promises = (number) => [number] } = options;
  const dispatcher = new Agent({ connections: callers, headersTimeout: 60_000 });
  const answers = new Map<number, number>();
  const began = new Map<number, number>();
  let [next, longest, withoutRetryAfter] = [0, 0, 0];
  const start = performance.now();

  async function once(number: number): Promise<{ isAccepted: boolean; again: number }> {
    for (const url of typeof urls === 'function' ? urls(number) : urls) {
      const at = performance.now();
      try {
        const answer = await request(url, {
          method: 'POST',
          headers: { 'content-type': 'application/json', ...(insists ? { 'idempotency-key': `call ${number}` } : {}) },
          body: JSON.stringify({ n: number, ...body(number) }),
          dispatcher,
        });
        await answer.body.dump();
        longest = Math.max(longest, performance.now() - at);
        answers.set(answer.statusCode, (answers.get(answer.statusCode) ?? 0) + 1);
        const isAccepted = answer.statusCode === 200 || answer.statusCode === 202;
        const after = answer.headers['retry-after'];
        if (answer.statusCode === 503 && after === undefined) withoutRetryAfter += 1;
        return { isAccepted, again: 100 };
      } catch {
        answers.set(0, (answers.get(0) ?? 0) + 1);
      }
    }
    return { isAccepted: false, again: 50 };
  }

  async function caller(): Promise<void> {
    for (let index = next++; index < count && !signal?.aborted; index = next++) {
      if (rate !== undefined) await delay(Math.max(0, start + (index / rate) * 1000 - performance.now()));
      const number = from + index;
      const at = performance.now();
      began.set(number, at);
      for (;;) {
        const { isAccepted, again } = await once(number);
        if (isAccepted) for (const promised of promises(number)) ground.ledger.accept(promised);
        if (isAccepted || !insists) break;
        if (performance.now() - at > insistsFor) throw new Error(`call ${number} was not accepted in ${insistsFor / 1000} s`);
        await delay(again);
      }
    }
  }

  await Promise.all(Array.from({ length: callers }, caller));
  await dispatcher.close();
  return { answers, withoutRetryAfter, longest, began };
}
