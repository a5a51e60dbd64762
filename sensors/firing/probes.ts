import type { EngineError } from '../../src/core/errors/engine-error.ts';
import type { Clock } from '../../src/core/time/clock.ts';
import { isUnreachable, Reach } from './reach.ts';
import type { Report } from './report.ts';

interface ProbesContext {
  readonly clock: Clock;
  readonly report: Report;
  /** Told when the target counts as away from now on. */
  away(): void;
  /** Told when it is worth asking again whether one may be tried. */
  opened(): void;
}

/** What a trigger's attempts tell of its target: whether it is away, and when the next of them may find out. */
export class Probes {
  readonly #reach = new Reach();
  readonly #context: ProbesContext;
  #timer: (() => void) | undefined;

  constructor(context: ProbesContext) {
    this.#context = context;
  }

  get away(): boolean {
    return this.#reach.away;
  }

  /** True if one may be tried now; always, while the target is not away. `running` is how many are in flight. */
  mayTry(running: number): boolean {
    if (!this.#reach.away) return true;
    const { clock, opened } = this.#context;
    const pause = this.#reach.pauseFor(clock.monotonic());
    if (pause === 0) return running === 0;
    this.#timer ??= clock.after(pause, () => {
      this.#timer = undefined;
      opened();
    });
    return false;
  }

  /** True if it was known already that nobody is there. */
  failed(error: EngineError): boolean {
    const { clock, report, away } = this.#context;
    const wasSilent = this.#reach.silent;
    if (!isUnreachable(error)) {
      this.answered();
    } else if (this.#reach.failed(clock.monotonic())) {
      report.targetAway(error);
      away();
    }
    return wasSilent && this.#reach.silent;
  }

  answered(): void {
    if (this.#reach.answered()) this.#context.report.targetBack();
  }

  stop(): void {
    this.#timer?.();
  }
}
