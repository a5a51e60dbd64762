import { isObject, type Json } from '../../../core/json/json.ts';
import type { KubeObject } from '../../../core/kube/kube.ts';
import { type Cause, required, unsupported, wrong } from '../status.ts';
import { at, column, joined, listAt, mapIn, selectorText } from './columns.ts';
import type { Resource } from './resource.ts';
import { row } from './row.ts';

const pathTypes = ['Exact', 'ImplementationSpecific', 'Prefix'];

export const networkingKinds: readonly Resource[] = [
  row('networking.k8s.io/v1', 'ingresses', 'Ingress', {
    short: 'ing',
    status: true,
    generation: true,
    columns: [
      column(
        'Class',
        (object) => at(object, 'spec', 'ingressClassName') ?? at(object, 'metadata', 'annotations', 'kubernetes.io/ingress.class'),
      ),
      column('Hosts', hosts),
      column('Address', (object) =>
        listAt(object, 'status', 'loadBalancer', 'ingress')
          .map((one) => at(one, 'ip') ?? at(one, 'hostname'))
          .join(','),
      ),
      column('Ports', (object) => (listAt(object, 'spec', 'tls').length > 0 ? '80, 443' : '80')),
    ],
    complete(object) {
      object.status ??= { loadBalancer: {} };
    },
    check: checkIngress,
  }),
  row('networking.k8s.io/v1', 'ingressclasses', 'IngressClass', {
    cluster: true,
    generation: true,
    columns: [
      column('Controller', (object) => at(object, 'spec', 'controller')),
      column('Parameters', (object) =>
        at(object, 'spec', 'parameters')
          ? `${at(object, 'spec', 'parameters', 'kind')}/${at(object, 'spec', 'parameters', 'name')}`
          : '<none>',
      ),
    ],
  }),
  row('networking.k8s.io/v1', 'networkpolicies', 'NetworkPolicy', {
    short: 'netpol',
    generation: true,
    complete: completePolicy,
    columns: [column('Pod-Selector', (object) => selectorText(at(object, 'spec', 'podSelector')))],
  }),
  row('discovery.k8s.io/v1', 'endpointslices', 'EndpointSlice', {
    generation: true,
    columns: [
      column('AddressType', (object) => at(object, 'addressType')),
      column('Ports', (object) =>
        joined(
          listAt(object, 'ports').map((one) => at(one, 'port') ?? '*'),
          3,
        ),
      ),
      column('Endpoints', (object) =>
        joined(
          listAt(object, 'endpoints').flatMap((one) => listAt(one, 'addresses')),
          3,
        ),
      ),
    ],
  }),
];

/** A policy is about traffic that comes in, and about traffic that leaves where it speaks of that. */
function completePolicy(policy: KubeObject): void {
  const spec = mapIn(policy, 'spec');
  if (listAt(spec, 'policyTypes').length === 0) spec.policyTypes = listAt(spec, 'egress').length > 0 ? ['Ingress', 'Egress'] : ['Ingress'];
}

function hosts(ingress: Json): string {
  const named = listAt(ingress, 'spec', 'rules')
    .map((rule) => at(rule, 'host'))
    .filter(Boolean);
  return named.length === 0 ? '*' : joined(named, 3);
}

function checkIngress(ingress: KubeObject): Cause[] {
  const causes: Cause[] = [];
  const rules = listAt(ingress, 'spec', 'rules');
  if (rules.length === 0 && !at(ingress, 'spec', 'defaultBackend')) {
    causes.push(wrong('spec', ingress.spec ?? {}, 'either `defaultBackend` or `rules` must be specified'));
  }
  for (const [index, rule] of rules.entries()) {
    const host = at(rule, 'host');
    if (typeof host === 'string' && host !== '' && !/^(\*\.)?[a-z0-9]([-a-z0-9]*[a-z0-9])?(\.[a-z0-9]([-a-z0-9]*[a-z0-9])?)*$/.test(host)) {
      causes.push(
        wrong(
          `spec.rules[${index}].host`,
          host,
          "a lowercase RFC 1123 subdomain must consist of lower case alphanumeric characters, '-' or '.', and must start and end with an alphanumeric character (e.g. 'example.com', regex used for validation is '[a-z0-9]([-a-z0-9]*[a-z0-9])?(\\.[a-z0-9]([-a-z0-9]*[a-z0-9])?)*')",
        ),
      );
    }
    for (const [position, path] of listAt(rule, 'http', 'paths').entries())
      causes.push(...checkPath(path, `spec.rules[${index}].http.paths[${position}]`));
  }
  return causes;
}

function checkPath(path: unknown, field: string): Cause[] {
  const causes: Cause[] = [];
  const type = at(path, 'pathType');
  const words = at(path, 'path');
  if (type === undefined || type === null) causes.push(required(`${field}.pathType`, 'pathType must be specified'));
  else if (!pathTypes.includes(type as string)) causes.push(unsupported(`${field}.pathType`, type, pathTypes));
  else if (type !== 'ImplementationSpecific' && !String(words ?? '').startsWith('/')) {
    causes.push(wrong(`${field}.path`, words ?? '', 'must be an absolute path'));
  }
  return [...causes, ...checkBackend(at(path, 'backend'), `${field}.backend`)];
}

function checkBackend(backend: unknown, field: string): Cause[] {
  const service = at(backend, 'service');
  if (at(backend, 'resource')) return [];
  if (!isObject(service)) return [required(field, "can't be empty: specify either `service` or `resource` backend")];
  const causes: Cause[] = [];
  if (!service.name) causes.push(required(`${field}.service.name`));
  if (!at(service, 'port', 'name') && !at(service, 'port', 'number')) causes.push(required(field, 'port name or number is required'));
  return causes;
}
