import type { Json } from '../../../core/json/json.ts';

/**
 * What the structure of a value cannot say by itself: which lists have items with an identity, and what is replaced whole. Server-side
 * apply, strategic merge patches and the ownership of fields are computed by it.
 *
 * Where a shape says nothing, a map is merged field by field and a list is replaced whole.
 */
export interface Shape {
  readonly fields?: Readonly<Record<string, Shape>>;
  /** Of the values of a map with free keys. */
  readonly values?: Shape;
  /** Of the items of a list. */
  readonly items?: Shape;
  readonly list?: ListShape;
  /** Of a list: strategic merge patches replace it, whatever its items are told apart by. */
  readonly unpatched?: true;
  /** A map that is replaced whole. */
  readonly atomic?: true;
}

export type ListShape =
  | { readonly kind: 'set' }
  | {
      readonly kind: 'map';
      /** The fields that tell one item from another. */
      readonly keys: readonly string[];
      /** What a key is when an item leaves it out. */
      readonly defaults: Readonly<Record<string, Json>>;
      /** The one key that strategic merge patches go by. */
      readonly mergeKey: string;
    };

export const atomic: Shape = { atomic: true };
export const set: Shape = { list: { kind: 'set' } };
export const anything: Shape = {};

export function fields(shapes: Readonly<Record<string, Shape>>): Shape {
  return { fields: shapes };
}

/** The shape of a field of a map. */
export function shapeOf(shape: Shape, field: string): Shape {
  return shape.fields?.[field] ?? shape.values ?? anything;
}
