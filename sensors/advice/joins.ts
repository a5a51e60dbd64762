import { type Finding, type Path, warning } from '../../src/core/errors/finding.ts';
import { compileCondition } from '../conditions/compile.ts';
import type { TriggerSpec } from '../triggers/spec.ts';

/** Joins that join nothing, and such as hold events for ever. */
export function joinAdvice({ template }: TriggerSpec, dependencies: readonly string[], path: Path): Finding[] {
  const { join, conditionsReset = [] } = template;
  const at = [...path, 'template'];
  const { value, findings } = compileCondition({ conditions: template.conditions }, dependencies, at);
  if (findings.length > 0) return [];
  const fields = [...(join ? ['join'] : []), ...(conditionsReset.length > 0 ? ['conditionsReset'] : [])];
  if (!value.join)
    return fields.map((field) => {
      const problem = `${field} has no effect: every event fires this trigger by itself, so nothing waits`;
      return warning('CONFIG_INVALID', [...at, field], { problem }, { atKey: true, hint: 'join dependencies by && in conditions' });
    });
  if (join?.key === undefined || join.within !== undefined || conditionsReset.length > 0) return [];
  const problem = 'events whose key never comes again are held for ever';
  return [warning('CONFIG_INVALID', [...at, 'join', 'key'], { problem }, { hint: 'say how long they wait, such as within: 1h' })];
}
