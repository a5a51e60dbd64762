import type { Json } from '../../json/json.ts';

/** One step of a path; the steps of a path are gone in turn, each from all values that the one before has found. */
export type Node =
  | { readonly kind: 'field'; readonly name: string }
  | { readonly kind: 'wildcard' }
  | { readonly kind: 'recursive' }
  | Slice
  | { readonly kind: 'union'; readonly parts: readonly (readonly Node[])[] }
  | { readonly kind: 'exists'; readonly path: readonly Node[] }
  | Comparison
  | { readonly kind: 'literal'; readonly value: Json; readonly isInteger: boolean }
  /** A word where none has a meaning, such as `null` in a comparison: an error as soon as a value comes to it. */
  | { readonly kind: 'word'; readonly word: string };

/** `[a:b:step]`; a single `[a]` reaches to the element after it. */
export interface Slice {
  readonly kind: 'slice';
  readonly start: number | undefined;
  readonly end: number | undefined;
  readonly isSingle: boolean;
  readonly step: number | undefined;
}

export interface Comparison {
  readonly kind: 'comparison';
  readonly left: readonly Node[];
  readonly operator: string;
  readonly right: readonly Node[];
}

/** A text that is no path, or a path that leads nowhere. */
export class PathError extends Error {
  /** Where in the text, counted in characters from 0; undefined where only the value is to blame. */
  readonly offset: number | undefined;

  constructor(message: string, offset?: number) {
    super(message);
    this.offset = offset;
  }
}

/** There is no such key. */
export class MissingKey extends PathError {}
