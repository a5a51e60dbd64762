import { at } from '../kinds/columns.ts';
import type { Resource } from '../kinds/resource.ts';
import { badRequest } from '../status.ts';
import type { Matches } from './label.ts';

/**
 * Reads a field selector: `metadata.name=a,status.phase!=Running`. Only the fields that the real API knows for the kind may be named.
 * Commas, equal signs and backslashes in a value are written with a backslash. Throws a 400.
 */
export function fieldSelector(text: string, resource: Resource): Matches {
  if (text === '') return () => true;
  const tests = text.split(/(?<!\\),/).map((part) => {
    const match = /^\s*([^=!]+?)(==|=|!=)(.*)$/s.exec(part);
    if (!match) throw badRequest(`invalid selector: '${text}'; can't understand '${part}'`);
    const [, field, operator, raw] = match as unknown as [string, string, string, string];
    const common = field === 'metadata.name' || (field === 'metadata.namespace' && resource.namespaced);
    if (!common && !resource.selectable.includes(field)) throw badRequest(`field label not supported: ${field}`);
    const path = field.split('.');
    const value = raw.replace(/\\([\\,=])/g, '$1');
    const equal: Matches = (object) => textOf(at(object, ...path)) === value;
    return operator === '!=' ? (object: Parameters<Matches>[0]) => !equal(object) : equal;
  });
  return (object) => tests.every((test) => test(object));
}

/** How a field compares: what is missing is the empty text, and false. */
function textOf(value: unknown): string {
  return value === undefined || value === null ? '' : String(value);
}
