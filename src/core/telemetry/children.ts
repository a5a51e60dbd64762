import type { TellFields } from './tell.ts';

interface Branch<T> extends Map<string, Branch<T> | T> {}

/** Finds the child of a metric by the fields that its labels are made of, without building a text, a list or an object each time. */
export function cachedChildren<T>(
  fields: readonly string[],
  read: (field: string, fields: TellFields) => string,
  make: (values: string[]) => T,
): (fields: TellFields) => T {
  const root: Branch<T> = new Map();
  const before = fields.slice(0, -1);
  const last = fields.at(-1) ?? '';
  return (told) => {
    let branch = root;
    for (const field of before) {
      const value = read(field, told);
      if (!branch.has(value)) branch.set(value, new Map());
      branch = branch.get(value) as Branch<T>;
    }
    const value = read(last, told);
    let child = branch.get(value) as T | undefined;
    if (child === undefined) {
      child = make(fields.map((field) => read(field, told)));
      branch.set(value, child);
    }
    return child;
  };
}
