import type { CompiledTrigger } from '../compiled.ts';

interface Step {
  isReady: boolean;
  readonly run: () => void;
}

/** Runs steps of one trigger in the order in which they were announced, however their turns come. */
export class InOrder {
  readonly #steps = new Map<CompiledTrigger, Step[]>();

  /** Announces a step; call the answer when it may run. */
  next(trigger: CompiledTrigger, run: () => void): () => void {
    const steps = this.#steps.get(trigger) ?? [];
    this.#steps.set(trigger, steps);
    const step: Step = { isReady: false, run };
    steps.push(step);
    return () => {
      step.isReady = true;
      while (steps[0]?.isReady) steps.shift()!.run();
    };
  }
}
