import type { RuleRef } from '../../dialect.ts';
import { isOfOurs } from '../interceptors/compile.ts';
import type { EventListener } from '../kinds/event-listener.ts';
import type { InterceptorEntry } from '../kinds/interceptor-spec.ts';
import type { Chosen } from '../select/index.ts';

import type { Rules } from './rules.ts';

/** An object that a trigger names, as far as it is there. */
export interface Need {
  readonly ref: RuleRef;
  /** What it says; undefined where it is not there. */
  readonly says: unknown;
}

/** Every object that an EventListener and its triggers name. */
export function needsOf({ metadata, spec }: EventListener, chosen: readonly Chosen[], rules: Rules): Need[] {
  const { namespace } = metadata;
  const groups = (spec.triggerGroups ?? []).flatMap(({ interceptors = [] }) => interceptors);
  return [
    ...chosen.flatMap((one) => needsOfTrigger(one, rules)),
    ...[...groups, ...chosen.flatMap((one) => one.spec?.interceptors ?? [])].flatMap((entry) => needOfInterceptor(entry, namespace, rules)),
  ];
}

function needsOfTrigger({ name, namespace, spec }: Chosen, rules: Rules): Need[] {
  if (!spec) return [{ ref: { kind: 'Trigger', namespace, name }, says: undefined }];
  const bindings = (spec.bindings ?? []).flatMap(({ ref, kind }): Need[] => {
    if (!ref) return [];
    const where = kind === 'ClusterTriggerBinding' ? '' : namespace;
    return [{ ref: { kind, namespace: where, name: ref }, says: rules.binding(where, ref)?.spec }];
  });
  const { ref } = spec.template ?? {};
  if (ref === undefined) return bindings;
  const template = rules.template(namespace, ref);
  const says = template && { spec: template.spec, annotations: template.metadata.annotations };
  return [...bindings, { ref: { kind: 'TriggerTemplate', namespace, name: ref }, says }];
}

/** Those of Tekton's own that are worked here need no object. */
function needOfInterceptor({ ref }: InterceptorEntry, own: string, rules: Rules): Need[] {
  if (!ref?.name) return [];
  const isNamespaced = ref.kind === 'NamespacedInterceptor';
  const namespace = isNamespaced ? own : '';
  const object = rules.interceptor(namespace, ref.name);
  if (!object && !isNamespaced && isOfOurs(ref.name)) return [];
  const says = object && { spec: object.spec, status: object.status };
  return [{ ref: { kind: isNamespaced ? 'Interceptor' : 'ClusterInterceptor', namespace, name: ref.name }, says }];
}
