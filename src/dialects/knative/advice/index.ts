/**
 * SinkBinding and ContainerSource: Knative changes workloads, and makes them, through a webhook in the cluster. We do neither; the status
 * of the object says what its author would apply to have the same.
 */
import type { JsonObject } from '../../../core/json/json.ts';
import { toYaml } from '../../../core/yaml/print.ts';
import type { ContainerSourceSpec } from '../kinds/container-source.ts';
import type { SinkBindingSpec } from '../kinds/sink-binding.ts';
import { type Binding, bound, environmentOf } from './bind.ts';

export function bindingAdvice({ subject }: SinkBindingSpec, binding: Binding): string {
  const { kind = 'workload', name } = subject ?? {};
  const whose = name ? `the containers of ${kind} ${name}` : `the containers of each ${kind} that the selector finds`;
  return `Nothing is changed in the cluster. Write this into ${whose}:\n${toYaml({ env: environmentOf(binding) })}`;
}

interface Named {
  readonly name: string;
  readonly namespace: string;
}

export function containerAdvice({ name, namespace }: Named, { template }: ContainerSourceSpec, binding: Binding): string {
  const labels = { 'sources.knative.dev/containerSource': name };
  const { metadata = {}, spec: pod = {} } = template ?? {};
  const deployment = {
    apiVersion: 'apps/v1',
    kind: 'Deployment',
    metadata: { name: `${name}-deployment`, namespace },
    spec: {
      selector: { matchLabels: labels },
      template: {
        metadata: { ...metadata, labels: { ...(metadata['labels'] as JsonObject | undefined), ...labels } },
        spec: bound(pod as JsonObject, binding),
      },
    },
  };
  return `Nothing is made in the cluster. Apply this, and the program sends its events:\n${toYaml(deployment as JsonObject)}`;
}
