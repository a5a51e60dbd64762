import { z } from 'zod';
import { EngineError } from '../../src/core/errors/engine-error.ts';
import { error, type Finding, type Path, warning } from '../../src/core/errors/finding.ts';
import { compilePath, type Found } from '../../src/core/json/path/index.ts';
import { goQuote } from '../../src/core/json/quote.ts';
import type { TemplateOptions } from '../../src/core/template/index.ts';
import { type Checked, problemOf, suspicionOf } from '../checked.ts';
import { checkTemplate, compileValueTemplate } from '../templates.ts';
import { type Clause, clauseFilter } from './clauses.ts';
import { holdsSecret, mayBeHidden } from './hidden.ts';
import { comparators, type Matcher, matcher, matchings } from './matchers.ts';
import { type LongFilter, overspent } from './verdict.ts';

const incomplete = 'one of data filters is not valid (type, path and value must be not empty)';

export const dataFilterSpec = z
  .strictObject({
    path: z
      .string(incomplete)
      .min(1, incomplete)
      .describe('Where to look in the payload, in gjson’s words; a path that does not exist never passes.'),
    type: z.string(incomplete).min(1, incomplete).describe('How to compare: `string` (regular expressions), `number` or `bool`.'),
    value: z
      .array(z.string().min(1, 'one of data filters is not valid (value must be not empty)'), incomplete)
      .min(1, incomplete)
      .describe('What to compare with; one that fits is enough, also with `!=`.'),
    comparator: z
      .enum([...comparators, ''], { error: (issue) => `comparator ${String(issue.input)} not supported` })
      .optional()
      .describe('How `value` must compare with what was found; `=` when left out.'),
    template: z.string().optional().describe('A Go template that rewrites what was found before it is compared.'),
  })
  .describe('Compares one value of the payload.');

export type DataFilterSpec = z.output<typeof dataFilterSpec>;

/** Every clause must pass, or with the operator `or` any one. An event without a payload passes, as in Argo. */
export function compileDataFilter(
  specs: readonly DataFilterSpec[],
  operator: string | undefined,
  path: Path,
  options: Partial<TemplateOptions> = {},
): Checked<LongFilter> {
  const clauses = specs.map((spec, index) => clause(spec, `filters.data[${index}]`, options));
  return {
    findings: specs.flatMap((spec, index) => check(spec, [...path, index])),
    value: clauseFilter({
      at: 'filters.data',
      word: 'data',
      all: clauses,
      any: operator === 'or',
      noEvent: 'nil Event',
    }),
  };
}

function clause(spec: DataFilterSpec, at: string, options: Partial<TemplateOptions>): Clause {
  const fits = matcherOf(spec);
  const path = compilePath(spec.path);
  const guarded = mayBeHidden(spec.path);
  const rewrite = spec.template ? rewriter(spec.template, options) : undefined;
  return (payload) => {
    try {
      const there = payload.find(path);
      if (!there) return { at, because: `path '${spec.path}' does not exist`, failed: true };
      if (spec.value.length === 0) return { at, because: 'no values specified', failed: true };
      const found = rewrite ? rewrite(there) : there;
      return fits(found)
        ? undefined
        : { at, because: `${spec.path} is ${guarded && holdsSecret(payload.text) ? '<hidden>' : shown(found)}, wanted ${wanted(spec)}` };
    } catch (thrown) {
      if (!(thrown instanceof EngineError)) throw thrown;
      return { at, because: inGosWords(thrown, spec.template), failed: true, ...overspent(thrown) };
    }
  };
}

function matcherOf({ type, value, comparator }: DataFilterSpec): Matcher {
  const matching = matchings[type];
  if (matching) return matcher(matching, value, comparator || '=');
  return () => {
    throw new EngineError('CONFIG_INVALID', { problem: unknownType(type) });
  };
}

const itself = compilePath('@this');

/** What the template makes of the text of what was found: always a string. */
function rewriter(template: string, options: Partial<TemplateOptions>): (found: Found) => Found {
  const rewritten = compileValueTemplate(template, options);
  return ({ text }) => itself.get(goQuote(rewritten(text)))!;
}

function inGosWords({ code, fields, message }: EngineError, template = ''): string {
  if (code === 'EVENT_LIMIT') return message;
  const problem = String(fields['problem']);
  if (code === 'CONFIG_REGEX') return `error parsing regexp: ${problem}`;
  if (code === 'EVENT_TEMPLATE_FAILED') return fields['offset'] === undefined ? `template ${problem}` : message;
  if (code !== 'CONFIG_TEMPLATE') return problem;
  const line = template.slice(0, Number(fields['offset'])).split('\n').length;
  return `template: param:${line}: ${problem}`;
}

const unknownType = (type: string): string => `unsupported JSON type '${type}'`;

const shown = ({ raw }: Found): string => (raw.length > 120 ? `${raw.slice(0, 119)}…` : raw);

function wanted({ type, value, comparator }: DataFilterSpec): string {
  const sign = !comparator || comparator === '=' ? '' : `${comparator} `;
  const values = type === 'string' ? value.map((one) => JSON.stringify(one)) : value;
  return values.map((one) => `${sign}${one}`).join(' or ');
}

/** What can be known before an event comes: paths, types, patterns and numbers that can never work. */
function check(spec: DataFilterSpec, path: Path): Finding[] {
  const { type, value, comparator } = spec;
  const findings = [suspicionOf(spec.path, [...path, 'path'])];
  if (spec.template) findings.push(checkTemplate(spec.template, [...path, 'template']));
  const matching = matchings[type];
  if (!matching) {
    const hint = `one of ${Object.keys(matchings).join(', ')}`;
    findings.push(error('CONFIG_INVALID', [...path, 'type'], { problem: unknownType(type) }, { hint }));
  } else {
    for (const [index, one] of value.entries())
      findings.push(problemOf([...path, 'value', index], () => matching.read(one, comparator || '=')));
    if (comparator === '!=' && value.length > 1) {
      const problem = '!= with several values passes when any one of them differs, which is nearly always';
      findings.push(
        warning('CONFIG_INVALID', [...path, 'value'], { problem }, { hint: 'for "none of these", write a filter for each value' }),
      );
    }
    if (comparator && !matching.comparators.includes(comparator)) {
      const effect = type === 'string' ? 'so this filter never passes' : 'and is taken for =';
      const problem = `the comparator ${comparator} means nothing to a ${type}, ${effect}`;
      findings.push(warning('CONFIG_INVALID', [...path, 'comparator'], { problem }));
    }
  }
  return findings.filter((one) => one !== undefined);
}
