import type { Node, Operand, Pipe } from './syntax/ast.ts';
import { parse } from './syntax/parse.ts';

/** A field of the data that the template itself was called with: `Input` of `{{ .Input.body }}`, with its place in the text. */
interface RootField {
  readonly name: string;
  readonly offset: number;
}

/** Every such field that a template names, once for each place; what it defines for others to call is not looked into. Throws as compiling does. */
export function rootFields(text: string): RootField[] {
  return inNodes(parse(text).main, true);
}

/** `isRoot`: whether the dot is still the data. */
function inNodes(nodes: readonly Node[], isRoot: boolean): RootField[] {
  return nodes.flatMap((node) => {
    if (!('pipe' in node)) return [];
    const own = node.pipe ? inPipe(node.pipe, isRoot) : [];
    if (!('body' in node)) return own;
    return [...own, ...inNodes(node.body, isRoot && node.kind === 'if'), ...inNodes(node.otherwise, isRoot)];
  });
}

const inPipe = ({ commands }: Pipe, isRoot: boolean): RootField[] =>
  commands.flatMap(({ operands }) => operands.flatMap((operand) => inOperand(operand, isRoot)));

function inOperand(operand: Operand, isRoot: boolean): RootField[] {
  if (operand.kind === 'pipe') return inPipe(operand, isRoot);
  if (operand.kind === 'chain') return inOperand(operand.of, isRoot);
  const isData = operand.kind === 'field' ? isRoot : operand.kind === 'variable' && operand.name === '$';
  const name = isData && 'names' in operand ? operand.names[0] : undefined;
  return name === undefined ? [] : [{ name, offset: operand.offset }];
}
