/**
 * CESQL, in which Triggers and sources of Knative say which events they want: `type LIKE 'dev.%' AND EXISTS subject`.
 *
 * It is compiled once, with everything that can be known about it then, and asked for each event. It means what it does in Knative, also
 * where that is a surprise: `AND`, `OR` and `XOR` bind alike and from right to left, `NOT` takes one value only, texts are counted in
 * bytes, and an attribute that is missing fails the expression unless only `EXISTS` asks for it. An expression that fails is no "no".
 */
import type { Attributes } from '../cloudevents/attributes.ts';
import { compile } from './compile.ts';
import { functionOf } from './functions.ts';
import { parse, type Tree } from './parse.ts';
import { refuse } from './refuse.ts';
import { Failure } from './values.ts';

export { Failure } from './values.ts';

export interface Cesql {
  /** Whether an event is wanted, or why that cannot be said. */
  ask(attributes: Attributes): boolean | Failure;
  /** Of the attributes that it looks at. */
  readonly names: readonly string[];
}

/** Throws EngineError CONFIG_CESQL with the place of what is wrong, also where the expression can give no boolean. */
export function compileCesql(text: string): Cesql {
  const tree = parse(text);
  const kind = typeOf(tree);
  if (kind && kind !== 'boolean')
    throw refuse(`it gives ${kind === 'text' ? 'a text' : 'an integer'}, and TRUE or FALSE is wanted`, tree.at);
  const evaluate = compile(tree);
  return {
    names: [...new Set(namesIn(tree))],
    ask(attributes) {
      const value = evaluate(attributes);
      if (typeof value === 'boolean' || value instanceof Failure) return value;
      return new Failure(`it gives ${JSON.stringify(value)}, which is neither TRUE nor FALSE`);
    },
  };
}

function namesIn(tree: Tree): string[] {
  if ('name' in tree && tree.kind !== 'call') return [tree.name];
  const below = [
    ...('of' in tree ? [tree.of] : []),
    ...('left' in tree ? [tree.left, tree.right] : []),
    ...('list' in tree ? tree.list : []),
  ];
  return below.flatMap(namesIn);
}

/** What it gives; undefined where that is an attribute's to say. */
function typeOf(tree: Tree): 'text' | 'integer' | 'boolean' | undefined {
  switch (tree.kind) {
    case 'attribute':
      return undefined;
    case 'literal':
      return typeof tree.value === 'string' ? 'text' : typeof tree.value === 'number' ? 'integer' : 'boolean';
    case 'call':
      return functionOf(tree.name, tree.list.length)?.gives;
    case 'negate':
    case '+':
    case '-':
    case '*':
    case '/':
    case '%':
      return 'integer';
    default:
      return 'boolean';
  }
}
