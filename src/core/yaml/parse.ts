import { EngineError } from '../errors/engine-error.ts';
import type { Json } from '../json/json.ts';
import { parseDocuments } from './documents.ts';

/** A text of one YAML document as a value; null when it is empty. Throws EngineError CONFIG_YAML that names line and column. */
export function parseYaml(text: string): Json {
  const [document, second] = parseDocuments(text);
  if (!document) return null;
  const [problem] = document.problems;
  if (problem) throw broken(problem.message, problem.position);
  if (second) throw broken('a second document begins here, and one was expected', second.positionOf([]));
  return document.value as Json;
}

const broken = (message: string, { line, column }: { line: number; column: number }) =>
  new EngineError('CONFIG_YAML', { reason: `${line}:${column} ${message}` });
