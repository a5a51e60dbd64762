/**
 * What only shows when rules of Knative are seen together with others: receivers and Brokers that nobody has, and filters that let nothing
 * pass.
 *
 * For `validate`, before anything runs: all that is said is a warning, for what is missing may be in the cluster already.
 */
import type { Finding } from '../../../core/errors/finding.ts';
import type { JsonObject } from '../../../core/json/json.ts';
import { read } from '../../../core/schema/read.ts';
import type { DialectRule } from '../../dialect.ts';
import { knativeKinds } from '../kinds/index.ts';
import type { KindName, RuleOf } from '../rules.ts';
import { filterAdvice } from './filters.ts';
import { Names } from './names.ts';
import { receiversOf } from './receivers.ts';

/** `objects` are whole, in any form that their kinds take; what they cannot read is left out, and told elsewhere. Paths are those of today's form. */
export function knativeAdvice(objects: readonly JsonObject[]): (object: JsonObject) => Finding[] {
  const names = new Names(objects);
  return (object) => {
    const rule = ruleOf(object);
    if (!rule) return [];
    return [...receiversOf(rule).flatMap((one) => names.missing(one)), ...(rule.kind === 'Trigger' ? filterAdvice(rule.spec) : [])];
  };
}

function ruleOf(object: JsonObject): { [Name in KindName]: RuleOf<Name> }[KindName] | undefined {
  const kind = knativeKinds.find(
    ({ group, kind: name, alsoAs = [] }) =>
      name === object['kind'] && [{ group }, ...alsoAs].some((one) => String(object['apiVersion']).startsWith(`${one.group}/`)),
  );
  const rule = kind && (read(kind.schema, kind.upgrade?.(object).object ?? object).value as DialectRule | undefined);
  return rule as ReturnType<typeof ruleOf>;
}
