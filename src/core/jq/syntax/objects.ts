import type { Entry, Node } from './ast.ts';
import { parseExpression, parsePipe } from './parse.ts';
import type { TokenReader } from './reader.ts';
import { parseString } from './terms.ts';

/** `{…}` with its shortcuts: `{a}`, `{$a}`, `{"a b"}`, `{@text "…"}`, `{(…): …}`. */
export function parseObject(reader: TokenReader): Node {
  const { at } = reader;
  const entries: Entry[] = [];
  reader.expect('{');
  while (!reader.take('}')) {
    entries.push(parseEntry(reader));
    if (!reader.take(',') && !reader.is('}')) throw reader.unexpected('`,` or `}`');
  }
  return { kind: 'object', entries, at };
}

function parseEntry(reader: TokenReader): Entry {
  const { at, token } = reader;
  const dot: Node = { kind: 'identity', at };
  if (reader.take('(')) {
    const key = parsePipe(reader);
    reader.expect(')');
    reader.expect(':');
    return { key, value: parseValue(reader), at };
  }
  if (token.kind === 'variable') {
    reader.advance();
    if (!reader.take(':'))
      return { key: { kind: 'literal', value: token.text, at }, value: { kind: 'variable', name: token.text, at }, at };
    return { key: { kind: 'variable', name: token.text, at }, value: parseValue(reader), at };
  }
  const key = parseKey(reader);
  return { key, value: reader.take(':') ? parseValue(reader) : { kind: 'index', of: dot, key, at }, at };
}

function parseKey(reader: TokenReader): Node {
  const { at, token } = reader;
  if (token.kind === 'string') return parseString(reader, 'text');
  if (token.kind === 'format') {
    reader.advance();
    if (reader.token.kind !== 'string') throw reader.unexpected('a string after the format');
    return parseString(reader, token.text);
  }
  if (token.kind !== 'name' && token.kind !== 'keyword') throw reader.unexpected('a key: a name, `$name`, a string or `(…)`');
  reader.advance();
  return { kind: 'literal', value: token.text, at };
}

/** Operators and pipes, but no comma: that one parts the entries. */
function parseValue(reader: TokenReader): Node {
  const left = parseExpression(reader);
  const { at } = reader;
  return reader.take('|') ? { kind: 'pipe', left, right: reader.nest(() => parseValue(reader)), at } : left;
}
