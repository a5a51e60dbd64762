import { error, type Finding, type Path } from '../../../core/errors/finding.ts';

const label = /^([A-Za-z0-9]([-A-Za-z0-9_.]{0,61}[A-Za-z0-9])?)?$/;

const part = '[a-z0-9](?:[-a-z0-9]*[a-z0-9])?';
const subdomain = new RegExp(`^${part}(?:\\.${part})*$`);

/** The name of an object that becomes the value of a label: a DNS subdomain of at most 63 characters. */
export function checkObjectName(kind: string, name: string): Finding[] {
  if (name.length > 63)
    return [invalid(['metadata', 'name'], `the name of a ${kind} has at most 63 characters, and "${name}" has ${name.length}`)];
  if (subdomain.test(name)) return [];
  const hint = 'small letters, digits, "-" and ".", none of those two at an end or beside a "."';
  return [invalid(['metadata', 'name'], `"${name}" cannot be the name of a ${kind}`, hint)];
}

/** A name that becomes the value of a label of what is created. */
export function checkLabelName(name: string | undefined, path: Path): Finding[] {
  if (name === undefined || label.test(name)) return [];
  const problem = `the name of a trigger becomes a label of what it creates, and "${name}" cannot be one`;
  return [invalid(path, problem, 'letters, digits, "-", "_" and ".", at most 63, the first and the last a letter or digit')];
}

export const invalid = (path: Path, problem: string, hint?: string): Finding =>
  error('CONFIG_INVALID', path, { problem }, hint === undefined ? {} : { hint });

export const missing = (path: Path, problem: string, hint?: string): Finding =>
  error('CONFIG_MISSING', path, { problem }, hint === undefined ? {} : { hint });

/** Not exactly one of some fields. `found` are those that are there. */
export const notOne = (path: Path, choices: readonly string[], found: readonly string[]): Finding =>
  error('CONFIG_ONE_OF', path, { choices: choices.join(', '), found: found.length === 0 ? 'none' : found.join(' and ') });
