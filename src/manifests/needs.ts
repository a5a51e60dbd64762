/** What the rules need of an API server: kinds, permissions, and objects that they name. Pure. */
import type { EventSource } from '../../eventsources/kind.ts';
import type { Sensor } from '../../sensors/kind.ts';
import { dlqsOf } from '../../sensors/triggers/dlq.ts';
import type { TriggerSpec } from '../../sensors/triggers/spec.ts';
import type { Path } from '../core/errors/finding.ts';
import { isObject, type Json } from '../core/json/json.ts';
import { access, type Need } from '../core/kube/need.ts';
import { dialectOf } from '../dialects/index.ts';
import { dialectRule, type Rule } from './rule.ts';

export function needsOf(rule: Rule): Need[] {
  const { kind, metadata, value } = rule;
  const dialect = dialectOf(rule);
  if (dialect) return dialect.needs(dialectRule(rule));
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

function sourceNeeds({ spec, metadata }: EventSource): Need[] {
  const kept = Object.entries(spec.calendar ?? {}).flatMap(([name, { persistence }]): Need[] => {
    if (!persistence?.configMap) return [];
    const verbs = ['get', 'patch', ...(persistence.configMap.createIfNotExist ? ['create'] : [])];
    return [access('v1', 'ConfigMap', verbs, metadata.namespace, ['spec', 'calendar', name, 'persistence', 'configMap'])];
  });
  return [...kept, ...watched({ spec })];
}

function watched({ spec }: Pick<EventSource, 'spec'>): Need[] {
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
  /** What is not there is made by it, too. */
  apply: ['patch', 'create'],
  /** Which one, an event says. */
  any: ['get', 'create', 'update', 'delete'],
};

/** Those of a trigger, and of the dlqTriggers that stand behind it. */
function triggerNeeds(trigger: TriggerSpec, namespace: string, path: Path): Need[] {
  return [{ trigger, at: path }, ...dlqsOf(trigger, path)].flatMap((one) => actionNeeds(one.trigger, namespace, one.at));
}

function actionNeeds(trigger: TriggerSpec, namespace: string, path: Path): Need[] {
  const { k8s, argoWorkflow, tekton } = trigger.template;
  if (k8s) return objectNeeds(trigger, k8s, namespace, path);
  if (argoWorkflow) return workflowNeeds(argoWorkflow, namespace, [...path, 'template', 'argoWorkflow']);
  return tekton ? runNeeds(tekton, namespace, [...path, 'template', 'tekton']) : [];
}

function objectNeeds(
  { parameters = [], policy }: TriggerSpec,
  { source, operation, liveObject, parameters: own = [] }: NonNullable<TriggerSpec['template']['k8s']>,
  namespace: string,
  path: Path,
): Need[] {
  const object = source?.resource;
  const isChanged = (...places: string[]): boolean =>
    own.some(({ dest }) => places.includes(dest)) ||
    parameters.some(({ dest }) => places.some((place) => /^k8s\.source/i.test(dest) && dest.endsWith(place)));
  if (!isObject(object) || source?.inline || isChanged('kind', 'apiVersion')) return [];
  const { apiVersion, kind, metadata } = object as Record<string, Json>;
  if (typeof apiVersion !== 'string' || typeof kind !== 'string') return [];
  const written = isObject(metadata) ? metadata['namespace'] : undefined;
  const isChosen = parameters.some(({ dest }) => dest.toLowerCase() === 'k8s.operation');
  const all = [
    ...verbs[isChosen ? 'any' : operation || 'create'],
    ...(policy?.k8s || liveObject ? ['get'] : []),
    ...(liveObject ? ['update'] : []),
  ];
  const where = isChanged('metadata.namespace', 'metadata') ? undefined : String(written || namespace);
  return [access(apiVersion, kind, [...new Set(all)], where, [...path, 'template', 'k8s', 'source', 'resource', 'kind'])];
}

const argo = 'argoproj.io/v1alpha1';

function workflowNeeds({ operation, source }: NonNullable<TriggerSpec['template']['argoWorkflow']>, namespace: string, path: Path): Need[] {
  const object = source?.resource;
  const { kind = 'Workflow', metadata } = isObject(object) ? (object as Record<string, Json>) : {};
  const where = String((isObject(metadata) ? metadata['namespace'] : undefined) || namespace);
  if (operation === undefined || operation === 'submit') return [access(argo, 'Workflow', ['create', 'get'], where, path)];
  if (operation === 'resubmit') return [access(argo, 'Workflow', ['get', 'create'], where, path)];
  if (operation !== 'submit-from') return [access(argo, 'Workflow', ['get', 'update', 'patch'], where, path)];
  return [access(argo, String(kind), ['get'], where, path), access(argo, 'Workflow', ['create', 'get'], where, path)];
}

function runNeeds(
  { pipeline, source, namespace: written }: NonNullable<TriggerSpec['template']['tekton']>,
  namespace: string,
  path: Path,
): Need[] {
  const object = isObject(source?.resource) ? (source.resource as Record<string, Json>) : {};
  const kind = String(object['kind'] ?? (pipeline === undefined ? 'TaskRun' : 'PipelineRun'));
  const own = isObject(object['metadata']) ? object['metadata']['namespace'] : undefined;
  return [access(String(object['apiVersion'] ?? 'tekton.dev/v1'), kind, ['create', 'get'], String(written || own || namespace), path)];
}

/**
 * Every `{name, key}`: of a ConfigMap where its field says so, else of a Secret, whatever the field is called (`accessToken`, `password`).
 * The pods' own settings, and objects that are made, are not ours.
 */
function keysIn(value: Json | undefined, namespace: string, path: Path): Need[] {
  if (Array.isArray(value)) return value.flatMap((one, index) => keysIn(one, namespace, [...path, index]));
  if (!isObject(value)) return [];
  return Object.entries(value).flatMap(([field, inner]) => {
    const at = [...path, field];
    if (isSelector(inner)) {
      const kind = /config-?map(KeyRef)?$/i.test(field) ? 'ConfigMap' : 'Secret';
      return [{ what: 'key' as const, kind, namespace, name: inner.name, key: inner.key, path: at }];
    }
    return (path.length === 1 && field === 'template') || (field === 'resource' && path.at(-1) === 'source')
      ? []
      : keysIn(inner, namespace, at);
  });
}

const isSelector = (value: Json | undefined): value is { name: string; key: string } =>
  isObject(value) &&
  typeof value['name'] === 'string' &&
  typeof value['key'] === 'string' &&
  Object.keys(value).every((field) => ['name', 'key', 'optional'].includes(field));
