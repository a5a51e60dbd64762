import type { ArithmeticOperator, BinaryOperator, Definition, Node } from './ast.ts';
import { parsePatterns } from './patterns.ts';
import { TokenReader } from './reader.ts';
import { parseTerm } from './terms.ts';
import { tokenize } from './tokens.ts';

/**
 * The grammar of jq, as gojq has it, by recursive descent: this file holds what is made of terms (pipes, commas, definitions, bindings,
 * operators), `terms.ts` the terms. Throws CONFIG_JQ with the offset of the token that does not fit.
 */
export function parse(program: string): Node {
  const reader = new TokenReader(tokenize(program));
  reader.refuseModules();
  const node = parsePipe(reader);
  reader.end();
  return node;
}

/** One `def …;` that has no program behind it. */
export function parseDefinition(text: string): Definition {
  const reader = new TokenReader(tokenize(text));
  const definition = parseDefine(reader);
  reader.end();
  return definition;
}

export function parsePipe(reader: TokenReader): Node {
  return reader.nest(() => {
    const { node: left, open } = parseComma(reader);
    const at = reader.at;
    if (open || !reader.take('|')) return left;
    return { kind: 'pipe', left, right: parsePipe(reader), at };
  });
}

/** `open` says that the last operand (a definition, a binding, a label) already took all that follows. */
function parseComma(reader: TokenReader): { node: Node; open: boolean } {
  let { node, open } = parseOperand(reader);
  while (!open && reader.is(',')) {
    const at = reader.at;
    reader.take(',');
    const right = parseOperand(reader);
    node = { kind: 'comma', left: node, right: right.node, at };
    open = right.open;
  }
  return { node, open };
}

function parseOperand(reader: TokenReader): { node: Node; open: boolean } {
  const at = reader.at;
  if (reader.is('def')) {
    const definition = parseDefine(reader);
    return { node: { kind: 'define', definition, rest: parsePipe(reader), at }, open: true };
  }
  if (reader.take('label')) {
    const name = reader.variable();
    reader.expect('|');
    return { node: { kind: 'label', name, body: parsePipe(reader), at }, open: true };
  }
  const node = parseExpression(reader);
  if (!reader.take('as')) return { node, open: false };
  const patterns = parsePatterns(reader);
  reader.expect('|');
  return { node: { kind: 'bind', source: node, patterns, body: parsePipe(reader), at }, open: true };
}

function parseDefine(reader: TokenReader): Definition {
  const at = reader.at;
  reader.expect('def');
  const name = reader.name('a function name');
  const params: string[] = [];
  if (reader.take('(')) {
    do {
      params.push(reader.isVariable ? `$${reader.variable()}` : reader.name('a parameter'));
    } while (reader.take(';'));
    reader.expect(')');
  }
  reader.expect(':');
  const body = parsePipe(reader);
  reader.expect(';');
  return { name, params, body, at };
}

/** Operators from loose to tight; those of a level that may not follow each other are `none`. */
const levels: readonly { readonly operators: readonly string[]; readonly side: 'left' | 'right' | 'none' }[] = [
  { operators: ['//'], side: 'right' },
  { operators: ['=', '|=', '+=', '-=', '*=', '/=', '%=', '//='], side: 'none' },
  { operators: ['or'], side: 'left' },
  { operators: ['and'], side: 'left' },
  { operators: ['==', '!=', '<', '<=', '>', '>='], side: 'none' },
  { operators: ['+', '-'], side: 'left' },
  { operators: ['*', '/', '%'], side: 'left' },
];

/** An expression of terms and operators, without comma and pipe. */
export function parseExpression(reader: TokenReader, level = 0): Node {
  const known = levels[level];
  if (!known) return parseTerm(reader);
  const { operators, side } = known;
  let left = parseExpression(reader, level + 1);
  for (;;) {
    const at = reader.at;
    const operator = operators.find((sign) => reader.is(sign));
    if (operator === undefined) return left;
    reader.take(operator);
    if (side === 'right')
      return operation(
        operator,
        left,
        reader.nest(() => parseExpression(reader, level)),
        at,
      );
    left = operation(operator, left, parseExpression(reader, level + 1), at);
    if (side === 'none') {
      const again = operators.find((sign) => reader.is(sign));
      if (again !== undefined) throw reader.unexpected(`an operator other than \`${again}\`, or brackets around the first`);
      return left;
    }
  }
}

function operation(operator: string, left: Node, right: Node, at: number): Node {
  switch (operator) {
    case '//':
      return { kind: 'alternative', left, right, at };
    case 'or':
    case 'and':
      return { kind: operator, left, right, at };
    case '=':
      return { kind: 'assign', left, right, at };
    case '|=':
      return { kind: 'modify', left, right, at };
    case '+=':
    case '-=':
    case '*=':
    case '/=':
    case '%=':
    case '//=':
      return { kind: 'operate', operator: operator.slice(0, -1) as ArithmeticOperator | '//', left, right, at };
    default:
      return { kind: 'binary', operator: operator as BinaryOperator, left, right, at };
  }
}
