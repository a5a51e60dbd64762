import { closest, distance } from '../core/errors/closest.ts';
import { error } from '../core/errors/finding.ts';
import type { JsonObject } from '../core/json/json.ts';
import { type CheckOptions, type Kind, spellingsOf } from '../core/schema/kind.ts';
import { type Checked, checkObject } from './check-object.ts';
import { kindOf, kinds } from './kinds.ts';

/** Checks one of our objects. Undefined when the object is none of ours. */
export function checkRule(object: JsonObject, options?: CheckOptions): Checked | undefined {
  const kind = kindOf(object);
  return kind ? checkObject(kind, object, options) : unknownKind(object);
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
