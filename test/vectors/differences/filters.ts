import type { Difference } from '../differences.ts';
import { hasLongInteger, withDigitsOf } from './digits.ts';

/** Filters and transforms of dependencies. */
export const filterDifferences: readonly Difference[] = [
  {
    parts: ['argo/filter-combined'],
    when: ({ filters, filtersLogicalOperator }) => filtersLogicalOperator === 'or' && mayFail.some((name) => name in (filters ?? {})),
    expected: ({ expect }) => (expect.innerPass ? { pass: true, error: null } : {}),
    because: 'B29: with `or` a filter that passes is enough, also when another one could not be evaluated',
  },
  {
    parts: ['argo/filter-data'],
    when: ({ filters: [filter, ...others] }) =>
      others.length === 0 && filter?.type === 'bool' && filter.comparator === '!=' && filter.value.every(isGoBool),
    expected: ({ filters, expect }) => ({ pass: expect.error === null && (!expect.pass || hasBoth(filters[0].value)) }),
    because: 'B31: a bool filter obeys `!=`',
  },
  {
    parts: ['argo/filter-script'],
    when: ({ script }) => leavesTheSandbox.test(script),
    expected: () => ({ pass: false, error: 'it may not' }),
    because: 'B54: a script sees its event, and nothing of the machine',
  },
  {
    parts: ['argo/transform'],
    when: ({ kind, script }) => kind === 'lua' && leavesTheSandbox.test(script),
    expected: () => ({ data: null, error: 'it may not' }),
    because: 'B54: a script sees its event, and nothing of the machine',
  },
  {
    parts: ['argo/transform'],
    when: ({ data }) => hasLongInteger(data),
    expected: ({ data, expect }) => ({ data: withDigitsOf(data, expect.data) }),
    because: 'B46: an integer keeps all its digits',
  },
];

/** The filters that can fail to be evaluated and let others go on. */
const mayFail = ['exprs', 'data', 'time'];

const isGoBool = (text: string): boolean => /^(?:1|t|T|TRUE|true|True|0|f|F|FALSE|false|False)$/.test(text);

/** Among values that are Go's booleans, both: one of them differs from whatever is found. */
const hasBoth = (values: readonly string[]): boolean => new Set(values.map((text) => /^[1tT]/.test(text))).size === 2;

/** Calls of Lua's functions that reach files, other programs, the environment, or code from text. */
const leavesTheSandbox =
  /\b(?:os\.(?:execute|exit|getenv|remove|rename|setenv|setlocale|tmpname)|io\.\w+|require|load|loadstring|loadfile|dofile)\s*\(/;
