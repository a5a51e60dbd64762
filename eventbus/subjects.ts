import { EngineError } from '../src/core/errors/engine-error.ts';
import type { Address } from '../src/core/event/event.ts';

/** JetStream takes a subject of this many bytes in every command that carries one. */
const longestSubject = 1024;

/**
 * The subject that an event travels on: Argo's `default.<source>.<event>`, `default` being the prefix.
 *
 * A name that a token cannot hold (dots, spaces, `*`, `>`) is written with `%2E` and the like; every other name is as Argo writes
 * it, but for a `%` that looks like such an escape (`a%2Eb` becomes `a%252Eb`), so that no two names share a subject.
 * Throws REMOTE_BUS_NAME for what cannot be written at all.
 */
export function subjectOf(prefix: string, { source, subject }: Address): string {
  return fitting(`${prefix}.${encodeToken(source)}.${encodeToken(subject)}`);
}

/** What the stream of events takes: every subject of the prefix. */
export const streamSubjects = (prefix: string): string[] => [`${prefix}.*.*`];

/** Throws REMOTE_BUS_NAME when a subject is too long for the bus. */
function fitting(subject: string): string {
  if (subject.length > longestSubject / 3 && Buffer.byteLength(subject) > longestSubject)
    throw new EngineError('REMOTE_BUS_NAME', { name: subject, reason: `it is longer than ${longestSubject} bytes` });
  return subject;
}

// biome-ignore lint/suspicious/noControlCharactersInRegex: control characters are what must not get through
const unsafe = /[\u0000-\u0020.*>\u007f]|%(?=[0-9A-F]{2})/g;

function encodeToken(name: string): string {
  if (name === '' || /\p{Surrogate}/u.test(name))
    throw new EngineError('REMOTE_BUS_NAME', { name, reason: name === '' ? 'it is empty' : 'it is not well-formed Unicode' });
  return name.replace(unsafe, escaped);
}

export const escaped = (character: string): string => `%${character.charCodeAt(0).toString(16).toUpperCase().padStart(2, '0')}`;
