import type { TellFields } from './tell.ts';

/** Finds the child of a metric by the fields that its labels are made of, without building a list or an object each time. */
export function cachedChildren<T>(
  fields: readonly string[],
  read: (field: string, fields: TellFields) => string,
  make: (values: string[]) => T,
): (fields: TellFields) => T {
  const children = new Map<string, T>();
  return (told) => {
    let key = '';
    for (const field of fields) key += `${read(field, told)}\u0000`;
    let child = children.get(key);
    if (child === undefined) {
      child = make(fields.map((field) => read(field, told)));
      children.set(key, child);
    }
    return child;
  };
}
