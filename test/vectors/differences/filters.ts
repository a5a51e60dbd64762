import type { Case } from '../adapter.ts';
import type { Difference } from '../differences.ts';

/** Filters and transforms of dependencies. */
export const filterDifferences: readonly Difference[] = [
  {
    parts: ['argo/filter-combined'],
    when: ({ filters, filtersLogicalOperator, event }) =>
      filtersLogicalOperator === 'or' && lacksPath(filters.data, event) && fits(filters.context, event?.context),
    expected: () => ({ pass: true, error: null }),
    because: 'B29: with `or` a filter that passes is enough, also when another one could not be evaluated',
  },
  {
    parts: ['argo/filter-data'],
    when: ({ filters }) => filters.length === 1 && filters[0].type === 'bool' && filters[0].comparator === '!=',
    expected: ({ expect }) => ({ pass: expect.error === null && !expect.pass }),
    because: 'B31: a bool filter obeys `!=`',
  },
  {
    parts: ['argo/transform'],
    when: ({ kind, script, data }) => kind === 'jq' && script === '.' && /\d{17}/.test(data ?? ''),
    expected: ({ data }) => ({ data }),
    because: 'B46: an integer keeps all its digits',
  },
];

const payloadOf = (event: Case | undefined): Case => JSON.parse(event?.['data'] ?? '{}');

/** The first data filter asks for a member that the payload does not have. */
const lacksPath = (data: readonly Case[] | undefined, event: Case): boolean =>
  data?.[0] !== undefined && !(data[0]['path'] in payloadOf(event));

const fits = (context: Case | undefined, actual: Case | undefined): boolean =>
  context !== undefined && Object.entries(context).every(([name, value]) => actual?.[name] === value);
