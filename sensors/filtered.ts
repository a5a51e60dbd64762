import type { CompiledDependency, Verdict } from './compiled.ts';

/**
 * What is told of an event that a dependency has refused. Why is put into words when somebody reads them: a listener may have a thousand
 * triggers, of which all but one say no to each event.
 */
export class Filtered {
  readonly [field: string]: unknown;
  readonly sensor: string;
  readonly dependency: string;
  readonly event: string;
  readonly #verdict: Extract<Verdict, { admitted: false }>;

  constructor(sensor: string, { name }: CompiledDependency, event: string, verdict: Extract<Verdict, { admitted: false }>) {
    this.sensor = sensor;
    this.dependency = name;
    this.event = event;
    this.#verdict = verdict;
  }

  get at(): string {
    return this.#verdict.at;
  }

  get because(): string {
    return this.#verdict.because;
  }

  /** As it is written to the log. */
  toJSON(): object {
    const { sensor, dependency, event, because, at } = this;
    return { sensor, dependency, event, because, at };
  }
}
