import type { Json, JsonObject } from '../../../core/json/json.ts';
import type { KubeObject } from '../../../core/kube/kube.ts';
import { type Cause, required } from '../status.ts';
import { at, column, joined, labelsText, listAt, name, wide } from './columns.ts';
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
      column('Status', (object) =>
        at(object, 'metadata', 'deletionTimestamp') ? 'Terminating' : (at(object, 'status', 'reason') ?? at(object, 'status', 'phase')),
      ),
      column('Restarts', (object) => String(statuses(object).reduce<number>((sum, one) => sum + Number(at(one, 'restartCount') ?? 0), 0))),
    ],
    wideColumns: [wide('IP', (object) => at(object, 'status', 'podIP')), wide('Node', (object) => at(object, 'spec', 'nodeName'))],
    complete(object) {
      completePodSpec(object.spec);
      object.status ??= { phase: 'Pending' };
    },
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

/** The wide columns of everything that holds a pod template at a path. */
export function containerColumns(path: readonly string[]) {
  return [
    wide('Containers', (object) => joined(listAt(object, ...path, 'spec', 'containers').map((one) => at(one, 'name')))),
    wide('Images', (object) => joined(listAt(object, ...path, 'spec', 'containers').map((one) => at(one, 'image')))),
  ];
}

/** What the API server adds to every pod, as far as people meet it in their files and patches. */
export function completePodSpec(spec: Json | undefined): void {
  const pod = spec as JsonObject | undefined;
  if (!pod || typeof pod !== 'object') return;
  pod.restartPolicy ??= 'Always';
  pod.terminationGracePeriodSeconds ??= 30;
  pod.dnsPolicy ??= 'ClusterFirst';
  pod.schedulerName ??= 'default-scheduler';
  pod.securityContext ??= {};
  for (const container of [...listAt(pod, 'initContainers'), ...listAt(pod, 'containers')] as JsonObject[]) {
    container.resources ??= {};
    container.terminationMessagePath ??= '/dev/termination-log';
    container.terminationMessagePolicy ??= 'File';
    container.imagePullPolicy ??= /:(?!latest$)[^/]+$|@/.test(String(container.image)) ? 'IfNotPresent' : 'Always';
    for (const port of listAt(container, 'ports') as JsonObject[]) port.protocol ??= 'TCP';
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
