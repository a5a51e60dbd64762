import type { Node } from '../ast.ts';

/** How many parts a tree has: what one turn of a loop over it costs. */
export function sizeOf(node: Node): number {
  return 1 + partsOf(node).reduce((sum, part) => sum + sizeOf(part), 0);
}

function partsOf(node: Node): readonly Node[] {
  switch (node.kind) {
    case 'unary':
      return [node.operand];
    case 'binary':
      return [node.left, node.right];
    case 'chain':
      return [node.node];
    case 'member':
      return [node.object, node.property];
    case 'slice':
      return [node.object, node.from, node.to].filter((part) => part !== undefined);
    case 'call':
      return [node.callee, ...node.args];
    case 'builtin':
      return node.map ? [...node.args, node.map] : node.args;
    case 'let':
      return [node.value, node.body];
    case 'condition':
      return [node.test, node.yes, node.no];
    case 'array':
      return node.items;
    case 'map':
      return node.pairs.flatMap(({ key, value }) => [key, value]);
    case 'inTexts':
      return [node.value];
    default:
      return [];
  }
}
