import type { LabelSelector } from '../kinds/fields.ts';

/** A selector in the words that an API server takes in a query, sorted by key; undefined for one that selects everything. */
export function labelSelectorText({ matchLabels = {}, matchExpressions = [] }: LabelSelector): string | undefined {
  const requirements = [
    ...Object.entries(matchLabels).map(([key, value]) => ({ key, text: `${key}=${value}` })),
    ...matchExpressions.map(({ key, operator, values = [] }) => ({ key, text: textOf(key, operator, [...values].sort().join(',')) })),
  ];
  if (requirements.length === 0) return undefined;
  return requirements
    .sort((a, b) => (a.key < b.key ? -1 : a.key > b.key ? 1 : 0))
    .map(({ text }) => text)
    .join(',');
}

function textOf(key: string, operator: NonNullable<LabelSelector['matchExpressions']>[number]['operator'], list: string): string {
  switch (operator) {
    case 'In':
      return `${key} in (${list})`;
    case 'NotIn':
      return `${key} notin (${list})`;
    case 'Exists':
      return key;
    case 'DoesNotExist':
      return `!${key}`;
  }
}
