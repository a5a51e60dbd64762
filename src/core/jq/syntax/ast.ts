import type { Json } from '../../json/json.ts';

/** A jq program as a tree. `at` is the place in the text, in characters from 0, of what an error about the node should point at. */
export type Node = { readonly at: number } & Shape;

type Shape =
  | { readonly kind: 'identity' }
  | { readonly kind: 'literal'; readonly value: Json }
  /** `of[key]`; `.name` has a literal key. */
  | { readonly kind: 'index'; readonly of: Node; readonly key: Node }
  | { readonly kind: 'slice'; readonly of: Node; readonly from: Node | undefined; readonly to: Node | undefined }
  | { readonly kind: 'iterate'; readonly of: Node }
  | { readonly kind: 'try'; readonly body: Node; readonly handler: Node | undefined }
  | { readonly kind: 'pipe'; readonly left: Node; readonly right: Node }
  | { readonly kind: 'comma'; readonly left: Node; readonly right: Node }
  | { readonly kind: 'binary'; readonly operator: BinaryOperator; readonly left: Node; readonly right: Node }
  | { readonly kind: 'and' | 'or'; readonly left: Node; readonly right: Node }
  | { readonly kind: 'alternative'; readonly left: Node; readonly right: Node }
  /** `left = right`, `left |= right`, and with an operator `left += right` and the like. */
  | { readonly kind: 'assign'; readonly left: Node; readonly right: Node }
  | { readonly kind: 'modify'; readonly left: Node; readonly right: Node }
  | { readonly kind: 'operate'; readonly operator: ArithmeticOperator | '//'; readonly left: Node; readonly right: Node }
  | { readonly kind: 'sign'; readonly negative: boolean; readonly of: Node }
  | { readonly kind: 'bind'; readonly source: Node; readonly patterns: readonly Pattern[]; readonly body: Node }
  | {
      readonly kind: 'reduce' | 'foreach';
      readonly source: Node;
      readonly patterns: readonly Pattern[];
      readonly start: Node;
      readonly update: Node;
      readonly extract: Node | undefined;
    }
  | { readonly kind: 'if'; readonly condition: Node; readonly then: Node; readonly otherwise: Node | undefined }
  | { readonly kind: 'label'; readonly name: string; readonly body: Node }
  | { readonly kind: 'break'; readonly name: string }
  | { readonly kind: 'define'; readonly definition: Definition; readonly rest: Node }
  | { readonly kind: 'call'; readonly name: string; readonly args: readonly Node[] }
  | { readonly kind: 'variable'; readonly name: string }
  | { readonly kind: 'array'; readonly of: Node | undefined }
  | { readonly kind: 'object'; readonly entries: readonly Entry[] }
  /** A string with `\(…)` places; each place goes through the format (`@text` where none is named). */
  | { readonly kind: 'text'; readonly format: string; readonly parts: readonly (string | Node)[] }
  | { readonly kind: 'format'; readonly name: string };

export type ArithmeticOperator = '+' | '-' | '*' | '/' | '%';
export type BinaryOperator = ArithmeticOperator | '==' | '!=' | '<' | '<=' | '>' | '>=';

export interface Definition {
  readonly at: number;
  readonly name: string;
  /** `f` takes a filter, `$f` the filter's values. */
  readonly params: readonly string[];
  readonly body: Node;
}

export interface Entry {
  readonly at: number;
  readonly key: Node;
  readonly value: Node;
}

export type Pattern =
  | { readonly kind: 'variable'; readonly name: string }
  | { readonly kind: 'array'; readonly items: readonly Pattern[] }
  | { readonly kind: 'object'; readonly fields: readonly FieldPattern[] };

export interface FieldPattern {
  readonly key: Node;
  /** `{$name}` and `{$name: …}` bind the field's value to this variable too. */
  readonly variable: string | undefined;
  readonly value: Pattern | undefined;
}
