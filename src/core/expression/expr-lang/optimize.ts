import { type GoValue, Int, int } from '../../go/values.ts';
import { refuse } from '../refuse.ts';
import type { Builtin, Node } from './ast.ts';

/**
 * The tree as the library's optimizer leaves it, as far as that changes what an expression means: `x or true` is true whatever x would be,
 * `x in ["a", "b"]` is an error when x is no text, `filter(…)[0]` looks no further than the first match.
 */
export function optimize(node: Node): Node {
  return rewritten(withOptimizedParts(node));
}

function withOptimizedParts(node: Node): Node {
  switch (node.kind) {
    case 'literal':
    case 'name':
    case 'pointer':
    case 'inTexts':
      return node;
    case 'unary':
      return { ...node, operand: optimize(node.operand) };
    case 'binary':
      return { ...node, left: optimize(node.left), right: node.sign === 'in' ? keptTexts(node.right) : optimize(node.right) };
    case 'chain':
      return { ...node, node: optimize(node.node) };
    case 'member':
      return { ...node, object: optimize(node.object), property: optimize(node.property) };
    case 'slice':
      return { ...node, object: optimize(node.object), from: node.from && optimize(node.from), to: node.to && optimize(node.to) };
    case 'call':
      return { ...node, callee: withOptimizedParts(node.callee), args: node.args.map(optimize) };
    case 'builtin':
      return { ...node, args: node.args.map(optimize) };
    case 'let':
      return { ...node, value: optimize(node.value), body: optimize(node.body) };
    case 'condition':
      return { ...node, test: optimize(node.test), yes: optimize(node.yes), no: optimize(node.no) };
    case 'array':
      return { ...node, items: node.items.map(optimize) };
    case 'map':
      return { ...node, pairs: node.pairs.map(({ key, value }) => ({ key: optimize(key), value: optimize(value) })) };
  }
}

/** A list of text literals stays as it stands in the expression: joined texts do not count. */
const keptTexts = (node: Node): Node => (textsIn(node) ? node : optimize(node));

function textsIn(node: Node): ReadonlySet<string> | undefined {
  if (node.kind !== 'array' || node.items.length === 0) return undefined;
  const texts = node.items.map((item) => (item.kind === 'literal' && typeof item.value === 'string' ? item.value : undefined));
  return texts.every((text) => text !== undefined) ? new Set(texts) : undefined;
}

function rewritten(node: Node): Node {
  switch (node.kind) {
    case 'unary':
      return unary(node);
    case 'binary':
      return binary(node);
    case 'member':
      return member(node);
    case 'builtin':
      return builtin(node);
    default:
      return node;
  }
}

function unary(node: Node & { kind: 'unary' }): Node {
  if (node.operand.kind !== 'literal') return node;
  const { value } = node.operand;
  const isPlus = node.sign === '+';
  if (value instanceof Int) return { ...node.operand, value: isPlus ? value : int(BigInt.asIntN(64, -value.value)) };
  if (typeof value === 'number') return { ...node.operand, value: isPlus ? value : -value };
  return typeof value === 'boolean' ? { ...node.operand, value: !value } : node;
}

function binary(node: Node & { kind: 'binary' }): Node {
  const { sign, left, right, at } = node;
  const [l, r] = [literalOf(left), literalOf(right)];
  switch (sign) {
    case 'and':
    case '&&':
      if (l === true) return right;
      if (r === true) return left;
      return l === false || r === false ? { kind: 'literal', value: false, at } : node;
    case 'or':
    case '||':
      if (l === false) return right;
      if (r === false) return left;
      return l === true || r === true ? { kind: 'literal', value: true, at } : node;
    case '%':
      if (l instanceof Int && r instanceof Int && r.value === 0n) throw refuse('integer divide by zero', at);
      return node;
    case 'in': {
      const texts = textsIn(right);
      return texts ? { kind: 'inTexts', value: left, texts, at } : node;
    }
    default:
      return node;
  }
}

const literalOf = (node: Node): GoValue => (node.kind === 'literal' ? node.value : undefined);

function member(node: Node & { kind: 'member' }): Node {
  const { object, property, optional } = node;
  const index = literalOf(property);
  if (optional || object.kind !== 'builtin' || object.name !== 'filter' || !(index instanceof Int)) return node;
  if (index.value === 0n) return { ...object, name: 'find', throws: true };
  return index.value === -1n ? { ...object, name: 'findLast', throws: true } : node;
}

function builtin(node: Builtin): Node {
  const inner = node.args[0];
  if (inner?.kind !== 'builtin' || inner.name !== 'filter') return node;
  if (node.name === 'map' && !inner.map) return { ...inner, map: node.args[1]! };
  if (node.args.length > 1) return node;
  if (node.name === 'len') return { kind: 'builtin', name: 'count', args: inner.args, at: node.at };
  if (node.name === 'first') return { ...inner, name: 'find', at: node.at };
  return node.name === 'last' ? { ...inner, name: 'findLast', at: node.at } : node;
}
