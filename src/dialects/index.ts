import type { Finding } from '../core/errors/finding.ts';
import type { JsonObject } from '../core/json/json.ts';
import type { Need } from '../core/kube/need.ts';
import type { Kind } from '../core/schema/kind.ts';
import type { DialectRule, DialectWorld, Translation } from './dialect.ts';
import { knative } from './knative/index.ts';
import { tekton } from './tekton/index.ts';

export type Translate = (rules: readonly DialectRule[], world: DialectWorld) => Translation;

/** One of the systems whose rules run here beside Argo's. */
export interface Dialect {
  readonly name: string;
  readonly kinds: readonly Kind[];
  /** Objects of others whose labels and annotations its translation looks at, as rules without a `spec`: "Namespace". */
  readonly looksAt: readonly { readonly group: string; readonly version: string; readonly resource: string; readonly kind: string }[];
  /** What a rule needs of an API server, for `generate rbac` and `validate --connect`. */
  needs(rule: DialectRule): Need[];
  /** What only shows when rules are seen together, for `validate`: findings for each of the objects that were given. */
  advise?(objects: readonly JsonObject[]): (object: JsonObject) => Finding[];
  /** The translation, which is loaded when there is a rule to translate: processes without one do without it. */
  translation(): Promise<Translate>;
}

export const dialects: readonly Dialect[] = [tekton, knative];

/** The dialect that a kind of rule belongs to; undefined for Argo's kinds, which are our own. */
export const dialectOf = ({ group, kind }: { readonly group: string; readonly kind: string }): Dialect | undefined =>
  dialects.find((dialect) => [...dialect.kinds, ...dialect.looksAt].some((one) => one.group === group && one.kind === kind));
