import type { Json, JsonObject } from '../../../core/json/json.ts';
import type { KubeObject } from '../../../core/kube/kube.ts';
import { type Cause, required, wrong } from '../status.ts';
import { at, column, labelsText, listAt, selectorText, wide } from './columns.ts';
import { checkPodSpec, completePodTemplate, containerColumns } from './pods.ts';
import type { Resource } from './resource.ts';
import { row } from './row.ts';

const template = ['spec', 'template'] as const;
const scale = { wanted: ['spec', 'replicas'], actual: ['status', 'replicas'], selector: ['spec', 'selector'] };
const selector = wide('Selector', (object) => selectorText(at(object, 'spec', 'selector')));
const wideColumns = [...containerColumns(template), selector];
const usual = { categories: ['all'], status: true, generation: true, wideColumns } as const;
const number = (title: string, ...path: string[]) => column(title, (object) => at(object, ...path), 'integer');

/** The kinds that keep pods: apps/v1 and the old ReplicationController. No controller runs, so they own none here. */
export const workloadKinds: readonly Resource[] = [
  row('v1', 'replicationcontrollers', 'ReplicationController', {
    ...usual,
    short: 'rc',
    scale,
    columns: [number('Desired', 'spec', 'replicas'), number('Current', 'status', 'replicas'), number('Ready', 'status', 'readyReplicas')],
    wideColumns: [...containerColumns(template), wide('Selector', (object) => labelsText(at(object, 'spec', 'selector')))],
    complete: (object) => completePodTemplate(object, ...template),
  }),
  row('apps/v1', 'controllerrevisions', 'ControllerRevision', {
    columns: [column('Revision', (object) => String(at(object, 'revision') ?? 0))],
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
    complete: completeDaemonSet,
    check: checkTemplate,
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
      completePodTemplate(object, ...template);
      const strategy = at(object, 'spec', 'strategy') as JsonObject;
      if (strategy.type === 'RollingUpdate') strategy.rollingUpdate ??= { maxUnavailable: '25%', maxSurge: '25%' };
    },
    check: checkTemplate,
  }),
  row('apps/v1', 'replicasets', 'ReplicaSet', {
    ...usual,
    short: 'rs',
    scale,
    columns: [number('Desired', 'spec', 'replicas'), number('Current', 'status', 'replicas'), number('Ready', 'status', 'readyReplicas')],
    complete: (object) => completePodTemplate(object, ...template),
    check: checkTemplate,
  }),
  row('apps/v1', 'statefulsets', 'StatefulSet', {
    ...usual,
    short: 'sts',
    scale,
    columns: [column('Ready', (object) => `${at(object, 'status', 'readyReplicas') ?? 0}/${at(object, 'spec', 'replicas')}`)],
    wideColumns: containerColumns(template),
    complete(object) {
      completePodTemplate(object, ...template);
      const strategy = at(object, 'spec', 'updateStrategy') as JsonObject;
      if (strategy.type === 'RollingUpdate') strategy.rollingUpdate ??= { partition: 0 };
    },
    check: checkTemplate,
  }),
];

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

/** One pod on each node: the update goes node by node. The annotation counts the templates, as older clients look for it. */
function completeDaemonSet(object: KubeObject): void {
  completePodTemplate(object, ...template);
  const strategy = at(object, 'spec', 'updateStrategy') as JsonObject;
  if (strategy.type === 'RollingUpdate') strategy.rollingUpdate ??= { maxUnavailable: 1, maxSurge: 0 };
  const generation = String(object.metadata.generation ?? 1);
  object.metadata.annotations = { 'deprecated.daemonset.template.generation': generation, ...object.metadata.annotations };
}
