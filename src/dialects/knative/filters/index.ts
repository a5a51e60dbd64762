/**
 * Which events a Trigger wants (and an ApiServerSource with `filters`): `filters` where there are any, else `filter.attributes`; all
 * events where there is neither.
 *
 * A filter that cannot be used is an error of the rule, with its place: it is never taken for one that lets everything pass, as it is in
 * Knative. `exact` of what is made says by which attributes an event can be looked up: see `indexed`.
 */
import type { Checked } from '../../../../sensors/checked.ts';
import type { Path } from '../../../core/errors/finding.ts';
import { compileAttributes } from './attributes.ts';
import { compileAll } from './dialects.ts';
import { type Keyed, nothingExact } from './filter.ts';

export type { Filter, Keyed } from './filter.ts';

export interface FilterSpec {
  readonly filter?: { readonly attributes?: Readonly<Record<string, string>> | undefined } | undefined;
  readonly filters?: readonly unknown[] | undefined;
}

const everything: Checked<Keyed> = { findings: [], value: { exact: nothingExact, filter: () => undefined } };
const nothing: Keyed = { exact: nothingExact, filter: () => ({ at: 'filters', because: 'they cannot be used' }) };

/** `path` is that of the block which holds `filter` and `filters`. What is made refuses everything where there are findings. */
export function compileFilter(spec: FilterSpec, path: Path): Checked<Keyed> {
  const compiled = compileGiven(spec, path);
  return compiled.findings.length === 0 ? compiled : { ...compiled, value: nothing };
}

function compileGiven({ filter, filters = [] }: FilterSpec, path: Path): Checked<Keyed> {
  if (filters.length > 0) return compileAll(filters, [...path, 'filters'], 'filters');
  return filter?.attributes ? compileAttributes(filter.attributes, [...path, 'filter', 'attributes']) : everything;
}
