import type { FieldPattern, Node, Pattern } from './ast.ts';
import { parsePipe } from './parse.ts';
import type { TokenReader } from './reader.ts';
import { parseString } from './terms.ts';

/** One pattern, or several with `?//` between them. */
export function parsePatterns(reader: TokenReader): Pattern[] {
  const patterns = [parsePattern(reader)];
  while (reader.take('?')) {
    reader.expect('//');
    patterns.push(parsePattern(reader));
  }
  return patterns;
}

function parsePattern(reader: TokenReader): Pattern {
  return reader.nest(() => {
    if (reader.take('[')) return { kind: 'array', items: list(reader, ']', parsePattern) };
    if (reader.take('{')) return { kind: 'object', fields: list(reader, '}', parseField) };
    if (!reader.isVariable) throw reader.unexpected('`$name`, `[…]` or `{…}`');
    return { kind: 'variable', name: reader.variable() };
  });
}

function list<T>(reader: TokenReader, close: string, read: (reader: TokenReader) => T): T[] {
  const found: T[] = [];
  do found.push(read(reader));
  while (reader.take(','));
  reader.expect(close);
  return found;
}

function parseField(reader: TokenReader): FieldPattern {
  const { at, token } = reader;
  if (reader.isVariable) {
    const variable = reader.variable();
    return { key: { kind: 'literal', value: variable, at }, variable, value: reader.take(':') ? parsePattern(reader) : undefined };
  }
  let key: Node;
  if (reader.take('(')) {
    key = parsePipe(reader);
    reader.expect(')');
  } else if (token.kind === 'string') {
    key = parseString(reader, 'text');
  } else if (token.kind === 'name' || token.kind === 'keyword') {
    key = { kind: 'literal', value: reader.advance().text, at };
  } else {
    throw reader.unexpected('a key: `$name`, `name`, a string or `(…)`');
  }
  reader.expect(':');
  return { key, variable: undefined, value: parsePattern(reader) };
}
