import type { Path } from '../../core/errors/finding.ts';
import { isObject, type Json } from '../../core/json/json.ts';
import { access, type Need } from '../../core/kube/need.ts';
import type { DialectRule } from '../dialect.ts';
import type { EventListener } from './kinds/event-listener.ts';
import type { TemplateSpec } from './kinds/template-spec.ts';
import type { TriggerSpec } from './kinds/trigger-spec.ts';
import { tlsOf } from './translate/tls.ts';

/** What a rule of Tekton Triggers needs: to make what its templates say, in the name of others where it says so, and the Secrets of its interceptors. */
export function needsOf({ kind, metadata, spec }: DialectRule): Need[] {
  const { namespace } = metadata;
  if (kind === 'TriggerTemplate') return templateNeeds(spec as TemplateSpec, namespace, ['spec']);
  if (kind === 'Trigger') return triggerNeeds(spec as TriggerSpec, namespace, ['spec']);
  if (kind !== 'EventListener') return [];
  const listener = spec as EventListener['spec'];
  const tls = tlsOf(listener);
  return [
    ...(listener.triggers ?? []).flatMap((one, index) => triggerNeeds(one, namespace, ['spec', 'triggers', index])),
    ...(listener.triggerGroups ?? []).flatMap(({ interceptors = [] }, index) =>
      secretNeeds(interceptors as Json, namespace, ['spec', 'triggerGroups', index, 'interceptors']),
    ),
    ...(tls ? [tls.cert, tls.key] : []).map(
      ({ name, key }): Need => ({ what: 'key', kind: 'Secret', namespace, name, key, path: ['spec', 'resources'] }),
    ),
  ];
}

function triggerNeeds(spec: Partial<TriggerSpec>, namespace: string, path: Path): Need[] {
  const { template, interceptors = [], serviceAccountName } = spec;
  return [
    ...secretNeeds(interceptors as Json, namespace, [...path, 'interceptors']),
    ...(template?.spec ? templateNeeds(template.spec, namespace, [...path, 'template', 'spec']) : []),
    ...(serviceAccountName ? [impersonation(serviceAccountName, namespace, [...path, 'serviceAccountName'])] : []),
  ];
}

/** To act in the name of an account, and of no other. */
const impersonation = (name: string, namespace: string, path: Path): Need => ({
  what: 'access',
  type: { apiVersion: 'v1', kind: 'ServiceAccount' },
  verbs: ['impersonate'],
  namespace,
  name,
  path,
});

function templateNeeds({ resourcetemplates }: TemplateSpec, namespace: string, path: Path): Need[] {
  return (resourcetemplates as Json[]).flatMap((object, index): Need[] => {
    if (!isObject(object) || typeof object['apiVersion'] !== 'string' || typeof object['kind'] !== 'string') return [];
    const written = isObject(object['metadata']) ? object['metadata']['namespace'] : undefined;
    const where = typeof written === 'string' && !written.includes('$(') ? written : namespace;
    return [access(object['apiVersion'], object['kind'], ['create', 'get'], where, [...path, 'resourcetemplates', index, 'kind'])];
  });
}

/** `compareSecret('KEY', 'NAME')` in an expression. */
const comparison = /\.compareSecret\(\s*(['"])(?<key>.*?)\1\s*,\s*(['"])(?<name>.*?)\3/g;

/** Every `{secretName, secretKey}` in the params of interceptors, and every Secret that an expression in them compares with. */
function secretNeeds(value: Json, namespace: string, path: Path): Need[] {
  if (typeof value === 'string')
    return [...value.matchAll(comparison)].flatMap(({ groups: { name = '', key = '' } = {} }) => ({
      what: 'key',
      kind: 'Secret',
      namespace,
      name,
      key,
      path,
    }));
  if (Array.isArray(value)) return value.flatMap((one, index) => secretNeeds(one, namespace, [...path, index]));
  if (!isObject(value)) return [];
  const { secretName: name, secretKey: key } = value;
  if (typeof name === 'string' && typeof key === 'string') return [{ what: 'key', kind: 'Secret', namespace, name, key, path }];
  return Object.entries(value).flatMap(([field, inner]) => secretNeeds(inner, namespace, [...path, field]));
}
