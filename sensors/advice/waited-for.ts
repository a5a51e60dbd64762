import { dependencyOf } from '../conditions/compile.ts';

/** The dependencies whose events a trigger waits for: those in its conditions, without conditions all of them. */
export function waitedFor(conditions: string | undefined, dependencies: readonly string[]): string[] {
  if (!conditions?.trim()) return [...dependencies];
  const named = new Set(wordsIn(conditions).map((word) => dependencyOf(word, dependencies)));
  return dependencies.filter((name) => named.has(name));
}

/** Whether conditions name what is no dependency: a slip, which another finding tells of. */
export const namesAnother = (conditions: string | undefined, dependencies: readonly string[]): boolean =>
  wordsIn(conditions ?? '').some((word) => dependencyOf(word, dependencies) === undefined);

const wordsIn = (conditions: string): string[] => conditions.split(/[\s()|&]+/).filter((word) => word !== '');

/** Whether the trigger fires on any one of several dependencies, so that the others may not be there. */
export const firesOnAny = (conditions: string | undefined): boolean => conditions?.includes('||') === true && !conditions.includes('&&');
