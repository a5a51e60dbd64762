import type { Json, JsonObject } from '../../../core/json/json.ts';
import type { KubeObject } from '../../../core/kube/kube.ts';
import { required } from '../status.ts';
import { ageOf, at, column, listAt, mapIn, selectorText, wide } from './columns.ts';
import { checkPodSpec, completePodTemplate, containerColumns } from './pods.ts';
import type { Resource } from './resource.ts';
import { row } from './row.ts';

const template = ['spec', 'template'] as const;
const ofCronJob = ['spec', 'jobTemplate', 'spec', 'template'] as const;
const usual = { categories: ['all'], status: true, generation: true } as const;
const selector = (...path: string[]) => wide('Selector', (object) => selectorText(at(object, ...path)));

/** Pods that end: batch/v1. No controller runs, so nothing is started here. */
export const jobRows: readonly Resource[] = [
  row('batch/v1', 'cronjobs', 'CronJob', {
    ...usual,
    short: 'cj',
    columns: [
      column('Schedule', (object) => at(object, 'spec', 'schedule')),
      column('Timezone', (object) => at(object, 'spec', 'timeZone')),
      column('Suspend', (object) => (at(object, 'spec', 'suspend') === true ? 'True' : 'False')),
      column('Active', (object) => listAt(object, 'status', 'active').length, 'integer'),
      column('Last Schedule', (object, now) =>
        at(object, 'status', 'lastScheduleTime') ? ageOf(at(object, 'status', 'lastScheduleTime'), now) : '<none>',
      ),
    ],
    wideColumns: [...containerColumns(ofCronJob), selector('spec', 'jobTemplate', 'spec', 'selector')],
    complete: (object) => completePodTemplate(object, ...ofCronJob),
    check: (object) => (at(object, 'spec', 'schedule') ? [] : [required('spec.schedule')]),
  }),
  row('batch/v1', 'jobs', 'Job', {
    ...usual,
    selectable: ['status.successful'],
    columns: [
      column('Status', jobStatus),
      column('Completions', (object) => `${at(object, 'status', 'succeeded') ?? 0}/${at(object, 'spec', 'completions') ?? 1}`),
      column('Duration', (object, now) => (at(object, 'status', 'startTime') ? ageOf(at(object, 'status', 'startTime'), now) : '')),
    ],
    wideColumns: [...containerColumns(template), selector('spec', 'selector')],
    complete: completeJob,
    check: (object) => checkPodSpec(at(object, ...template, 'spec') as Json | undefined, 'spec.template.spec'),
  }),
];

/** Of a Job itself; the template of a CronJob is left as it is written. */
const usualSpec = {
  parallelism: 1,
  backoffLimit: 6,
  completionMode: 'NonIndexed',
  manualSelector: false,
  podReplacementPolicy: 'TerminatingOrFailed',
  suspend: false,
};

/** A Job knows its pods by its own uid, which is why it cannot be adopted by another one. */
function completeJob(job: KubeObject): void {
  completePodTemplate(job, ...template);
  const spec = job.spec as JsonObject;
  if (spec.parallelism === undefined) spec.completions ??= 1;
  for (const [field, value] of Object.entries(usualSpec)) spec[field] ??= value;
  if (spec.manualSelector === true || !job.metadata.uid) return;
  const [uid, name] = [job.metadata.uid, job.metadata.name];
  const labels = mapIn(mapIn(spec.template as JsonObject, 'metadata'), 'labels');
  Object.assign(labels, {
    'batch.kubernetes.io/controller-uid': uid,
    'batch.kubernetes.io/job-name': name,
    'controller-uid': uid,
    'job-name': name,
  });
  spec.selector ??= { matchLabels: { 'batch.kubernetes.io/controller-uid': uid } };
  job.metadata.labels ??= labels as Record<string, string>;
}

function jobStatus(object: Json): string {
  const met = listAt(object, 'status', 'conditions')
    .filter((one) => at(one, 'status') === 'True')
    .map((one) => at(one, 'type'));
  if (met.includes('Complete')) return 'Complete';
  if (met.includes('Failed')) return 'Failed';
  return at(object, 'spec', 'suspend') === true ? 'Suspended' : 'Running';
}
