import { randomInt } from 'node:crypto';
import type { NameRule } from './kinds/resource.ts';
import { type Cause, wrong } from './status.ts';

const label = '[a-z0-9]([-a-z0-9]*[a-z0-9])?';

interface Rule {
  readonly pattern: RegExp;
  readonly longest: number;
  readonly because: string;
}

const rules: Record<NameRule, Rule> = {
  subdomain: {
    pattern: new RegExp(`^${label}(\\.${label})*$`),
    longest: 253,
    because:
      "a lowercase RFC 1123 subdomain must consist of lower case alphanumeric characters, '-' or '.', and must start and end with an " +
      "alphanumeric character (e.g. 'example.com', regex used for validation is " +
      "'[a-z0-9]([-a-z0-9]*[a-z0-9])?(\\.[a-z0-9]([-a-z0-9]*[a-z0-9])?)*')",
  },
  label: {
    pattern: new RegExp(`^${label}$`),
    longest: 63,
    because:
      "a lowercase RFC 1123 label must consist of lower case alphanumeric characters or '-', and must start and end with an " +
      "alphanumeric character (e.g. 'my-name',  or '123-abc', regex used for validation is '[a-z0-9]([-a-z0-9]*[a-z0-9])?')",
  },
  service: {
    pattern: /^[a-z0-9]([-a-z0-9]*[a-z0-9])?$/,
    longest: 63,
    because:
      "a lowercase RFC 1123 label must consist of lower case alphanumeric characters or '-', and must start and end with an " +
      "alphanumeric character (e.g. 'my-name',  or '123-abc', regex used for validation is '[a-z0-9]([-a-z0-9]*[a-z0-9])?')",
  },
  path: { pattern: /^(?!\.{1,2}$)[^/%]+$/, longest: 253, because: "may not contain '/' or '%', and may not be '.' or '..'" },
};

export function checkName(rule: NameRule, name: string): Cause[] {
  const { pattern, longest, because } = rules[rule];
  const causes: Cause[] = [];
  if (name.length > longest) causes.push(wrong('metadata.name', name, `must be no more than ${longest} bytes`));
  if (!pattern.test(name)) causes.push(wrong('metadata.name', name, because));
  return causes;
}

/** Without vowels and look-alikes, so that no word appears by chance. */
const letters = 'bcdfghjklmnpqrstvwxz2456789';

/** A name for `generateName`: the prefix, cut so that all fits, and five letters. */
export function generateName(prefix: string): string {
  let ending = '';
  for (let count = 0; count < 5; count++) ending += letters[randomInt(letters.length)];
  return `${prefix.slice(0, 58)}${ending}`;
}
