/** Checks an object of a kind that is known: all that a process needs that works rules of one kind. */
import { error, type Finding, warning } from '../core/errors/finding.ts';
import { isObject, type JsonObject } from '../core/json/json.ts';
import { type CheckOptions, type Kind, type RuleMetadata, spellingsOf } from '../core/schema/kind.ts';
import { read } from '../core/schema/read.ts';
import { asWritten } from './as-written.ts';
import { whereItBelongs } from './check-belongs.ts';
import { checkRest } from './check-rest.ts';
import type { Rule } from './rule.ts';

export interface Checked {
  /** Undefined when it is refused: there is an error among the findings. */
  readonly rule: Rule | undefined;
  readonly findings: readonly Finding[];
}

/** Its schema, then everything that can be compiled. */
export function checkObject(kind: Kind, object: JsonObject, options?: CheckOptions): Checked {
  const name = isObject(object['metadata']) ? object['metadata']['name'] : undefined;
  if (typeof name !== 'string' || name === '') {
    return { rule: undefined, findings: [error('CONFIG_MISSING', ['metadata', 'name'], { problem: `${kind.kind} has no metadata.name` })] };
  }
  const versions = spellingsOf(kind).map(({ group, version }) => `${group}/${version}`);
  const { object: current, findings: upgraded } = kind.upgrade?.(asWritten(object, versions)) ?? { object, findings: [] };
  const { value, findings: problems } = read(kind.schema, current);
  const findings = [
    ...upgraded,
    ...nameAdvice(name),
    ...problems.map((one) => (one.code === 'CONFIG_UNKNOWN_FIELD' ? whereItBelongs(one, kind.schema) : one)),
  ];
  if (value === undefined) return { rule: undefined, findings: [...findings, ...checkRest(kind, current, options)] };
  const all = [...findings, ...kind.check(value, options)];
  if (all.some((finding) => finding.severity === 'error')) return { rule: undefined, findings: all };
  return {
    rule: { group: kind.group, kind: kind.kind, metadata: (value as { metadata: RuleMetadata }).metadata, value, object },
    findings: all,
  };
}

/** A name that works here, but that no API server takes. */
function nameAdvice(name: string): Finding[] {
  if (/^[a-z0-9]([-a-z0-9.]{0,251}[a-z0-9])?$/.test(name)) return [];
  const problem = `"${name}" cannot be the name of an object on a cluster`;
  return [
    warning(
      'CONFIG_INVALID',
      ['metadata', 'name'],
      { problem },
      { hint: 'small letters, digits, "-" and ".", none of those two at an end' },
    ),
  ];
}
