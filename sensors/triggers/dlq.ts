import { error, type Finding, type Path, warning } from '../../src/core/errors/finding.ts';
import { read } from '../../src/core/schema/read.ts';
import type { Checked } from '../checked.ts';
import { dlqName } from './dlq-name.ts';
import { type TriggerSpec, triggerSpec } from './spec.ts';

/**
 * The trigger that gets what another one has given up; undefined where there is none, or where it cannot be read. It fires for the same
 * events under the same order key, so what says when a trigger fires has no effect in it.
 */
export function readDlq({ dlqTrigger, atLeastOnce, template }: TriggerSpec, path: Path): Checked<TriggerSpec | undefined> {
  if (!dlqTrigger) return { value: undefined, findings: [] };
  const { value, findings } = read(triggerSpec, dlqTrigger, path);
  const refused = (problem: string): Finding => error('CONFIG_INVALID', path, { problem }, { atKey: true });
  const rules = [
    ...(atLeastOnce ? [] : [refused('to use dlqTrigger, trigger.atLeastOnce must be set to true')]),
    ...(value && !value.atLeastOnce ? [refused('atLeastOnce must be set to true within the dlqTrigger')] : []),
  ];
  if (!value) return { value, findings: [...rules, ...findings] };
  const { conditions, conditionsReset, join } = template;
  return {
    value: { ...value, template: { ...value.template, conditions, conditionsReset, join } },
    findings: [...rules, ...findings, ...withoutEffect(value, path)],
  };
}

interface Dlq {
  readonly name: string;
  readonly trigger: TriggerSpec;
  readonly at: Path;
}

/** The dlqTriggers that stand behind a trigger, as far as they can be read, each with its place. */
export function dlqsOf(trigger: TriggerSpec, at: Path, behind = trigger.template.name): Dlq[] {
  const path = [...at, 'dlqTrigger'];
  const { value } = readDlq(trigger, path);
  if (!value) return [];
  const name = dlqName(behind, value);
  return [{ name, trigger: value, at: path }, ...dlqsOf(value, path, name)];
}

function withoutEffect({ template, orderBy }: TriggerSpec, path: Path): Finding[] {
  const fields = (['conditions', 'conditionsReset', 'join'] as const).filter((field) => template[field] !== undefined);
  const places: Path[] = [...fields.map((field) => [...path, 'template', field]), ...(orderBy ? [[...path, 'orderBy']] : [])];
  return places.map((place) => {
    const problem = `${place.at(-1)} has no effect in a dlqTrigger: it gets the events of the trigger that has failed, in their order`;
    return warning('CONFIG_INVALID', place, { problem }, { atKey: true });
  });
}
