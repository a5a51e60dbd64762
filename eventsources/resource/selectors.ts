import { closest } from '../../src/core/errors/closest.ts';
import { error, type Finding } from '../../src/core/errors/finding.ts';
import type { ResourceSpec } from './spec.ts';

type LabelSelector = NonNullable<ResourceSpec['filter']>['labels'][number];

/**
 * `filter.labels` as a label selector for the API server: sorted by key, joined with commas, in the words that Kubernetes uses.
 * Undefined when there is nothing to select by. The selectors must have passed `checkLabels`.
 */
export function labelSelectorOf(selectors: readonly LabelSelector[]): string | undefined {
  if (selectors.length === 0) return undefined;
  return [...selectors]
    .sort((a, b) => (a.key < b.key ? -1 : a.key > b.key ? 1 : 0))
    .map(requirement)
    .join(',');
}

const operators: Record<string, (selector: LabelSelector) => string> = {
  '': ({ key, value }) => `${key}=${value}`,
  '=': ({ key, value }) => `${key}=${value}`,
  '==': ({ key, value }) => `${key}==${value}`,
  '!=': ({ key, value }) => `${key}!=${value}`,
  in: ({ key, value }) => `${key} in (${listOf(value)})`,
  notin: ({ key, value }) => `${key} notin (${listOf(value)})`,
  exists: ({ key }) => key,
  '!': ({ key }) => `!${key}`,
  gt: ({ key, value }) => `${key}>${value}`,
  lt: ({ key, value }) => `${key}<${value}`,
};

const requirement = (selector: LabelSelector): string => operators[selector.operation]!(selector);
const listOf = (value: string): string => value.split(',').sort().join(',');

/** What is wrong with label selectors, by the rules of the API server. Paths start at the list. */
export function checkLabels(selectors: readonly LabelSelector[]): Finding[] {
  return selectors.flatMap((selector, index) => {
    const invalid = (field: keyof LabelSelector, problem: string, hint?: string): Finding =>
      error('CONFIG_INVALID', [index, field], { problem }, hint === undefined ? {} : { hint });
    const findings: Finding[] = [];
    const { key, operation, value } = selector;
    if (!isLabelKey(key)) findings.push(invalid('key', `"${key}" is not a label name`));
    if (!Object.hasOwn(operators, operation)) {
      const near = closest(operation, Object.keys(operators));
      findings.push(
        invalid(
          'operation',
          `unknown operation "${operation}"`,
          near ? `did you mean "${near}"?` : 'use =, ==, !=, in, notin, exists, !, gt or lt',
        ),
      );
    } else if (operation === 'exists' || operation === '!') {
      if (value !== '') findings.push(invalid('value', `"${operation}" takes no value`));
    } else if (operation === 'gt' || operation === 'lt') {
      if (!isInteger(value)) findings.push(invalid('value', `"${operation}" compares with an integer, but the value is "${value}"`));
    } else {
      const list = operation === 'in' || operation === 'notin';
      for (const one of list ? value.split(',') : [value]) {
        if (isLabelValue(one)) continue;
        const spaced = list && isLabelValue(one.trim());
        findings.push(invalid('value', `"${one}" is not a label value`, spaced ? 'write the list without spaces' : undefined));
      }
    }
    return findings;
  });
}

const name = /^[A-Za-z0-9]([A-Za-z0-9_.-]*[A-Za-z0-9])?$/;
const subdomain = /^[a-z0-9]([a-z0-9-]*[a-z0-9])?(\.[a-z0-9]([a-z0-9-]*[a-z0-9])?)*$/;

const isInteger = (value: string): boolean => /^\d+$/.test(value) && BigInt(value) < 2n ** 63n;
const isLabelValue = (value: string): boolean => value === '' || (value.length <= 63 && name.test(value));

function isLabelKey(key: string): boolean {
  const slash = key.indexOf('/');
  const last = key.slice(slash + 1);
  const prefix = slash < 0 ? undefined : key.slice(0, slash);
  return last.length <= 63 && name.test(last) && (prefix === undefined || (prefix.length <= 253 && subdomain.test(prefix)));
}
