import { concerns, type Dialect } from './dialect.ts';
import { knative } from './knative/index.ts';
import { tekton } from './tekton/index.ts';

export const dialects: readonly Dialect[] = [tekton, knative];

/** The dialect that a kind of rule belongs to; undefined for Argo's kinds, which are our own. */
export const dialectOf = (kind: { readonly group: string; readonly kind: string }): Dialect | undefined =>
  dialects.find((dialect) => concerns(dialect, kind));
