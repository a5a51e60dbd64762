import type { Clock } from '../time/clock.ts';
import type { Exchange } from './exchange.ts';

interface Ending {
  readonly signal: AbortSignal;
  readonly clock: Clock;
  /** Milliseconds for the whole. */
  readonly within: number;
}

/** The requests of a client that are under way, each with its redirections. */
export class InFlight {
  /** By the signals that end them. */
  readonly #all = new Map<AbortSignal, EndedTogether>();
  #isOver: (() => void) | undefined;

  begin(ending: Ending): Running {
    const { signal } = ending;
    let together = this.#all.get(signal);
    if (!together) {
      together = new EndedTogether(signal);
      this.#all.set(signal, together);
      signal.addEventListener('abort', together);
    }
    const running = new Running(ending);
    together.running.add(running);
    return running;
  }

  end(one: Running): void {
    one.stopTimer();
    const together = this.#all.get(one.signal)!;
    together.running.delete(one);
    if (together.running.size > 0) return;
    this.#all.delete(one.signal);
    one.signal.removeEventListener('abort', together);
    if (this.#all.size === 0) this.#isOver?.();
  }

  /** Resolves when nothing is under way any more. */
  async over(): Promise<void> {
    if (this.#all.size > 0)
      await new Promise<void>((resolve) => {
        this.#isOver = resolve;
      });
  }
}

/** What one signal ends. With a listener for each, a signal would look through all of them whenever one is added. */
class EndedTogether {
  readonly running = new Set<Running>();
  readonly #signal: AbortSignal;

  constructor(signal: AbortSignal) {
    this.#signal = signal;
  }

  handleEvent(): void {
    for (const one of this.running) one.abort(this.#signal.reason as Error);
  }
}

/** One request: its exchange of the moment is aborted with the whole, by the signal or when the time is up. */
export class Running {
  readonly signal: AbortSignal;
  readonly stopTimer: () => void;
  isLate = false;
  #exchange: Exchange | undefined;
  #reason: Error | undefined;

  constructor({ signal, clock, within }: Ending) {
    this.signal = signal;
    this.stopTimer = clock.after(within, () => {
      this.isLate = true;
      this.abort(new Error('late'));
    });
  }

  begin(exchange: Exchange): void {
    this.#exchange = exchange;
    if (this.#reason) exchange.abort(this.#reason);
  }

  abort(reason: Error): void {
    this.#reason ??= reason;
    this.#exchange?.abort(this.#reason);
  }
}
