import type { Json, JsonObject } from '../../../core/json/json.ts';
import type { KubeObject } from '../../../core/kube/kube.ts';
import { type Cause, required, wrong } from '../status.ts';
import { ageOf, at, column, joined, labelsText, listAt, mapIn, selectorText, wide } from './columns.ts';
import { checkPodSpec, completePodTemplate, containerColumns } from './pods.ts';
import type { Resource } from './resource.ts';
import { row } from './row.ts';

const template = ['spec', 'template'] as const;
const scale = { wanted: ['spec', 'replicas'], actual: ['status', 'replicas'], selector: ['spec', 'selector'] };
const selector = wide('Selector', (object) => selectorText(at(object, 'spec', 'selector')));
const wideColumns = [...containerColumns(template), selector];
const usual = { categories: ['all'], status: true, generation: true, wideColumns } as const;
const number = (title: string, ...path: string[]) => column(title, (object) => at(object, ...path), 'integer');

/** The kinds that own pods: apps/v1, batch/v1 and the old ReplicationController. No controller runs, so they own none here. */
export const workloadKinds: readonly Resource[] = [
  row('v1', 'replicationcontrollers', 'ReplicationController', {
    ...usual,
    short: 'rc',
    scale,
    columns: [number('Desired', 'spec', 'replicas'), number('Current', 'status', 'replicas'), number('Ready', 'status', 'readyReplicas')],
    wideColumns: [...containerColumns(template), wide('Selector', (object) => labelsText(at(object, 'spec', 'selector')))],
    complete: (object) => completeReplicas(object),
  }),
  row('apps/v1', 'deployments', 'Deployment', {
    ...usual,
    short: 'deploy',
    scale,
    columns: [
      column('Ready', (object) => `${at(object, 'status', 'readyReplicas') ?? 0}/${at(object, 'spec', 'replicas')}`),
      column('Up-to-date', (object) => at(object, 'status', 'updatedReplicas') ?? 0),
      column('Available', (object) => at(object, 'status', 'availableReplicas') ?? 0),
    ],
    complete(object) {
      completeReplicas(object);
      const spec = object.spec as JsonObject;
      const strategy = mapIn(spec, 'strategy');
      strategy.type ??= 'RollingUpdate';
      if (strategy.type === 'RollingUpdate') strategy.rollingUpdate ??= { maxUnavailable: '25%', maxSurge: '25%' };
      spec.revisionHistoryLimit ??= 10;
      spec.progressDeadlineSeconds ??= 600;
    },
    check: checkTemplate,
  }),
  row('apps/v1', 'replicasets', 'ReplicaSet', {
    ...usual,
    short: 'rs',
    scale,
    columns: [number('Desired', 'spec', 'replicas'), number('Current', 'status', 'replicas'), number('Ready', 'status', 'readyReplicas')],
    complete: (object) => completeReplicas(object),
    check: checkTemplate,
  }),
  row('apps/v1', 'statefulsets', 'StatefulSet', {
    ...usual,
    short: 'sts',
    scale,
    columns: [column('Ready', (object) => `${at(object, 'status', 'readyReplicas') ?? 0}/${at(object, 'spec', 'replicas')}`)],
    wideColumns: containerColumns(template),
    complete(object) {
      completeReplicas(object);
      const spec = object.spec as JsonObject;
      spec.podManagementPolicy ??= 'OrderedReady';
      spec.revisionHistoryLimit ??= 10;
    },
    check: checkTemplate,
  }),
  row('apps/v1', 'daemonsets', 'DaemonSet', {
    ...usual,
    short: 'ds',
    columns: [
      number('Desired', 'status', 'desiredNumberScheduled'),
      number('Current', 'status', 'currentNumberScheduled'),
      number('Ready', 'status', 'numberReady'),
      number('Up-to-date', 'status', 'updatedNumberScheduled'),
      number('Available', 'status', 'numberAvailable'),
      column('Node Selector', (object) => labelsText(at(object, ...template, 'spec', 'nodeSelector'))),
    ],
    complete: (object) => completePodTemplate(object, ...template),
    check: checkTemplate,
  }),
  row('apps/v1', 'controllerrevisions', 'ControllerRevision', {
    columns: [column('Revision', (object) => String(at(object, 'revision') ?? 0))],
  }),
  row('batch/v1', 'jobs', 'Job', {
    ...usual,
    selectable: ['status.successful'],
    columns: [
      column('Status', jobStatus),
      column('Completions', (object) => `${at(object, 'status', 'succeeded') ?? 0}/${at(object, 'spec', 'completions') ?? 1}`),
      column('Duration', (object, now) => (at(object, 'status', 'startTime') ? ageOf(at(object, 'status', 'startTime'), now) : '')),
    ],
    complete(object) {
      completePodTemplate(object, ...template);
      const spec = object.spec as JsonObject | undefined;
      if (!spec) return;
      spec.parallelism ??= 1;
      spec.completions ??= 1;
      spec.backoffLimit ??= 6;
      spec.completionMode ??= 'NonIndexed';
      spec.manualSelector ??= false;
      spec.podReplacementPolicy ??= 'TerminatingOrFailed';
      spec.suspend ??= false;
      spec.selector ??= { matchLabels: { 'batch.kubernetes.io/controller-uid': String(object.metadata.uid) } };
    },
    check: (object) => checkPodSpec(at(object, ...template, 'spec') as Json | undefined, 'spec.template.spec'),
  }),
  row('batch/v1', 'cronjobs', 'CronJob', {
    ...usual,
    short: 'cj',
    columns: [
      column('Schedule', (object) => at(object, 'spec', 'schedule')),
      column('Timezone', (object) => at(object, 'spec', 'timeZone')),
      column('Suspend', (object) => at(object, 'spec', 'suspend') ?? false, 'boolean'),
      column('Active', (object) => listAt(object, 'status', 'active').length, 'integer'),
      column('Last Schedule', (object, now) =>
        at(object, 'status', 'lastScheduleTime') ? ageOf(at(object, 'status', 'lastScheduleTime'), now) : '<none>',
      ),
    ],
    wideColumns: containerColumns(['spec', 'jobTemplate', 'spec', 'template']),
    complete(object) {
      completePodTemplate(object, 'spec', 'jobTemplate', 'spec', 'template');
      const spec = object.spec as JsonObject | undefined;
      if (!spec) return;
      spec.concurrencyPolicy ??= 'Allow';
      spec.suspend ??= false;
      spec.successfulJobsHistoryLimit ??= 3;
      spec.failedJobsHistoryLimit ??= 1;
    },
    check: (object) => (at(object, 'spec', 'schedule') ? [] : [required('spec.schedule')]),
  }),
];

function completeReplicas(object: KubeObject): void {
  const spec = mapIn(object, 'spec');
  spec.replicas ??= 1;
  completePodTemplate(object, ...template);
}

function checkTemplate(object: KubeObject): Cause[] {
  const causes: Cause[] = [];
  const wanted = at(object, 'spec', 'selector', 'matchLabels') as Record<string, string> | undefined;
  const labels = (at(object, ...template, 'metadata', 'labels') ?? null) as Record<string, string> | null;
  if (!at(object, 'spec', 'selector')) causes.push(required('spec.selector'));
  const agree = wanted && Object.entries(wanted).every(([key, value]) => labels?.[key] === value);
  if (!agree && !listAt(object, 'spec', 'selector', 'matchExpressions').length) {
    causes.push(wrong('spec.template.metadata.labels', labels, '`selector` does not match template `labels`'));
  }
  return [...causes, ...checkPodSpec(at(object, ...template, 'spec') as Json | undefined, 'spec.template.spec')];
}

function jobStatus(object: Json): string {
  const met = listAt(object, 'status', 'conditions')
    .filter((one) => at(one, 'status') === 'True')
    .map((one) => at(one, 'type'));
  if (met.includes('Complete')) return 'Complete';
  if (met.includes('Failed')) return 'Failed';
  return at(object, 'spec', 'suspend') === true ? 'Suspended' : joined(['Running']);
}
