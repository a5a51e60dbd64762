import { parseExpression } from '../../../sensors/conditions/expression.ts';
import { compileArgoExpression, compileGovaluate } from '../../../src/core/expression/index.ts';
import { compileJq } from '../../../src/core/jq/index.ts';
import { compileLua } from '../../../src/core/lua/index.ts';
import { compileRegex } from '../../../src/core/regex.ts';
import { compileTemplate } from '../../../src/core/template/index.ts';
import type { Case } from '../adapter.ts';
import type { Difference } from '../differences.ts';
import { dataFiltersOf, whereAccepted } from './rules.ts';

/** A program in a rule: what it is called, under which fields it stands, what reads it, and how its refusal begins. */
interface Language {
  readonly what: string;
  readonly textsOf: (one: Case) => readonly unknown[];
  readonly read: (text: string) => unknown;
  readonly error: RegExp;
}

const languages: readonly Language[] = [
  { what: 'an expression', textsOf: ({ spec }) => allUnder(spec, 'expr'), read: (text) => compileGovaluate(text), error: /^expression: / },
  { what: 'an expression', textsOf: ({ spec }) => allUnder(spec, 'expression'), read: compileArgoExpression, error: /^expression: / },
  { what: 'a jq program', textsOf: ({ spec }) => allUnder(spec, 'jq'), read: (text) => compileJq(text), error: /^jq: / },
  { what: 'a Lua program', textsOf: ({ spec }) => allUnder(spec, 'script'), read: (text) => compileLua(text), error: /^Lua: / },
  {
    what: 'a template',
    textsOf: ({ spec }) => ['dataTemplate', 'contextTemplate', 'template'].flatMap((field) => allUnder(spec, field)),
    read: (text) => compileTemplate(text),
    error: /^template: /,
  },
  {
    what: 'a regular expression',
    textsOf: (one) =>
      dataFiltersOf(one)
        .filter(({ type }) => type === 'string')
        .flatMap(({ value }) => value ?? []),
    read: (text) => compileRegex(text),
    error: /^regular expression "/,
  },
  {
    what: 'a condition (B27)',
    textsOf: ({ spec }) => allUnder(spec, 'conditions'),
    read: parseExpression,
    error: /is missing|bracket|no place/,
  },
];

/** Programs that cannot be read, in rules that Argo accepts. */
export const unreadableDifferences: readonly Difference[] = whereAccepted(
  languages.map(({ what, textsOf, read, error }) => ({
    parts: ['argo/validation'],
    when: (one) => textsOf(one).some((text) => typeof text === 'string' && text !== '' && isRefused(() => read(text))),
    expected: () => ({ error }),
    because: `the row of validation: ${what} that cannot be read is refused when the rule is loaded`,
  })),
);

/** What stands under a field of this name, however deep. */
function allUnder(value: unknown, field: string): unknown[] {
  if (typeof value !== 'object' || value === null) return [];
  return Object.entries(value).flatMap(([key, inner]) => [...(key === field ? [inner] : []), ...allUnder(inner, field)]);
}

function isRefused(read: () => unknown): boolean {
  try {
    read();
    return false;
  } catch {
    return true;
  }
}
