import type { Json, JsonObject } from '../../../core/json/json.ts';
import type { KubeObject } from '../../../core/kube/kube.ts';
import { type Cause, required } from '../status.ts';
import { at, column, joined, labelsText, listAt, mapIn, name, wide } from './columns.ts';
import type { Resource } from './resource.ts';
import { row } from './row.ts';

export const podRows: readonly Resource[] = [
  row('v1', 'pods', 'Pod', {
    short: 'po',
    categories: ['all'],
    status: true,
    generation: true,
    selectable: ['spec.nodeName', 'spec.restartPolicy', 'spec.schedulerName', 'spec.serviceAccountName', 'status.phase', 'status.podIP'],
    columns: [
      column(
        'Ready',
        (object) => `${statuses(object).filter((one) => at(one, 'ready') === true).length}/${listAt(object, 'spec', 'containers').length}`,
      ),
      column('Status', podStatus),
      column('Restarts', (object) => String(statuses(object).reduce<number>((sum, one) => sum + Number(at(one, 'restartCount') ?? 0), 0))),
    ],
    wideColumns: [
      wide('IP', (object) => at(object, 'status', 'podIP')),
      wide('Node', (object) => at(object, 'spec', 'nodeName')),
      wide('Nominated Node', (object) => at(object, 'status', 'nominatedNodeName')),
      wide('Readiness Gates', readyGates),
    ],
    complete: completePod,
    check: (object) => checkPodSpec(object.spec, 'spec'),
  }),
  row('v1', 'podtemplates', 'PodTemplate', {
    allColumns: [
      name,
      ...containerColumns(['template']),
      column('Pod Labels', (object) => labelsText(at(object, 'template', 'metadata', 'labels'))),
    ],
  }),
];

function statuses(pod: Json): readonly unknown[] {
  return listAt(pod, 'status', 'containerStatuses');
}

/** In one word what a person wants to know: what its containers wait for, or how they ended, where there is such a thing. */
function podStatus(pod: Json): unknown {
  if (at(pod, 'metadata', 'deletionTimestamp')) return 'Terminating';
  const isRunning = statuses(pod).some((one) => at(one, 'state', 'running'));
  const reasons = statuses(pod).map((one) => at(one, 'state', 'waiting', 'reason') ?? at(one, 'state', 'terminated', 'reason'));
  const telling = reasons.find((reason) => reason && !(isRunning && reason === 'Completed'));
  return telling ?? at(pod, 'status', 'reason') ?? at(pod, 'status', 'phase');
}

/** How many of the conditions that the pod asks for are met: `1/2`. */
function readyGates(pod: Json): string | undefined {
  const wanted = listAt(pod, 'spec', 'readinessGates').map((one) => at(one, 'conditionType'));
  if (wanted.length === 0) return undefined;
  const met = listAt(pod, 'status', 'conditions').filter((one) => wanted.includes(at(one, 'type')) && at(one, 'status') === 'True');
  return `${met.length}/${wanted.length}`;
}

const tolerated = ['not-ready', 'unreachable'].map((word) => ({
  key: `node.kubernetes.io/${word}`,
  operator: 'Exists',
  effect: 'NoExecute',
  tolerationSeconds: 300,
}));

/** A pod of a cluster as people know it: what admission adds everywhere, and the class by which memory is given. */
function completePod(pod: KubeObject, previous: KubeObject | undefined): void {
  completePodSpec(pod.spec);
  const spec = mapIn(pod, 'spec');
  spec.enableServiceLinks ??= true;
  pod.status ??= { phase: 'Pending', qosClass: classOf(pod) };
  if (previous) return;
  spec.priority ??= 0;
  spec.preemptionPolicy ??= 'PreemptLowerPriority';
  spec.tolerations ??= structuredClone(tolerated);
}

function classOf(pod: KubeObject): string {
  const resources = [...listAt(pod, 'spec', 'initContainers'), ...listAt(pod, 'spec', 'containers')].map((one) => at(one, 'resources'));
  const amounts = (one: unknown, word: string) => (at(one, word) ?? {}) as Record<string, Json>;
  if (resources.every((one) => Object.keys({ ...amounts(one, 'limits'), ...amounts(one, 'requests') }).length === 0)) return 'BestEffort';
  const isFixed = (one: unknown) =>
    ['cpu', 'memory'].every((resource) => {
      const limit = amounts(one, 'limits')[resource];
      return limit !== undefined && (amounts(one, 'requests')[resource] ?? limit) === limit;
    });
  return resources.every(isFixed) ? 'Guaranteed' : 'Burstable';
}

/** The wide columns of everything that holds a pod template at a path. */
export function containerColumns(path: readonly string[]) {
  return [
    wide('Containers', (object) => joined(listAt(object, ...path, 'spec', 'containers').map((one) => at(one, 'name')))),
    wide('Images', (object) => joined(listAt(object, ...path, 'spec', 'containers').map((one) => at(one, 'image')))),
  ];
}

/** What the API server adds to the containers of every pod, beyond the defaults of the table. */
function completePodSpec(spec: Json | undefined): void {
  for (const container of [...listAt(spec, 'initContainers'), ...listAt(spec, 'containers')] as JsonObject[]) {
    container.imagePullPolicy ??= /:(?!latest$)[^/]+$|@/.test(String(container.image)) ? 'IfNotPresent' : 'Always';
  }
}

export function checkPodSpec(spec: Json | undefined, path: string): Cause[] {
  const containers = listAt(spec, 'containers');
  if (containers.length === 0) return [required(`${path}.containers`)];
  return containers.flatMap((container, index) => [
    ...(at(container, 'name') ? [] : [required(`${path}.containers[${index}].name`)]),
    ...(at(container, 'image') ? [] : [required(`${path}.containers[${index}].image`)]),
  ]);
}

/** A pod template inside another object. */
export function completePodTemplate(object: KubeObject, ...path: readonly string[]): void {
  completePodSpec(at(object, ...path, 'spec') as Json | undefined);
}
