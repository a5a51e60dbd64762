import { isObject, type Json, type JsonObject } from '../../../src/core/json/json.ts';
import type { KubeObject } from '../../../src/core/kube/kube.ts';
import { own } from '../../../src/core/own.ts';

export interface RunOutcome {
  readonly state: 'running' | 'succeeded' | 'failed' | 'cancelled' | 'timedOut';
  /** Tekton's word and its sentence. */
  readonly reason: string;
  readonly message: string;
}

const endings: Readonly<Record<string, RunOutcome['state']>> = {
  Cancelled: 'cancelled',
  TaskRunCancelled: 'cancelled',
  PipelineRunTimeout: 'timedOut',
  TaskRunTimeout: 'timedOut',
};

/** How a run stands, by its condition `Succeeded`: over when that is known and the run has an end. Its reason only tells endings apart. */
export function outcomeOf(run: Pick<KubeObject, string>): RunOutcome {
  const { conditions, completionTime } = statusOf(run);
  const found = Array.isArray(conditions) ? conditions.find((one) => isObject(one) && one['type'] === 'Succeeded') : undefined;
  const condition = isObject(found) ? found : {};
  const reason = textOf(condition['reason']);
  const known = { reason, message: textOf(condition['message']) };
  const { status } = condition;
  if ((status !== 'True' && status !== 'False') || !completionTime) return { state: 'running', ...known };
  return { state: status === 'True' ? 'succeeded' : (own(endings, reason) ?? 'failed'), ...known };
}

/** What the run hands on, by name; v1beta1 has it under other names. */
export function resultsOf(run: KubeObject): JsonObject {
  const { results, pipelineResults, taskResults } = statusOf(run);
  const list = [results, pipelineResults, taskResults].find(Array.isArray) ?? [];
  return Object.fromEntries((list as Json[]).flatMap((one) => (isObject(one) ? [[textOf(one['name']), one['value'] ?? null]] : [])));
}

const statusOf = (run: Pick<KubeObject, string>): JsonObject => (isObject(run['status']) ? run['status'] : {});

const textOf = (value: Json | undefined): string => (typeof value === 'string' ? value : '');
