import type { KubeObject } from '../../../../core/kube/kube.ts';

/** How a run stands: its condition `Succeeded`. */
export interface Standing {
  readonly status: 'True' | 'False' | 'Unknown';
  readonly reason: string;
  readonly message: string;
}

type Stands = (run: KubeObject) => Standing;

const isTask = ({ kind }: KubeObject): boolean => kind === 'TaskRun';
const nameIn = ({ metadata: { name } }: KubeObject): string => JSON.stringify(name);

export const waiting: Stands = (run) => ({
  status: 'Unknown',
  reason: `${run.kind}Pending`,
  message: `${run.kind} ${nameIn(run)} waits for somebody to take its spec.status away`,
});

export const started: Stands = (run) => ({ status: 'Unknown', reason: 'Started', message: `${run.kind} ${nameIn(run)} has started` });

export const running: Stands = (run) => ({
  status: 'Unknown',
  reason: 'Running',
  message: isTask(run)
    ? 'Not all Steps in the Task have finished executing'
    : 'Tasks Completed: 0 (Failed: 0, Cancelled 0), Incomplete: 1, Skipped: 0',
});

export const succeeded: Stands = (run) => ({
  status: 'True',
  reason: 'Succeeded',
  message: isTask(run) ? 'All Steps have completed executing' : 'Tasks Completed: 1 (Failed: 0, Cancelled 0), Skipped: 0',
});

export const failed: Stands = (run) => ({
  status: 'False',
  reason: 'Failed',
  message: isTask(run) ? '"step-unnamed-0" exited with code 1 (simulated)' : 'Tasks Completed: 1 (Failed: 1, Cancelled 0), Skipped: 0',
});

export const cancelled: Stands = (run) => ({
  status: 'False',
  reason: isTask(run) ? 'TaskRunCancelled' : 'Cancelled',
  message: `${run.kind} ${nameIn(run)} was cancelled`,
});

export const timedOut: Stands = (run) => ({
  status: 'False',
  reason: `${run.kind}Timeout`,
  message: `${run.kind} ${nameIn(run)} failed to finish within its time`,
});
