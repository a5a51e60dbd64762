import type { KubeObject } from '../../../../core/kube/kube.ts';
import { at } from '../../kinds/columns.ts';

/** How many Pods of a Job are in which state. */
export type Count = {
  readonly active: number;
  readonly succeeded: number;
  readonly failed: number;
};

export interface JobDecision {
  /** So many Pods have to be made. */
  readonly start: number;
  readonly isComplete: boolean;
  /** The conditions that end the Job, the telling one first; none while it goes on. */
  readonly ends: readonly { readonly type: string; readonly reason: string; readonly message: string }[];
}

/** What a Job wants next. Without `completions` its Pods share a queue: it is complete when all have ended and one of them well. */
export function decideJob({ spec }: KubeObject, { active, succeeded, failed }: Count): JobDecision {
  const number = (field: string, otherwise: number): number => Number(at(spec, field) ?? otherwise);
  const completions = at(spec, 'completions');
  const parallelism = number('parallelism', 1);
  const isQueue = completions === undefined;
  const isComplete = isQueue ? active === 0 && succeeded > 0 : succeeded >= Number(completions);
  if (isComplete)
    return { start: 0, isComplete, ends: ends('Complete', 'CompletionsReached', 'Reached expected number of succeeded pods') };
  if (failed > number('backoffLimit', 6))
    return { start: 0, isComplete, ends: ends('Failed', 'BackoffLimitExceeded', 'Job has reached the specified backoff limit') };
  if (isQueue && succeeded > 0) return { start: 0, isComplete, ends: [] };
  const wanted = isQueue ? parallelism : Math.min(parallelism, Number(completions) - succeeded);
  return { start: Math.max(0, wanted - active), isComplete, ends: [] };
}

const ends = (type: 'Complete' | 'Failed', reason: string, message: string): JobDecision['ends'] => [
  { type, reason, message },
  { type: type === 'Complete' ? 'SuccessCriteriaMet' : 'FailureTarget', reason, message },
];
