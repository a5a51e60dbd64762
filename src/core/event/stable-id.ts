import { hash } from 'node:crypto';

/**
 * The same fact gets the same id, whoever sees it and however often: 32 hex digits, the form of an Argo event id.
 *
 * The parts are joined with their lengths, so that ('ab', 'c') and ('a', 'bc') differ.
 */
export function stableId(...parts: readonly string[]): string {
  let fact = '';
  for (const part of parts) fact += `${part.length}:${part}`;
  return hash('sha256', fact, 'hex').slice(0, 32);
}
