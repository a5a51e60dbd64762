import type { Finding, Path } from '../../../core/errors/finding.ts';
import { isObject, type Json, type JsonObject } from '../../../core/json/json.ts';
import { upgradeTemplateSpec } from './template.ts';
import { type Upgraded, upgradeVersion } from './version.ts';

/** A Trigger of any age, as one of today. */
export function upgradeTrigger(object: JsonObject): Upgraded {
  const { object: named } = upgradeVersion(object);
  if (!isObject(named['spec'])) return { object: named, findings: [] };
  const { spec, findings } = upgradeTriggerSpec(named['spec'], ['spec'], isAlpha(object));
  return { object: { ...named, spec }, findings };
}

export const isAlpha = (object: JsonObject): boolean => object['apiVersion'] === 'triggers.tekton.dev/v1alpha1';

/**
 * What a trigger says, in the form of today: its template named by `name`, bindings named by `name` or written out under `spec`, and
 * interceptors with a field of their own. `isOld` where a binding that has a name and no value can only be meant as a reference.
 */
export function upgradeTriggerSpec(spec: JsonObject, path: Path, isOld: boolean): { spec: JsonObject; findings: readonly Finding[] } {
  const { template, bindings, interceptors } = spec;
  const embedded = isObject(template) ? upgradeTemplateSpec(template['spec'], [...path, 'template', 'spec']) : undefined;
  return {
    findings: embedded?.findings ?? [],
    spec: {
      ...spec,
      ...(isObject(template) ? { template: upgradeReference(template, embedded?.spec) } : {}),
      ...(Array.isArray(bindings) ? { bindings: bindings.flatMap((one) => upgradeBinding(one, isOld)) } : {}),
      ...(Array.isArray(interceptors) ? { interceptors: upgradeInterceptors(interceptors) } : {}),
    },
  };
}

function upgradeReference({ name, ...rest }: JsonObject, spec: Json | undefined): JsonObject {
  if (spec !== undefined) return { ...rest, ...(name === undefined ? {} : { name }), spec };
  if (name === undefined) return rest;
  return rest['ref'] === undefined ? { ...rest, ref: name } : { ...rest, name };
}

function upgradeBinding(binding: Json, isOld: boolean): Json[] {
  if (!isObject(binding)) return [binding];
  const { name, spec, ...rest } = withoutEmptyKind(binding);
  if (isObject(spec) && Array.isArray(spec['params']) && rest['ref'] === undefined) return spec['params'];
  const isReference = isOld && typeof name === 'string' && rest['value'] === undefined && rest['ref'] === undefined;
  return [isReference ? { ...rest, ref: name } : withoutEmptyKind(binding)];
}

/** A kind that is empty is one that is left out. */
function withoutEmptyKind({ kind, ...rest }: JsonObject): JsonObject {
  return kind === undefined || kind === '' ? rest : { ...rest, kind };
}

/** The params of interceptors that once had a field of their own, in Tekton's order. */
const inline: Readonly<Record<string, readonly string[]>> = {
  github: ['secretRef', 'eventTypes'],
  gitlab: ['secretRef', 'eventTypes'],
  bitbucket: ['secretRef', 'eventTypes'],
  cel: ['filter', 'overlays'],
};

/** A param that was not given is null, which means the same. Of several in one entry each is a step: a filter must not get lost. */
export const upgradeInterceptors = (interceptors: readonly Json[]): Json[] =>
  interceptors.flatMap((one): Json[] => {
    if (!isObject(one)) return [one];
    const names = Object.keys(inline).filter((field) => isObject(one[field]));
    if (names.length === 0) return [isObject(one['ref']) ? { ...one, ref: withoutEmptyKind(one['ref']) } : one];
    const rest = Object.fromEntries(Object.entries(one).filter(([field]) => !names.includes(field)));
    return names.map((name) => ({
      ...rest,
      ref: { name, kind: 'ClusterInterceptor' },
      params: paramsOf(one[name] as JsonObject, inline[name]!),
    }));
  });

function paramsOf(given: JsonObject, known: readonly string[]): Json[] {
  const others = Object.keys(given).filter((field) => !known.includes(field));
  return [...known, ...others].map((name) => ({ name, value: given[name] ?? null }));
}
