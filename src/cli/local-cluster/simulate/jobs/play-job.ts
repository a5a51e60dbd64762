/**
 * One Job: makes its Pods, as many at once as it wants, counts how they ended, and says when it is complete or has failed too often.
 * Its Pods go with it.
 */
import { isObject, type Json } from '../../../../core/json/json.ts';
import type { KubeObject, ResourceType, Unfolding } from '../../../../core/kube/kube.ts';
import { collectionPath, query } from '../../../../core/kube/resource-path.ts';
import { watchResources } from '../../../../core/kube/watch.ts';
import { at } from '../../kinds/columns.ts';
import { type Life, now, withCondition } from '../life.ts';
import { note } from '../note.ts';
import { type Count, decideJob, type JobDecision } from './decide-job.ts';

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
  const labelSelector = `batch.kubernetes.io/controller-uid=${uid}`;

  for await (const unfolding of watchResources(
    kube,
    pods,
    { namespace, labelSelector },
    {
      signal: AbortSignal.any([signal, done.signal]),
      clock,
      tell,
      labels: { part: `simulated Job ${namespace}/${name}` },
    },
  )) {
    for (const { gone, object } of changesIn(unfolding)) phases.set(String(object.metadata.uid), phaseOf(object, gone));
    const decision = decideJob(job, countOf(phases));
    await Promise.all(Array.from({ length: decision.start }, async () => phases.set(await makePod(life), 'Pending')));
    await showCount(life, countOf(phases), decision);
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
  await removePods(life, namespace, labelSelector);
}

const changesIn = (unfolding: Unfolding): readonly { readonly gone: boolean; readonly object: KubeObject }[] =>
  unfolding.kind === 'snapshot' ? unfolding.items.map((object) => ({ gone: false, object })) : unfolding.changes;

/** A Pod that somebody takes away before it has ended has failed. */
function phaseOf({ status }: KubeObject, gone: boolean): string {
  const phase = String(at(status, 'phase'));
  return gone && phase !== 'Succeeded' ? 'Failed' : phase;
}

function showCount(life: Life, count: Count, { ends, isComplete }: JobDecision): Promise<void> {
  return life.setStatus((status) => {
    const time = now(life);
    const before: Json[] = Array.isArray(status['conditions']) ? status['conditions'] : [];
    const conditions = ends.reduce(
      (all, { reason, message, type }) => withCondition(all, { type, status: 'True', reason, message, lastProbeTime: time }, time),
      before,
    );
    return {
      ...status,
      startTime: status['startTime'] ?? time,
      ...count,
      ready: 0,
      ...(conditions.length > 0 ? { conditions } : {}),
      ...(isComplete ? { completionTime: time } : {}),
    };
  });
}

async function removePods({ kube, outlives: signal }: Life, namespace: string | undefined, labelSelector: string): Promise<void> {
  if (signal.aborted) return;
  await kube.raw('DELETE', `${collectionPath(pods, namespace)}${query({ labelSelector })}`, undefined, { signal });
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
