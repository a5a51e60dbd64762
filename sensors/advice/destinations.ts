import { type Finding, type Path, warning } from '../../src/core/errors/finding.ts';
import { components } from '../../src/core/json/set-path/components.ts';
import { valueAt } from '../../src/core/schema/read.ts';
import type { DependencySpec } from '../dependencies/spec.ts';
import type { ParameterSpec } from '../triggers/parameters/spec.ts';
import type { TriggerSpec } from '../triggers/spec.ts';
import { type Decisive, decisive } from './decisive.ts';
import { parameterLists } from './parameter-lists.ts';

/** Attributes that the dependency itself fixes. */
const fixed = ['type', 'source', 'subject', 'specversion'];

/** Parameters by which whoever sends an event decides where the trigger acts, unless a filter says which values may come. */
export function destinationAdvice(trigger: TriggerSpec, dependencies: readonly DependencySpec[], at: Path): Finding[] {
  return parameterLists(trigger, at).flatMap(({ parameters, path, type }) =>
    parameters.flatMap((parameter, index) => {
      const chosen = decided(`${baseOf(type)}${parameter.dest}`, parameter, trigger);
      if (!chosen || isConfined(parameter, dependencies, chosen.path)) return [];
      const problem = `event data chooses ${chosen.what}: whoever sends the event decides it`;
      const hint = parameter.src.dataKey
        ? `if that is meant, say which values may come: a data filter of type string on ${parameter.src.dataKey}, such as ^(this|that)$`
        : 'if that is meant, take it from a dataKey, and say by a data filter which values may come';
      return [warning('CONFIG_INVALID', [...path, index, 'dest'], { problem }, { hint })];
    }),
  );
}

/** What the parameters of a block are about, below the template: its object, what the server of `custom` gave, or the block itself. */
function baseOf(type: string | undefined): string {
  if (type === undefined) return '';
  if (type === 'custom') return 'custom.resource.';
  return ['k8s', 'argoWorkflow', 'tekton'].includes(type) ? `${type}.source.resource.` : `${type}.`;
}

/** A place counts, and with `useRawData` also one that holds it. */
function decided(dest: string, { src, operation }: ParameterSpec, { template }: TriggerSpec): Decisive | undefined {
  const keys = components(dest)?.map(({ key }) => key);
  if (keys === undefined) return undefined;
  const found = decisive.find(({ path }) => {
    const steps = path.split('.');
    const isThere = keys.every((key, index) => steps[index] === '*' || steps[index]?.toLowerCase() === key.toLowerCase());
    return isThere && (keys.length === steps.length || (src.useRawData === true && keys.length < steps.length));
  });
  return found && isConfinedBy(found, keys, operation, template) ? undefined : found;
}

/** What is appended to what the author wrote stays behind it, and what follows the author's flag is its value. */
function isConfinedBy(
  { path, confines, follows }: Decisive,
  keys: readonly string[],
  operation: ParameterSpec['operation'],
  template: TriggerSpec['template'],
): boolean {
  const place = path.split('.').map((step, index) => (step === '*' ? keys[index]! : step));
  const written = (at: Path): string => String(valueAt(template, at) ?? '');
  if (follows?.test(written([...place.slice(0, -1), Number(place.at(-1)) - 1]))) return true;
  return operation === 'append' && confines?.test(written(place)) === true;
}

/** A literal, what the dependency fixes, what a filter lets through, and an operation that the author's own transform makes. */
function isConfined({ src }: ParameterSpec, dependencies: readonly DependencySpec[], place: string): boolean {
  const { dataKey, dataTemplate, contextKey, contextTemplate, value } = src;
  if (!dataKey && !dataTemplate && !contextTemplate) return contextKey ? fixed.includes(contextKey) : value !== undefined;
  const dependency = dependencies.find(({ name }) => name === src.dependencyName);
  const { filters, filtersLogicalOperator, transform } = dependency ?? {};
  if (place.endsWith('.operation') && (transform?.jq || transform?.script)) return true;
  if (!dataKey || dataTemplate || filtersLogicalOperator === 'or' || filters?.dataLogicalOperator === 'or') return false;
  return (filters?.data ?? []).some(
    ({ path, type, comparator }) => path === dataKey && type === 'string' && (!comparator || comparator === '='),
  );
}
