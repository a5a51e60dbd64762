import { EngineError } from '../errors/engine-error.ts';
import type { Json } from '../json/json.ts';
import { type Position, parseDocuments } from './documents.ts';

/** A text of one YAML document as a value; null when it is empty. Throws EngineError CONFIG_YAML that names the line, with `offset`. */
export function parseYaml(text: string): Json {
  const [document, second] = parseDocuments(text);
  const value = valueIn(document, text);
  if (second) throw broken(text, 'a second document begins here, and one was expected', second.positionOf([]));
  return value;
}

/** The same for the first document of a text, whatever follows it: what Go's libraries read. */
export function parseFirstYaml(text: string): Json {
  const [document] = parseDocuments(text);
  return valueIn(document, text);
}

function valueIn(document: ReturnType<typeof parseDocuments>[number] | undefined, text: string): Json {
  if (!document) return null;
  const [problem] = document.problems;
  if (problem) throw broken(text, problem.message, problem.position);
  return document.value as Json;
}

function broken(text: string, message: string, position: Position): EngineError {
  return new EngineError('CONFIG_YAML', { reason: `${message} (line ${position.line} of the text)`, offset: offsetAt(text, position) });
}

/** How many characters stand before a position. */
export function offsetAt(text: string, { line, column }: Position): number {
  const before = text.split('\n').slice(0, line - 1);
  return before.reduce((sum, row) => sum + row.length + 1, column - 1);
}
