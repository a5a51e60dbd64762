/** What the rules need of an API server: kinds, permissions, and objects that they name. Pure. */
import type { EventSource } from '../../../../eventsources/kind.ts';
import type { Sensor } from '../../../../sensors/kind.ts';
import { dlqsOf } from '../../../../sensors/triggers/dlq.ts';
import type { TriggerSpec } from '../../../../sensors/triggers/spec.ts';
import type { Path } from '../../../core/errors/finding.ts';
import { isObject, type Json } from '../../../core/json/json.ts';
import type { Rule } from '../../../manifests/check.ts';

export type Need =
  /** The verbs on a resource, found by its kind or by its plural name. `namespace` undefined: which one, only an event says. */
  | {
      readonly what: 'access';
      readonly type:
        | { readonly apiVersion: string; readonly kind: string }
        | { readonly group: string; readonly version: string; readonly resource: string };
      readonly verbs: readonly string[];
      /** '' for all namespaces. */
      readonly namespace: string | undefined;
      readonly path: Path;
    }
  /** A key of a Secret or ConfigMap. */
  | {
      readonly what: 'key';
      readonly kind: 'Secret' | 'ConfigMap';
      readonly namespace: string;
      readonly name: string;
      readonly key: string;
      readonly path: Path;
    };

export function needsOf({ kind, metadata, value }: Rule): Need[] {
  const { namespace } = metadata;
  const { spec } = value as { spec: Json };
  const keys = keysIn(spec, namespace, ['spec']);
  if (kind === 'Sensor')
    return [
      ...keys,
      ...(value as Sensor).spec.triggers.flatMap((trigger, index) => triggerNeeds(trigger, namespace, ['spec', 'triggers', index])),
    ];
  return kind === 'EventSource' ? [...keys, ...sourceNeeds(value as EventSource)] : keys;
}

function sourceNeeds({ spec }: EventSource): Need[] {
  return Object.entries(spec.resource ?? {}).map(([name, { group, version, resource, namespace }]) => ({
    what: 'access',
    type: { group, version, resource },
    verbs: ['list', 'watch'],
    namespace,
    path: ['spec', 'resource', name, 'resource'],
  }));
}

const verbs = {
  create: ['create', 'get'],
  update: ['get', 'create', 'update'],
  patch: ['patch', 'create'],
  delete: ['delete'],
  apply: ['patch'],
  /** Which one, an event says. */
  any: ['get', 'create', 'update', 'delete'],
};

/** Those of a trigger, and of the dlqTriggers that stand behind it. */
function triggerNeeds(trigger: TriggerSpec, namespace: string, path: Path): Need[] {
  return [{ trigger, at: path }, ...dlqsOf(trigger, path)].flatMap((one) => actionNeeds(one.trigger, namespace, one.at));
}

function actionNeeds({ template, parameters = [], policy }: TriggerSpec, namespace: string, path: Path): Need[] {
  const { source, operation, parameters: own = [] } = template.k8s ?? {};
  const object = source?.resource;
  const isChanged = (...places: string[]): boolean =>
    own.some(({ dest }) => places.includes(dest)) ||
    parameters.some(({ dest }) => places.some((place) => /^k8s\.source/i.test(dest) && dest.endsWith(place)));
  if (!isObject(object) || source?.inline || isChanged('kind', 'apiVersion')) return [];
  const { apiVersion, kind, metadata } = object as Record<string, Json>;
  if (typeof apiVersion !== 'string' || typeof kind !== 'string') return [];
  const written = isObject(metadata) ? metadata['namespace'] : undefined;
  const isChosen = parameters.some(({ dest }) => dest.toLowerCase() === 'k8s.operation');
  return [
    {
      what: 'access',
      type: { apiVersion, kind },
      verbs: [...new Set([...verbs[isChosen ? 'any' : operation || 'create'], ...(policy?.k8s ? ['get'] : [])])],
      namespace: isChanged('metadata.namespace', 'metadata') ? undefined : String(written || namespace),
      path: [...path, 'template', 'k8s', 'source', 'resource', 'kind'],
    },
  ];
}

/** Every `…Secret`, `secretKeyRef`, `configmap` and the like that names an object and a key. The pods' own settings are not ours. */
function keysIn(value: Json | undefined, namespace: string, path: Path): Need[] {
  if (Array.isArray(value)) return value.flatMap((one, index) => keysIn(one, namespace, [...path, index]));
  if (!isObject(value)) return [];
  return Object.entries(value).flatMap(([field, inner]) => {
    const at = [...path, field];
    const kind = /secret(KeyRef)?$/i.test(field) ? 'Secret' : /config-?map(KeyRef)?$/i.test(field) ? 'ConfigMap' : undefined;
    if (kind && isObject(inner) && typeof inner['name'] === 'string' && typeof inner['key'] === 'string')
      return [{ what: 'key' as const, kind, namespace, name: inner['name'], key: inner['key'], path: at }];
    return (path.length === 1 && field === 'template') || (field === 'resource' && path.at(-1) === 'source')
      ? []
      : keysIn(inner, namespace, at);
  });
}
