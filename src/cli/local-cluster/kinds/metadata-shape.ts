import { fields, listBy, type Shape, set } from './shape.ts';

const metadata = fields({ finalizers: set, ownerReferences: listBy('uid') });

/** The shape of an object with these top-level fields. */
export function objectShape(more: Readonly<Record<string, Shape>> = {}): Shape {
  return fields({ metadata, ...more });
}
