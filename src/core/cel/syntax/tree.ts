import type { CelValue } from '../values/value.ts';

/** Where a part stands in the text, in characters from 0. */
interface Place {
  readonly start: number;
  readonly end: number;
  /** Where an error of this part is shown: its operator or name. */
  readonly place: number;
}

export type Node = Place & Shape;
export type NodeOf<K extends Shape['is']> = Place & Extract<Shape, { is: K }>;

export type Shape =
  | { readonly is: 'literal'; readonly value: CelValue }
  | { readonly is: 'name'; readonly name: string }
  | { readonly is: 'select'; readonly object: Node; readonly field: string }
  | { readonly is: 'has'; readonly object: Node; readonly field: string }
  /** Operators are calls of names that cel-go has for them: `_+_`, `_[_]`, `@in`. */
  | { readonly is: 'call'; readonly name: string; readonly target: Node | undefined; readonly args: readonly Node[] }
  | { readonly is: 'list'; readonly items: readonly Node[] }
  | { readonly is: 'map'; readonly entries: readonly { readonly key: Node; readonly value: Node }[] }
  | { readonly is: 'and' | 'or'; readonly left: Node; readonly right: Node }
  | { readonly is: 'choice'; readonly condition: Node; readonly yes: Node; readonly no: Node }
  | {
      readonly is: 'loop';
      readonly form: LoopForm;
      readonly over: Node;
      readonly variable: string;
      /** Of `map` with three arguments. */
      readonly where: Node | undefined;
      readonly body: Node;
    };

export type LoopForm = 'all' | 'exists' | 'exists_one' | 'map' | 'filter' | 'sortBy';

/** The names of a chain such as `math.ceil`; undefined for anything else. */
export function dotted(node: Node): string | undefined {
  if (node.is === 'name') return node.name;
  if (node.is !== 'select') return undefined;
  const before = dotted(node.object);
  return before === undefined ? undefined : `${before}.${node.field}`;
}

/** What stands between the `&&` or `||` of a chain, from the left. */
export const termsOf = (is: 'and' | 'or', node: Node): Node[] =>
  node.is === is ? [...termsOf(is, node.left), ...termsOf(is, node.right)] : [node];
