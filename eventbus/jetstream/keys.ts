import { EngineError } from '../../src/core/errors/engine-error.ts';
import { escaped } from '../subjects.ts';

/**
 * Any key as the tokens of a subject, one for each part between slashes, so that a server can pick out the keys below one.
 * Letters, digits, `-`, `_` and `=` stay, everything else becomes `%` and two hex digits a byte; an empty part is a lone `%`.
 */
export function encodeKey(key: string): string {
  return key.split('/').map(encodePart).join('.');
}

export const decodeKey = (tokens: string): string =>
  tokens
    .split('.')
    .map((token) => (token === '%' ? '' : decodeURIComponent(token)))
    .join('/');

/** The narrowest subject that takes in every key beginning with `prefix`. Some others may come with them. */
export function keysBelow(prefix: string): string {
  const slash = prefix.lastIndexOf('/');
  return slash < 0 ? '>' : `${encodeKey(prefix.slice(0, slash))}.>`;
}

function encodePart(part: string): string {
  if (part === '') return '%';
  if (/^[A-Za-z0-9_=-]+$/.test(part)) return part;
  if (/\p{Surrogate}/u.test(part)) throw new EngineError('REMOTE_BUS_NAME', { name: part, reason: 'it is not well-formed Unicode' });
  return Buffer.from(part, 'utf8')
    .toString('latin1')
    .replace(/[^A-Za-z0-9_=-]/g, escaped);
}
