import { isObject, type Json, type JsonObject } from '../../../core/json/json.ts';
import { isAlpha, upgradeInterceptors, upgradeTriggerSpec } from './trigger.ts';
import { type Upgraded, upgradeVersion } from './version.ts';

/** An EventListener of any age, as one of today: the fields that are under `resources` now once stood in `spec` itself. */
export function upgradeListener(object: JsonObject): Upgraded {
  const { object: named } = upgradeVersion(object);
  if (!isObject(named['spec'])) return { object: named, findings: [] };
  const { replicas, serviceType, podTemplate, resources, triggers, triggerGroups, ...rest } = named['spec'];
  const upgraded = Array.isArray(triggers)
    ? triggers.map((one, index) =>
        isObject(one) ? upgradeTriggerSpec(one, ['spec', 'triggers', index], isAlpha(object)) : { spec: one, findings: [] },
      )
    : undefined;
  const spec = left({
    triggers: upgraded?.map((one) => one.spec) ?? triggers,
    triggerGroups: Array.isArray(triggerGroups) ? triggerGroups.map(upgradeGroup) : triggerGroups,
    resources: upgradeResources(resources, { replicas, serviceType, podTemplate }),
  });
  return { object: { ...named, spec: { ...rest, ...spec } }, findings: (upgraded ?? []).flatMap(({ findings }) => findings) };
}

function upgradeGroup(group: Json): Json {
  if (!isObject(group) || !Array.isArray(group['interceptors'])) return group;
  return { ...group, interceptors: upgradeInterceptors(group['interceptors']) };
}

type Maybe = Json | undefined;

/** What stands under `resources` already counts for more. */
function upgradeResources(
  resources: Maybe,
  { podTemplate, ...settings }: Readonly<Record<'replicas' | 'serviceType' | 'podTemplate', Maybe>>,
): Maybe {
  if (resources !== undefined && !isObject(resources)) return resources;
  const given = resources?.['kubernetesResource'];
  if (given !== undefined && !isObject(given)) return resources;
  const old = { ...left(settings), ...(isObject(podTemplate) ? { spec: { template: { spec: podTemplate } } } : {}) };
  if (Object.keys(old).length === 0 && !given) return resources;
  const merged: JsonObject = { ...old, ...given };
  return { ...resources, kubernetesResource: merged['replicas'] === 0 ? { ...merged, replicas: 1 } : merged };
}

/** Those fields that are there. */
const left = (fields: Readonly<Record<string, Maybe>>): JsonObject =>
  Object.fromEntries(Object.entries(fields).filter(([, value]) => value !== undefined)) as JsonObject;
