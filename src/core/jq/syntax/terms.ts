import { negate } from '../values/arithmetic.ts';
import { isNumber, readNumber } from '../values/numbers.ts';
import type { Node } from './ast.ts';
import { parseObject } from './objects.ts';
import { parseExpression, parsePipe } from './parse.ts';
import { parsePatterns } from './patterns.ts';
import type { TokenReader } from './reader.ts';

/** A term with all its suffixes: `.a`, `[…]`, `?`. */
export function parseTerm(reader: TokenReader): Node {
  return reader.nest(() => {
    let node = parseHead(reader);
    let guarded = node;
    for (;;) {
      const { at } = reader;
      if (reader.take('?')) node = guarded = attempt(node, guarded, at);
      else {
        const suffixed = parseSuffix(reader, node);
        if (!suffixed) return node;
        guarded = node;
        node = suffixed;
      }
    }
  });
}

/** `.a.b?` forgives what `.b` does, not what `.a` does. A key that is a program of its own must go on seeing the whole input. */
function attempt(node: Node, base: Node, at: number): Node {
  const input: Node = { kind: 'identity', at: node.at };
  const isStep = node !== base && (node.kind === 'index' || node.kind === 'slice' || node.kind === 'iterate') && node.of === base;
  if (isStep && keysOf(node).every((key) => key.kind === 'literal')) {
    return { kind: 'pipe', left: base, right: { kind: 'try', body: { ...node, of: input }, handler: undefined, at }, at: node.at };
  }
  return { kind: 'try', body: node, handler: undefined, at };
}

function keysOf(node: Node & { kind: 'index' | 'slice' | 'iterate' }): Node[] {
  if (node.kind === 'iterate') return [];
  return node.kind === 'index' ? [node.key] : [node.from, node.to].filter((key) => key !== undefined);
}

function parseSuffix(reader: TokenReader, of: Node): Node | undefined {
  const { at, token } = reader;
  if (token.kind === 'field') return { kind: 'index', of, key: { kind: 'literal', value: reader.advance().text, at }, at };
  if (reader.is('[')) return parseBrackets(reader, of);
  if (!reader.take('.')) return undefined;
  if (reader.is('[')) return parseBrackets(reader, of);
  if (reader.token.kind === 'string') return { kind: 'index', of, key: parseString(reader, 'text'), at };
  throw reader.unexpected('a field name, a string or `[`');
}

function parseBrackets(reader: TokenReader, of: Node): Node {
  const { at } = reader;
  reader.expect('[');
  if (reader.take(']')) return { kind: 'iterate', of, at };
  if (reader.take(':')) {
    const to = parsePipe(reader);
    reader.expect(']');
    return { kind: 'slice', of, from: undefined, to, at };
  }
  const key = parsePipe(reader);
  if (!reader.take(':')) {
    reader.expect(']');
    return { kind: 'index', of, key, at };
  }
  const to = reader.is(']') ? undefined : parsePipe(reader);
  reader.expect(']');
  return { kind: 'slice', of, from: key, to, at };
}

function parseHead(reader: TokenReader): Node {
  const { at, token } = reader;
  switch (token.kind) {
    case 'number':
      reader.advance();
      return { kind: 'literal', value: readNumber(token.text), at };
    case 'string':
      return parseString(reader, 'text');
    case 'format':
      reader.advance();
      return reader.token.kind === 'string' ? parseString(reader, token.text) : { kind: 'format', name: token.text, at };
    case 'variable':
      return { kind: 'variable', name: reader.variable(), at };
    case 'field':
      return { kind: 'index', of: { kind: 'identity', at }, key: { kind: 'literal', value: reader.advance().text, at }, at };
    case 'name':
      return parseCall(reader);
    case 'keyword':
      return parseKeyword(reader);
    case 'sign':
      return parseSign(reader);
    case 'end':
      throw reader.unexpected('an expression');
  }
}

function parseSign(reader: TokenReader): Node {
  const { at } = reader;
  if (reader.take('.')) {
    const of: Node = { kind: 'identity', at };
    return reader.token.kind === 'string' ? { kind: 'index', of, key: parseString(reader, 'text'), at } : of;
  }
  if (reader.take('..')) return { kind: 'call', name: 'recurse', args: [], at };
  if (reader.take('-')) return negated(parseTerm(reader), at);
  if (reader.take('+')) return { kind: 'sign', negative: false, of: parseTerm(reader), at };
  if (reader.take('(')) {
    const node = parsePipe(reader);
    reader.expect(')');
    return node;
  }
  if (reader.take('[')) {
    if (reader.take(']')) return { kind: 'array', of: undefined, at };
    const of = parsePipe(reader);
    reader.expect(']');
    return { kind: 'array', of, at };
  }
  if (reader.is('{')) return parseObject(reader);
  throw reader.unexpected('an expression');
}

function negated(of: Node, at: number): Node {
  const isNumeral = of.kind === 'literal' && isNumber(of.value);
  return isNumeral ? { kind: 'literal', value: negate(of.value), at } : { kind: 'sign', negative: true, of, at };
}

function parseKeyword(reader: TokenReader): Node {
  const { at } = reader;
  const word = reader.token.text;
  switch (word) {
    case 'null':
      reader.advance();
      return { kind: 'literal', value: null, at };
    case 'true':
    case 'false':
      reader.advance();
      return { kind: 'literal', value: word === 'true', at };
    case 'if':
      reader.advance();
      return parseIf(reader, at);
    case 'try': {
      reader.advance();
      const body = parseTerm(reader);
      return { kind: 'try', body, handler: reader.take('catch') ? parseTerm(reader) : undefined, at };
    }
    case 'reduce':
    case 'foreach':
      return parseFold(reader, word);
    case 'break':
      reader.advance();
      return { kind: 'break', name: reader.variable(), at };
    default:
      throw reader.unexpected('an expression');
  }
}

function parseIf(reader: TokenReader, at: number): Node {
  const condition = parsePipe(reader);
  reader.expect('then');
  const then = parsePipe(reader);
  const next = reader.at;
  if (reader.take('elif')) return { kind: 'if', condition, then, otherwise: reader.nest(() => parseIf(reader, next)), at };
  const otherwise = reader.take('else') ? parsePipe(reader) : undefined;
  if (!reader.take('end')) throw reader.unexpected(otherwise ? '`end`' : '`elif`, `else` or `end`');
  return { kind: 'if', condition, then, otherwise, at };
}

function parseFold(reader: TokenReader, kind: 'reduce' | 'foreach'): Node {
  const { at } = reader;
  reader.advance();
  const source = parseExpression(reader);
  reader.expect('as');
  const patterns = parsePatterns(reader);
  reader.expect('(');
  const start = parsePipe(reader);
  reader.expect(';');
  const update = parsePipe(reader);
  const extract = kind === 'foreach' && reader.take(';') ? parsePipe(reader) : undefined;
  reader.expect(')');
  return { kind, source, patterns, start, update, extract, at };
}

function parseCall(reader: TokenReader): Node {
  const { at } = reader;
  const name = reader.advance().text;
  const args: Node[] = [];
  if (reader.take('(')) {
    do args.push(parsePipe(reader));
    while (reader.take(';'));
    reader.expect(')');
  }
  return { kind: 'call', name, args, at };
}

export function parseString(reader: TokenReader, format: string): Node {
  const { at, parts = [] } = reader.advance();
  const nodes = parts.map((part) => {
    if (typeof part === 'string') return part;
    const inner = reader.inside(part);
    const node = parsePipe(inner);
    inner.end();
    return node;
  });
  if (nodes.every((part) => typeof part === 'string')) return { kind: 'literal', value: nodes.join(''), at };
  return { kind: 'text', format, parts: nodes, at };
}
