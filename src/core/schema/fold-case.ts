import { isObject } from '../json/json.ts';
import { unwrap } from './read.ts';

/**
 * A value with the names of its fields as the schema spells them, however they were spelled: Go's JSON does not look at their case,
 * and lays what is there under two spellings over each other. Free-form parts stay as they are.
 */
export function foldCase(schema: unknown, value: unknown): unknown {
  const def = unwrap(schema)?.def;
  if (def?.type === 'array' && Array.isArray(value)) return value.map((element) => foldCase(def.element, element));
  if (def?.type !== 'object' || !def.shape || !isObject(value)) return value;
  const { shape } = def;
  const spelled = new Map(Object.keys(shape).map((name) => [name.toLowerCase(), name]));
  const folded: Record<string, unknown> = {};
  for (const [name, inner] of Object.entries(value)) {
    const known = Object.hasOwn(shape, name) ? name : (spelled.get(name.toLowerCase()) ?? name);
    const field = foldCase(shape[known], inner);
    folded[known] = isObject(folded[known]) && isObject(field) ? { ...folded[known], ...field } : field;
  }
  return folded;
}
