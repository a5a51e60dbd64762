/**
 * One Job: makes its Pods, as many at once as it wants, counts how they ended, and says when it is complete or has failed too often.
 * Its Pods go with it.
 */
import { isObject, type Json } from '../../../../core/json/json.ts';
import type { KubeObject, ResourceType } from '../../../../core/kube/kube.ts';
import { watchResources } from '../../../../core/kube/watch.ts';
import { at } from '../../kinds/columns.ts';
import { type Life, now, withCondition } from '../life.ts';
import { note } from '../note.ts';
import { type Count, decideJob } from './decide-job.ts';

const pods: ResourceType = { group: '', version: 'v1', resource: 'pods', kind: 'Pod', namespaced: true };

export async function playJob(life: Life): Promise<void> {
  const { kube, clock, tell, signal } = life;
  const job = life.latest();
  if (isOver(job)) return;
  if (isSuspended(job) && !(await life.until(Number.POSITIVE_INFINITY, (now) => !isSuspended(now)))) return;
  const { name, namespace, uid } = job.metadata;
  /** By uid: those that were made, with the phase in which they were seen last. */
  const phases = new Map<string, string>();
  const done = new AbortController();
  const selection = { ...(namespace === undefined ? {} : { namespace }), labelSelector: `batch.kubernetes.io/controller-uid=${uid}` };

  for await (const unfolding of watchResources(kube, pods, selection, {
    signal: AbortSignal.any([signal, done.signal]),
    clock,
    tell,
    labels: { part: `simulated Job ${namespace}/${name}` },
  })) {
    const objects = unfolding.kind === 'snapshot' ? unfolding.items : unfolding.changes.map(({ object }) => object);
    for (const { metadata, status } of objects) phases.set(String(metadata.uid), String(at(status, 'phase')));
    const count = countOf(phases);
    const decision = decideJob(job, count);
    for (let made = 0; made < decision.start; made++) phases.set(await makePod(life), 'Pending');
    await life.setStatus((status) => {
      const time = now(life);
      const conditions = decision.ends.reduce<Json[]>(
        (all, { reason, message, type }) => withCondition(all, { type, status: 'True', reason, message, lastProbeTime: time }, time),
        Array.isArray(status['conditions']) ? status['conditions'] : [],
      );
      return {
        ...status,
        startTime: status['startTime'] ?? time,
        ...countOf(phases),
        ready: 0,
        ...(conditions.length > 0 ? { conditions } : {}),
        ...(decision.isComplete ? { completionTime: time } : {}),
      };
    });
    const [end] = decision.ends;
    if (!end) continue;
    await note(life, {
      by: 'job-controller',
      reason: decision.isComplete ? 'Completed' : end.reason,
      message: decision.isComplete ? 'Job completed' : end.message,
      warning: !decision.isComplete,
    });
    tell.simulated({ kind: 'Job', namespace, name, outcome: decision.isComplete ? 'Complete' : 'Failed' });
    done.abort();
  }
  await life.until(Number.POSITIVE_INFINITY, () => false);
  await removePods(life, selection);
}

async function removePods({ kube, outlives: signal }: Life, selection: { namespace?: string; labelSelector: string }): Promise<void> {
  if (signal.aborted) return;
  const { items } = await kube.list(pods, { ...selection, signal });
  for (const { metadata } of items) await kube.delete(pods, metadata, { signal });
}

/** Answers its uid. */
async function makePod(life: Life): Promise<string> {
  const job = life.latest();
  const { name, namespace, uid } = job.metadata;
  const template = at(job, 'spec', 'template');
  const { metadata = {}, spec = {} } = isObject(template) ? template : {};
  const owner = { apiVersion: 'batch/v1', kind: 'Job', name, uid: String(uid), controller: true, blockOwnerDeletion: true };
  const pod = {
    apiVersion: 'v1',
    kind: 'Pod',
    metadata: { ...(metadata as object), generateName: `${name}-`, namespace, ownerReferences: [owner] },
    spec,
  };
  const made = await life.kube.create(pods, pod as unknown as KubeObject, { signal: life.signal });
  await note(life, { by: 'job-controller', reason: 'SuccessfulCreate', message: `Created pod: ${made.metadata.name}` });
  return String(made.metadata.uid);
}

function countOf(phases: ReadonlyMap<string, string>): Count {
  const all = [...phases.values()];
  const of = (wanted: string): number => all.filter((phase) => phase === wanted).length;
  const [succeeded, failed] = [of('Succeeded'), of('Failed')];
  return { active: all.length - succeeded - failed, succeeded, failed };
}

const isSuspended = (job: KubeObject): boolean => at(job, 'spec', 'suspend') === true;

const isOver = (job: KubeObject): boolean => {
  const conditions = at(job, 'status', 'conditions');
  return Array.isArray(conditions) && conditions.some((one) => ['Complete', 'Failed'].includes(String(at(one, 'type'))));
};
