import { isObject, type Json, type JsonObject } from '../../../core/json/json.ts';
import { type Upgraded, upgradeVersion } from './version.ts';

/** A Trigger of any age, as one of today. */
export function upgradeTrigger(object: JsonObject): Upgraded {
  const isOld = isAlpha(object);
  const { object: named, findings } = upgradeVersion(object);
  return { object: isObject(named['spec']) ? { ...named, spec: upgradeTriggerSpec(named['spec'], isOld) } : named, findings };
}

export const isAlpha = (object: JsonObject): boolean => object['apiVersion'] === 'triggers.tekton.dev/v1alpha1';

/**
 * What a trigger says, in the form of today: its template named by `name`, bindings named by `name` or written out under `spec`, and
 * interceptors with a field of their own. `isOld` where a binding that has a name and no value can only be meant as a reference.
 */
export function upgradeTriggerSpec(spec: JsonObject, isOld: boolean): JsonObject {
  const { template, bindings, interceptors } = spec;
  return {
    ...spec,
    ...(isObject(template) ? { template: upgradeTemplate(template) } : {}),
    ...(Array.isArray(bindings) ? { bindings: bindings.flatMap((one) => upgradeBinding(one, isOld)) } : {}),
    ...(Array.isArray(interceptors) ? { interceptors: upgradeInterceptors(interceptors) } : {}),
  };
}

function upgradeTemplate({ name, ...rest }: JsonObject): JsonObject {
  return name === undefined || rest['ref'] !== undefined || rest['spec'] !== undefined
    ? { ...rest, ...(name === undefined ? {} : { name }) }
    : { ...rest, ref: name };
}

function upgradeBinding(binding: Json, isOld: boolean): Json[] {
  if (!isObject(binding)) return [binding];
  const { name, spec, ...rest } = binding;
  if (isObject(spec) && Array.isArray(spec['params']) && rest['ref'] === undefined) return spec['params'];
  const isReference = isOld && typeof name === 'string' && rest['value'] === undefined && rest['ref'] === undefined;
  return [isReference ? { ...rest, ref: name } : binding];
}

/** The params of interceptors that once had a field of their own, in Tekton's order. */
const inline: Readonly<Record<string, readonly string[]>> = {
  github: ['secretRef', 'eventTypes'],
  gitlab: ['secretRef', 'eventTypes'],
  bitbucket: ['secretRef', 'eventTypes'],
  cel: ['filter', 'overlays'],
};

/** A param that was not given is null, which means the same. */
export const upgradeInterceptors = (interceptors: readonly Json[]): Json[] =>
  interceptors.map((one) => {
    const name = isObject(one) ? Object.keys(inline).find((field) => isObject(one[field])) : undefined;
    if (!isObject(one) || name === undefined) return one;
    const { [name]: settings, ...rest } = one;
    const given = settings as JsonObject;
    const names = [...inline[name]!, ...Object.keys(given).filter((field) => !inline[name]!.includes(field))];
    return {
      ...rest,
      ref: { name, kind: 'ClusterInterceptor' },
      params: names.map((param) => ({ name: param, value: given[param] ?? null })),
    };
  });
