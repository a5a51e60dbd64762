/**
 * What only shows when the rules of Tekton are seen together: bindings and templates that nobody has, and params that do not meet.
 *
 * For `validate`, before anything runs: all that is said is a warning, for what is missing may be in the cluster already.
 */
import type { Finding } from '../../../core/errors/finding.ts';
import type { JsonObject } from '../../../core/json/json.ts';
import { read } from '../../../core/schema/read.ts';
import type { DialectRule } from '../../dialect.ts';
import type { EventListener } from '../kinds/event-listener.ts';
import { tektonKinds } from '../kinds/index.ts';
import type { Trigger } from '../kinds/trigger.ts';
import { Loaded } from './loaded.ts';
import { triggerAdvice } from './trigger.ts';

/** `objects` are whole, in any form that their kinds take; what they cannot read is left out, and told elsewhere. Paths are those of today's form. */
export function tektonAdvice(objects: readonly JsonObject[]): (object: JsonObject) => Finding[] {
  const rules = new Map(objects.flatMap((object) => [[object, ruleOf(object)] as const]));
  const loaded = new Loaded([...rules.values()].filter((rule) => rule !== undefined));
  return (object) => {
    const rule = rules.get(object);
    if (rule?.kind === 'Trigger') return triggerAdvice((rule as unknown as Trigger).spec, rule.metadata.namespace, ['spec'], loaded);
    return rule?.kind === 'EventListener' ? listenerAdvice(rule as unknown as EventListener, loaded) : [];
  };
}

function ruleOf(object: JsonObject): DialectRule | undefined {
  const kind = tektonKinds.find(({ group, kind: name }) => name === object['kind'] && String(object['apiVersion']).startsWith(`${group}/`));
  return kind && (read(kind.schema, kind.upgrade?.(object).object ?? object).value as DialectRule | undefined);
}

const listenerAdvice = ({ metadata: { namespace }, spec }: EventListener, loaded: Loaded): Finding[] =>
  (spec.triggers ?? []).flatMap((entry, index) => {
    const path = ['spec', 'triggers', index];
    if (!entry.triggerRef) return triggerAdvice(entry, namespace, path, loaded);
    return loaded.missing('Trigger', namespace, entry.triggerRef, [...path, 'triggerRef']);
  });
