import type { Finding, Path } from '../../../core/errors/finding.ts';
import { isObject, type Json } from '../../../core/json/json.ts';
import { invalid, missing, notOne } from './check-names.ts';
import type { ListenerSpec } from './listener-spec.ts';

const podFields = [
  'serviceAccountName',
  'containers',
  'tolerations',
  'nodeSelector',
  'affinity',
  'topologySpreadConstraints',
  'imagePullSecrets',
  'securityContext',
];
const containerFields = ['resources', 'env', 'livenessProbe', 'readinessProbe', 'startupProbe', 'securityContext'];

/** What the schema cannot say of how a listener is reached. */
export function checkResources({ kubernetesResource: resource, customResource }: NonNullable<ListenerSpec['resources']>): Finding[] {
  const path = ['spec', 'resources'];
  const choices = ['kubernetesResource', 'customResource'];
  if (resource && customResource) return [notOne(path, choices, choices)];
  if (!resource) return checkPod(podOf(customResource as Json | undefined), [...path, 'customResource', 'spec', 'template', 'spec']);
  const at = [...path, 'kubernetesResource'];
  const { replicas = 0, serviceType = 'ClusterIP', serviceLoadBalancerClass: balancer } = resource;
  return [
    ...(replicas < 0 ? [invalid([...at, 'replicas'], `there cannot be ${replicas} replicas`)] : []),
    ...(balancer !== undefined && serviceType !== 'LoadBalancer'
      ? [
          invalid(
            [...at, 'serviceLoadBalancerClass'],
            `a load balancer has a class, and a Service of type ${serviceType} none`,
            'serviceType: LoadBalancer',
          ),
        ]
      : []),
    ...checkPod(podOf(resource as Json), [...at, 'spec', 'template', 'spec']),
  ];
}

function podOf(resource: Json | undefined): Json | undefined {
  return (['spec', 'template', 'spec'] as const).reduce<Json | undefined>(
    (value, step) => (isObject(value) ? value[step] : undefined),
    resource,
  );
}

function checkPod(pod: Json | undefined, path: Path): Finding[] {
  if (!isObject(pod)) return [];
  const { containers } = pod;
  const findings = notTaken(pod, podFields, 'pod of a listener', path);
  if (!Array.isArray(containers)) return findings;
  if (containers.length > 1) findings.push(invalid([...path, 'containers'], `a listener has one container, not ${containers.length}`));
  const [container] = containers;
  return isObject(container) ? [...findings, ...checkContainer(container, [...path, 'containers', 0])] : findings;
}

function checkContainer(container: { readonly [field: string]: Json }, path: Path): Finding[] {
  const findings = notTaken(container, containerFields, 'container of a listener', path);
  const env = Array.isArray(container['env']) ? container['env'].filter(isObject) : [];
  env.forEach((one, index) => {
    const at = [...path, 'env', index];
    findings.push(...notTaken(one, ['name', 'valueFrom'], 'variable of a listener', at));
    if (isObject(one['valueFrom']))
      findings.push(...notTaken(one['valueFrom'], ['secretKeyRef'], 'variable of a listener', [...at, 'valueFrom']));
  });
  const names = ['TLS_CERT', 'TLS_KEY'];
  const found = names.filter((name) => env.some((one) => one['name'] === name));
  if (found.length !== 1) return findings;
  const other = names.find((name) => name !== found[0]);
  return [...findings, missing([...path, 'env'], `TLS needs a certificate and its key: ${found[0]} is there, and ${other} is not`)];
}

/** Fields that Tekton refuses there. */
function notTaken(value: object, taken: readonly string[], what: string, path: Path): Finding[] {
  return Object.keys(value)
    .filter((field) => !taken.includes(field))
    .map((field) => ({ ...invalid([...path, field], `the ${what} takes no ${field}`, `one of ${taken.join(', ')}`), atKey: true }));
}
