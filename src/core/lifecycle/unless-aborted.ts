import { AbortedTogether } from './aborted-together.ts';

const waiting = new AbortedTogether();

/** The outcome of work that cannot be cancelled, unless the signal aborts first: then it rejects, and the work is left to itself. */
export function unlessAborted<T>(work: Promise<T>, signal: AbortSignal): Promise<T> {
  return new Promise((resolve, reject) => {
    const waiter = {
      abort(reason: unknown) {
        waiting.remove(signal, waiter);
        reject(reason);
      },
    };
    if (signal.aborted) reject(signal.reason);
    else waiting.add(signal, waiter);
    work.then(
      (result) => {
        waiting.remove(signal, waiter);
        resolve(result);
      },
      (thrown: unknown) => {
        waiting.remove(signal, waiter);
        reject(thrown);
      },
    );
  });
}
