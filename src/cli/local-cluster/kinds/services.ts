import { createHash } from 'node:crypto';
import type { Json, JsonObject } from '../../../core/json/json.ts';
import type { KubeObject } from '../../../core/kube/kube.ts';
import { type Cause, required, unsupported, wrong } from '../status.ts';
import { at, column, joined, labelsText, listAt, mapIn, wide } from './columns.ts';
import type { Resource } from './resource.ts';
import { row } from './row.ts';

const types = ['ClusterIP', 'ExternalName', 'LoadBalancer', 'NodePort'];

export const serviceRows: readonly Resource[] = [
  row('v1', 'services', 'Service', {
    short: 'svc',
    categories: ['all'],
    status: true,
    nameRule: 'service',
    selectable: ['spec.clusterIP', 'spec.type'],
    columns: [
      column('Type', (object) => at(object, 'spec', 'type')),
      column('Cluster-IP', (object) => at(object, 'spec', 'clusterIP')),
      column('External-IP', externalAddress),
      column('Port(s)', (object) => joined(listAt(object, 'spec', 'ports').map(portText))),
    ],
    wideColumns: [wide('Selector', (object) => labelsText(at(object, 'spec', 'selector')))],
    complete,
    check,
  }),
];

function externalAddress(service: Json): string {
  const given = listAt(service, 'spec', 'externalIPs');
  const type = at(service, 'spec', 'type');
  if (type === 'ExternalName') return String(at(service, 'spec', 'externalName'));
  const balancer = listAt(service, 'status', 'loadBalancer', 'ingress').map((one) => at(one, 'ip') ?? at(one, 'hostname'));
  if (type === 'LoadBalancer' && balancer.length + given.length === 0) return '<pending>';
  return joined([...balancer, ...given]);
}

function portText(port: unknown): string {
  const node = at(port, 'nodePort');
  return `${at(port, 'port')}${node ? `:${node}` : ''}/${at(port, 'protocol')}`;
}

/**
 * Defaults, and addresses that stay the same for the life of the Service. They are drawn from its uid, so nothing has to be remembered;
 * nobody can reach them.
 */
function complete(service: KubeObject, previous: KubeObject | undefined): void {
  const spec = mapIn(service, 'spec');
  service.status ??= { loadBalancer: {} };
  const draw = createHash('sha1').update(String(service.metadata.uid)).digest();
  if (spec.type !== 'ExternalName') {
    const before = at(previous, 'spec', 'clusterIP') as string | undefined;
    spec.clusterIP ||= before || `10.96.${draw[0]}.${1 + (draw[1]! % 254)}`;
    spec.clusterIPs ??= [spec.clusterIP];
    spec.ipFamilies ??= ['IPv4'];
    spec.ipFamilyPolicy ??= 'SingleStack';
    spec.internalTrafficPolicy ??= 'Cluster';
  }
  const outside = spec.type === 'NodePort' || spec.type === 'LoadBalancer';
  if (outside) spec.externalTrafficPolicy ??= 'Cluster';
  if (spec.type === 'LoadBalancer') spec.allocateLoadBalancerNodePorts ??= true;
  for (const [index, port] of (listAt(spec, 'ports') as JsonObject[]).entries()) {
    port.targetPort ??= port.port ?? null;
    if (outside) port.nodePort ??= 30000 + ((draw.readUInt16BE(2) + index) % 2768);
  }
}

function check(service: KubeObject): Cause[] {
  const causes: Cause[] = [];
  const type = at(service, 'spec', 'type');
  const ports = listAt(service, 'spec', 'ports');
  if (!types.includes(type as string)) causes.push(unsupported('spec.type', type, types));
  if (ports.length === 0 && type !== 'ExternalName' && at(service, 'spec', 'clusterIP') !== 'None') causes.push(required('spec.ports'));
  if (type === 'ExternalName' && !at(service, 'spec', 'externalName')) causes.push(required('spec.externalName'));
  for (const [index, port] of ports.entries()) {
    const number = at(port, 'port');
    const field = `spec.ports[${index}]`;
    if (ports.length > 1 && !at(port, 'name')) causes.push(required(`${field}.name`));
    if (!Number.isInteger(number) || (number as number) < 1 || (number as number) > 65535) {
      causes.push(wrong(`${field}.port`, number ?? 0, 'must be between 1 and 65535, inclusive'));
    }
  }
  return causes;
}
