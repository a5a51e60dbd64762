import type { Case } from './adapter.ts';

export interface Skip {
  /** Decided by the case's input alone. */
  readonly when: (one: Case, part: string) => boolean;
  readonly because: string;
}

/** What cannot run because the product lacks something. Leave a row out as soon as that is built. */
export const skips: readonly Skip[] = [
  { when: usesTemplate, because: 'templates are not built yet' },
];

/** A Go template in a data filter or in a parameter's source. */
function usesTemplate(one: Case, part: string): boolean {
  if (!part.startsWith('argo/') || part === 'argo/validation') return false;
  const { expect: _, ...input } = one;
  return someMember(input, (key, value) => {
    if (typeof value !== 'string' || value === '') return false;
    return key === 'dataTemplate' || key === 'contextTemplate' || key === 'template';
  });
}

function someMember(value: unknown, holds: (key: string, value: unknown) => boolean): boolean {
  if (typeof value !== 'object' || value === null) return false;
  return Object.entries(value).some(([key, member]) => holds(key, member) || someMember(member, holds));
}
