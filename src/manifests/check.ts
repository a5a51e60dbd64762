import { closest, distance } from '../core/errors/closest.ts';
import { error, type Finding, warning } from '../core/errors/finding.ts';
import { isObject, type JsonObject } from '../core/json/json.ts';
import type { CheckOptions, Kind, RuleMetadata } from '../core/schema/kind.ts';
import { read } from '../core/schema/read.ts';
import type { DialectRule } from '../dialects/dialect.ts';
import { asWritten } from './as-written.ts';
import { whereItBelongs } from './check-belongs.ts';
import { checkRest } from './check-rest.ts';
import { kindOf, kinds, spellingsOf } from './kinds.ts';

/** A rule that may run: what the schema made of it, with the kind it is of. */
export interface Rule {
  /** Two groups may have kinds of one name. */
  readonly group: string;
  readonly kind: string;
  readonly metadata: RuleMetadata;
  /** As read by the kind's schema; its owner knows the type. */
  readonly value: unknown;
  /** As it was written. */
  readonly object: JsonObject;
}

/** A rule of another system, as its dialect takes it. */
export function dialectRule({ object, kind, value }: Rule): DialectRule {
  const { metadata, spec } = value as Pick<DialectRule, 'metadata' | 'spec'>;
  const { apiVersion, status } = object;
  return { apiVersion: String(apiVersion), kind, metadata, spec, ...(status === undefined ? {} : { status }) };
}

interface Checked {
  /** Undefined when it is refused: there is an error among the findings. */
  readonly rule: Rule | undefined;
  readonly findings: readonly Finding[];
}

/** Checks one of our objects: schema, then everything that can be compiled. Undefined when the object is none of ours. */
export function checkRule(object: JsonObject, options?: CheckOptions): Checked | undefined {
  const kind = kindOf(object);
  if (!kind) return unknownKind(object);
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

/** Another version of the group, or a slip of the pen. */
const isSlipOf = (apiVersion: string, kind: Kind): boolean =>
  spellingsOf(kind).some(({ group, version }) => apiVersion.startsWith(`${group}/`) || distance(apiVersion, `${group}/${version}`) <= 3);

/** A kind of our group that we don't know, or a known kind in a wrong version, is a mistake; anything else is just not a rule. */
function unknownKind(object: JsonObject): Checked | undefined {
  const apiVersion = String(object['apiVersion']);
  const near = kinds.find((kind) => kind.kind === object['kind'] && isSlipOf(apiVersion, kind));
  if (near) {
    const hint = `apiVersion: ${near.group}/${near.version}`;
    return {
      rule: undefined,
      findings: [error('CONFIG_UNKNOWN_KIND', ['apiVersion'], { kind: String(object['kind']), apiVersion }, { hint })],
    };
  }
  const siblings = kinds.filter((kind) => spellingsOf(kind).some(({ group, version }) => `${group}/${version}` === apiVersion));
  const likely = closest(
    String(object['kind']),
    siblings.map((kind) => kind.kind),
  );
  if (!likely) return undefined;
  return {
    rule: undefined,
    findings: [error('CONFIG_UNKNOWN_KIND', ['kind'], { kind: String(object['kind']), apiVersion }, { hint: `did you mean ${likely}?` })],
  };
}
