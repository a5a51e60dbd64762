/**
 * Work in lanes: jobs of one lane run one after another, lanes run side by side, and `push` holds its caller back while there is
 * as much work as `limit`. The first job that fails is reported to `failed`; later jobs are then dropped without being run.
 */
export class Lanes {
  readonly #limit: number;
  readonly #failed: (thrown: unknown) => void;
  readonly #tails = new Map<string, Promise<void>>();
  #open = 0;
  #hasFailed = false;
  #waiting: { below: number; wake: () => void }[] = [];

  constructor(limit: number, failed: (thrown: unknown) => void) {
    this.#limit = limit;
    this.#failed = failed;
  }

  get hasFailed(): boolean {
    return this.#hasFailed;
  }

  /** Resolves when there is room for more; the job may still be waiting then. */
  async push(lane: string, job: () => Promise<void>): Promise<void> {
    this.#open += 1;
    const before = this.#tails.get(lane);
    const tail = (before ? before.then(() => this.#run(job)) : this.#run(job)).then(() => {
      if (this.#tails.get(lane) === tail) this.#tails.delete(lane);
      this.#open -= 1;
      this.#waiting = this.#waiting.filter(({ below, wake }) => this.#open >= below || void wake());
    });
    this.#tails.set(lane, tail);
    await this.#until(this.#limit);
  }

  /** Resolves when every job has ended. */
  idle(): Promise<void> {
    return this.#until(1);
  }

  async #run(job: () => Promise<void>): Promise<void> {
    if (this.#hasFailed) return;
    try {
      await job();
    } catch (thrown) {
      if (!this.#hasFailed) this.#failed(thrown);
      this.#hasFailed = true;
    }
  }

  #until(below: number): Promise<void> {
    if (this.#open < below) return Promise.resolve();
    return new Promise((wake) => this.#waiting.push({ below, wake }));
  }
}
