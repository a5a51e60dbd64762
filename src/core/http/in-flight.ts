import { AbortedTogether } from '../lifecycle/aborted-together.ts';
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
  readonly #all = new AbortedTogether();
  #isOver: (() => void) | undefined;

  /** What begins when the signal has aborted is not aborted. */
  begin(ending: Ending): Running {
    const running = new Running(ending);
    this.#all.add(ending.signal, running);
    return running;
  }

  end(one: Running): void {
    one.stopTimer();
    this.#all.remove(one.signal, one);
    if (this.#all.isEmpty) this.#isOver?.();
  }

  /** Resolves when nothing is under way any more. */
  async over(): Promise<void> {
    if (!this.#all.isEmpty)
      await new Promise<void>((resolve) => {
        this.#isOver = resolve;
      });
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
