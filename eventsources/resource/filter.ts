import { isObject } from '../../src/core/json/json.ts';
import { compilePath } from '../../src/core/json/path/index.ts';
import type { KubeObject } from '../../src/core/kube/kube.ts';
import { compileRegex } from '../../src/core/regex.ts';
import type { ChangeType, ResourceSpec } from './spec.ts';

type FilterSpec = NonNullable<ResourceSpec['filter']>;
type FieldSelector = FilterSpec['fields'][number];

/** Why an object does not concern us, as a sentence for the author of the rule; undefined when it does. */
export type Filter = (object: KubeObject, text: string) => string | undefined;

/** `prefix`, `createdBy` and `fields`, in this order. `text` is the object's JSON. Throws EngineError CONFIG_REGEX. */
export function compileFilter({ prefix = '', createdBy, fields = [] }: Partial<FilterSpec> = {}): Filter {
  const latest = createdBy === undefined ? undefined : Date.parse(createdBy);
  const selectors = fields.map(compileField);
  return (object, text) => {
    const { name } = object.metadata;
    if (!name.startsWith(prefix)) return `filter.prefix: the name "${name}" does not start with "${prefix}"`;
    if (latest !== undefined && madeAt(object) > latest) {
      return `filter.createdBy: it was made at ${object.metadata.creationTimestamp}, after ${createdBy}`;
    }
    for (const refusal of selectors) {
      const because = refusal(text);
      if (because !== undefined) return because;
    }
    return undefined;
  };
}

function compileField({ key, operation, value }: FieldSelector, index: number): (text: string) => string | undefined {
  const path = compilePath(key);
  const regex = compileRegex(value);
  const at = `filter.fields[${index}]`;
  if (operation === '') return () => `${at}: it has no operation, so it never passes`;
  if (!isFieldOperation(operation)) return () => `${at}: there is no operation "${operation}"`;
  const wanted = operation !== '!=';
  return (text) => {
    const found = path.get(text);
    if (!found) return `${at}: ${key} is not there`;
    const shown = found.type === 'JSON' ? '' : found.text;
    if (regex.test(shown) === wanted) return undefined;
    return `${at}: ${key} is "${shown.slice(0, 100)}", which ${wanted ? 'does not match' : 'matches'} "${value}"`;
  };
}

export const fieldOperations = ['=', '==', '!='] as const;
export const isFieldOperation = (operation: string): boolean => (fieldOperations as readonly string[]).includes(operation);

/** `creationTimestamp` in milliseconds since 1970; 0 for the few objects without one. */
export const madeAt = ({ metadata }: KubeObject): number => timeOf(metadata.creationTimestamp);

/**
 * `filter.afterStart`: whether a change that was found in a list happened before `start`. API times have whole seconds, so the
 * second of the start itself counts as after. (What a watch reports is after the start, whatever the clocks say.)
 */
export function isBeforeStart(type: ChangeType, object: KubeObject, start: number, now: number): boolean {
  return changedAt(type, object, now) < Math.floor(start / 1000) * 1000;
}

function changedAt(type: ChangeType, object: KubeObject, now: number): number {
  if (type === 'ADD') return madeAt(object);
  if (type === 'DELETE') return timeOf(object.metadata.deletionTimestamp) || now;
  const managed = object.metadata['managedFields'];
  const times = Array.isArray(managed) ? managed.map((entry) => (isObject(entry) ? timeOf(entry['time']) : 0)) : [];
  return Math.max(madeAt(object), ...times);
}

const timeOf = (value: unknown): number => (typeof value === 'string' ? Date.parse(value) || 0 : 0);
