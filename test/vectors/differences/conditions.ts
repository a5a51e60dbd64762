import type { Difference } from '../differences.ts';

const twins = (name: string): string => name.replaceAll('-', '_');

/** The names of dependencies in conditions. */
export const conditionDifferences: readonly Difference[] = [
  {
    parts: ['argo/conditions-expression'],
    when: ({ dependencies }) => new Set(dependencies.map(twins)).size < dependencies.length,
    expected: ({ conditions, dependencies }) => {
      const named = dependencies.filter((name: string) => conditions.split(/[\s()|&]+/).includes(name));
      return { dependencies: named, expression: conditions, error: null, requiresAnd: conditions.includes('&&') };
    },
    because: 'B47: names that differ only by - and _ are two names',
  },
  {
    parts: ['argo/conditions-expression'],
    when: ({ conditions, dependencies }) =>
      conditions.trim() !== '' &&
      dependencies.some(
        (name: string) => conditions.split(/[\s()|&]+/).includes(name) && (name.includes('.') || keywords.has(name) || /^\d/.test(name)),
      ) &&
      conditions.split(/[\s()|&]+/).every((name: string) => name === '' || dependencies.includes(name)),
    expected: ({ conditions }) => ({
      dependencies: [...new Set(conditions.split(/[\s()|&]+/).filter((name: string) => name !== ''))],
      expression: conditions,
      error: null,
      requiresAnd: conditions.includes('&&'),
    }),
    because: 'B27: a trigger whose dependency has a dot, a digit first, or a word of the expression language in its name is not dead',
  },
];

const keywords = new Set(['in', 'not', 'and', 'or', 'true', 'false', 'nil', 'let', 'matches', 'contains', 'startsWith', 'endsWith']);
