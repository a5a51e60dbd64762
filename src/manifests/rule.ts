import type { JsonObject } from '../core/json/json.ts';
import type { RuleMetadata } from '../core/schema/kind.ts';
import type { DialectRule } from '../dialects/dialect.ts';

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
