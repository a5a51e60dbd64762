/** The outcome of work that cannot be cancelled, unless the signal aborts first: then it rejects, and the work is left to itself. */
export function unlessAborted<T>(work: Promise<T>, signal: AbortSignal): Promise<T> {
  return new Promise((resolve, reject) => {
    const abort = (): void => reject(signal.reason);
    if (signal.aborted) abort();
    signal.addEventListener('abort', abort);
    work.then(resolve, reject).finally(() => signal.removeEventListener('abort', abort));
  });
}

/** The same for much work at a time: each signal has one listener. With one for each piece of work, a signal looks through all of them every time. */
export function createUnlessAborted(): typeof unlessAborted {
  const waiting = new WeakMap<AbortSignal, Set<(reason: unknown) => void>>();

  function waitingFor(signal: AbortSignal): Set<(reason: unknown) => void> {
    const known = waiting.get(signal);
    if (known) return known;
    const rejects = new Set<(reason: unknown) => void>();
    waiting.set(signal, rejects);
    signal.addEventListener('abort', () => {
      for (const reject of rejects) reject(signal.reason);
    });
    return rejects;
  }

  return (work, signal) =>
    new Promise((resolve, reject) => {
      if (signal.aborted) reject(signal.reason);
      const rejects = waitingFor(signal);
      rejects.add(reject);
      work.then(
        (result) => {
          rejects.delete(reject);
          resolve(result);
        },
        (thrown: unknown) => {
          rejects.delete(reject);
          reject(thrown);
        },
      );
    });
}
