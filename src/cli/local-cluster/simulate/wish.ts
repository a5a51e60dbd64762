import { EngineError } from '../../../core/errors/engine-error.ts';
import type { KubeObject } from '../../../core/kube/kube.ts';
import { parseDuration } from '../../../core/time/duration.ts';

/** How what is played shall end: `run` is not at all. */
type Outcome = 'succeed' | 'fail' | 'run';

export interface Wish {
  readonly outcome: Outcome;
  /** Milliseconds from the start to the end. */
  readonly takes: number;
}

const annotation = { outcome: 'sensorium.dev/simulate', takes: 'sensorium.dev/simulate-for' };
const outcomes: readonly string[] = ['succeed', 'fail', 'run'] satisfies Outcome[];

/**
 * What the annotations of an object say: `sensorium.dev/simulate: succeed | fail | run`, `sensorium.dev/simulate-for: 10s`.
 * Throws CONFIG_INVALID for what they cannot say.
 */
export function wishOf({ metadata: { annotations = {} } }: KubeObject, usual: Wish): Wish {
  const { [annotation.outcome]: outcome = usual.outcome, [annotation.takes]: time } = annotations;
  if (!outcomes.includes(outcome)) throw unknown(`${annotation.outcome} is "${outcome}": it is succeed, fail or run`);
  const takes = time === undefined ? usual.takes : parseDuration(time);
  if (takes === undefined || takes < 0) throw unknown(`${annotation.takes} is "${time}": it is a duration such as 10s or 1m30s`);
  return { outcome: outcome as Outcome, takes };
}

const unknown = (problem: string): EngineError => new EngineError('CONFIG_INVALID', { problem: `annotation ${problem}` });
