import type { Json } from '../json/json.ts';

/** One step from a value to what is below it. */
export type Step =
  | { readonly kind: 'key'; readonly key: string }
  | { readonly kind: 'index'; readonly index: number }
  | { readonly kind: 'length' }
  | { readonly kind: 'wildcard' }
  | { readonly kind: 'recursive' }
  | { readonly kind: 'keys'; readonly keys: readonly string[] }
  | { readonly kind: 'indexes'; readonly indexes: readonly number[] }
  | { readonly kind: 'range'; readonly start: number | undefined; readonly end: number | undefined; readonly step: number }
  | { readonly kind: 'filter'; readonly test: Term }
  | { readonly kind: 'script'; readonly value: Term };

/** A part of a filter or script. */
export type Term =
  | { readonly kind: 'literal'; readonly value: Json }
  | { readonly kind: 'path'; readonly isRooted: boolean; readonly steps: readonly Step[] }
  | { readonly kind: 'not'; readonly operand: Term }
  | { readonly kind: 'binary'; readonly sign: string; readonly left: Term; readonly right: Term };
