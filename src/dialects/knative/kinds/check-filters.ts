import type { Finding } from '../../../core/errors/finding.ts';
import { compileFilter, type FilterSpec } from '../filters/index.ts';

/** What is wrong in both forms of a filter, also in one that the other makes idle. */
export const checkFilters = ({ filter, filters }: FilterSpec): Finding[] => [
  ...compileFilter({ filter }, ['spec']).findings,
  ...compileFilter({ filters }, ['spec']).findings,
];
