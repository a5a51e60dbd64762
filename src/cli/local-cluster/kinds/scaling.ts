import type { JsonObject } from '../../../core/json/json.ts';
import type { KubeObject } from '../../../core/kube/kube.ts';
import { at, column, joined, listAt } from './columns.ts';
import type { Resource } from './resource.ts';
import { row } from './row.ts';

/** How many pods there should be. No controller runs, so nothing is scaled here. */
export const scalingRows: readonly Resource[] = [
  row('autoscaling/v2', 'horizontalpodautoscalers', 'HorizontalPodAutoscaler', {
    short: 'hpa',
    categories: ['all'],
    status: true,
    columns: [
      column('Reference', (object) => `${at(object, 'spec', 'scaleTargetRef', 'kind')}/${at(object, 'spec', 'scaleTargetRef', 'name')}`),
      column('Targets', (object) => joined(listAt(object, 'spec', 'metrics').map(targetText))),
      column('MinPods', (object) => String(at(object, 'spec', 'minReplicas') ?? '<unset>')),
      column('MaxPods', (object) => String(at(object, 'spec', 'maxReplicas'))),
      column('Replicas', (object) => String(at(object, 'status', 'currentReplicas') ?? 0)),
    ],
    complete,
  }),
];

/** What a metric is and should be: `cpu: <unknown>/50%`. */
function targetText(metric: unknown): string {
  const inner = at(metric, `${String(at(metric, 'type')).charAt(0).toLowerCase()}${String(at(metric, 'type')).slice(1)}`);
  const percent = at(inner, 'target', 'averageUtilization');
  const wanted = percent === undefined ? (at(inner, 'target', 'averageValue') ?? at(inner, 'target', 'value')) : `${percent}%`;
  const name = at(inner, 'name');
  return `${name ? `${name}: ` : ''}<unknown>/${wanted}`;
}

/** Without a metric it is CPU, at 80 percent. */
function complete(object: KubeObject): void {
  const spec = object.spec as JsonObject | undefined;
  if (!spec || listAt(spec, 'metrics').length > 0) return;
  spec.metrics = [{ type: 'Resource', resource: { name: 'cpu', target: { type: 'Utilization', averageUtilization: 80 } } }];
}
