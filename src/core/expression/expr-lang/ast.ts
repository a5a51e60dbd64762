import type { GoValue } from '../../go/values.ts';

export interface Call {
  readonly kind: 'call';
  readonly callee: Node;
  readonly args: readonly Node[];
  readonly at: number;
}

/** A built-in function. Predicates have theirs as the second argument. */
export interface Builtin {
  readonly kind: 'builtin';
  readonly name: string;
  readonly args: readonly Node[];
  readonly at: number;
  /** For `filter`, `find` and `findLast`: what each element found becomes. */
  readonly map?: Node;
  /** For `find` and `findLast`: finding nothing is an error. */
  readonly throws?: boolean;
}

export type Node =
  | { readonly kind: 'literal'; readonly value: GoValue; readonly at: number }
  | { readonly kind: 'name'; readonly name: string; readonly at: number }
  | { readonly kind: 'unary'; readonly sign: string; readonly operand: Node; readonly at: number }
  | { readonly kind: 'binary'; readonly sign: string; readonly left: Node; readonly right: Node; readonly at: number }
  /** Where `?.` meets nil, all of it is nil. */
  | { readonly kind: 'chain'; readonly node: Node; readonly at: number }
  | { readonly kind: 'member'; readonly object: Node; readonly property: Node; readonly optional: boolean; readonly at: number }
  | {
      readonly kind: 'slice';
      readonly object: Node;
      readonly from: Node | undefined;
      readonly to: Node | undefined;
      readonly at: number;
    }
  | Call
  | Builtin
  /** `#`, `#index`, `#acc`. */
  | { readonly kind: 'pointer'; readonly name: string; readonly at: number }
  | { readonly kind: 'let'; readonly name: string; readonly value: Node; readonly body: Node; readonly at: number }
  | { readonly kind: 'condition'; readonly test: Node; readonly yes: Node; readonly no: Node; readonly at: number }
  | { readonly kind: 'array'; readonly items: readonly Node[]; readonly at: number }
  | { readonly kind: 'map'; readonly pairs: readonly { readonly key: Node; readonly value: Node }[]; readonly at: number }
  /** `in` a list of texts that the expression itself holds. */
  | { readonly kind: 'inTexts'; readonly value: Node; readonly texts: ReadonlySet<string>; readonly at: number };
