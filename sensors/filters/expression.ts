import { z } from 'zod';
import { closest } from '../../src/core/errors/closest.ts';
import { EngineError } from '../../src/core/errors/engine-error.ts';
import { type Finding, type Path, warning } from '../../src/core/errors/finding.ts';
import { compileGovaluate, type Govaluate } from '../../src/core/expression/index.ts';
import type { Json, JsonObject } from '../../src/core/json/json.ts';
import { parseJson } from '../../src/core/json/parse.ts';
import { compilePath, type Found } from '../../src/core/json/path/index.ts';
import { stringifyJson } from '../../src/core/json/stringify.ts';
import { type Checked, problemOf, suspicionOf } from '../checked.ts';
import { type Clause, clauseFilter } from './clauses.ts';
import { holdsSecret, mayBeHidden } from './hidden.ts';
import { type LongFilter, overspent } from './verdict.ts';

const incomplete = 'one of expr filters is not valid (expr and fields must be not empty)';
const incompleteField = 'one of expr filters is not valid (path and name in a field must be not empty)';

const fieldSpec = z.strictObject({
  name: z.string(incompleteField).min(1, incompleteField).describe('The name in the expression.'),
  path: z.string(incompleteField).min(1, incompleteField).describe('Where its value stands in the payload, in gjson’s words.'),
});

export const expressionFilterSpec = z
  .strictObject({
    expr: z.string(incomplete).min(1, incomplete).describe('An expression over the names of `fields`, in the language govaluate.'),
    fields: z.array(fieldSpec, incomplete).min(1, incomplete).describe('The values that the expression is about. All must be there.'),
  })
  .describe('Events pass for which the expression is true.');

export type ExpressionFilterSpec = z.output<typeof expressionFilterSpec>;

/**
 * Every expression must be true, or with the operator `or` any one (which an empty list has not). An event without a payload passes, as
 * in Argo.
 */
export function compileExpressionFilter(
  specs: readonly ExpressionFilterSpec[],
  operator: string | undefined,
  path: Path,
): Checked<LongFilter> {
  const clauses = specs.map((spec, index) => clause(spec, `filters.exprs[${index}]`, operator === 'or'));
  return {
    findings: specs.flatMap((spec, index) => check(spec, [...path, index])),
    value: clauseFilter({
      at: 'filters.exprs',
      word: 'expr',
      all: clauses,
      any: operator === 'or',
      noEvent: 'nil event',
      none: 'with exprLogicalOperator: or one expression must hold, and none is given',
    }),
  };
}

/** An entry without fields is passed over, as in Argo: it is no reason to refuse an event, nor one to let it pass where one is enough. */
function clause({ expr, fields }: ExpressionFilterSpec, at: string, oneIsEnough: boolean): Clause {
  if (fields.length === 0) return () => (oneIsEnough ? { at, because: `${expr} has no fields, so it is passed over` } : undefined);
  const places = fields.map(({ name, path }) => ({ name, path, read: compilePath(path), guarded: mayBeHidden(path) }));
  const isGuarded = places.some(({ guarded }) => guarded);
  const evaluate = compiled(expr);
  return (payload) => {
    const values: JsonObject = Object.create(null) as JsonObject;
    try {
      for (const { name, path, read } of places) {
        const found = payload.find(read);
        if (!found) return { at, because: `path '${path}' does not exist`, failed: true };
        values[name] = jsonOf(found);
      }
      const result = evaluate(values);
      if (result === true) return undefined;
      const hidden = isGuarded && holdsSecret(payload.text);
      const gives = result === false ? 'is false' : `gives ${hidden ? '<hidden>' : shown(result)}, not true`;
      const known = places.map(({ name, guarded }) => `${name} = ${hidden && guarded ? '<hidden>' : shown(values[name]!)}`).join(', ');
      return { at, because: `${expr} ${gives}: ${known}` };
    } catch (thrown) {
      if (!(thrown instanceof EngineError)) throw thrown;
      const hidden = isGuarded && holdsSecret(payload.text);
      const because = hidden ? 'it cannot be evaluated for this Secret' : inGosWords(thrown);
      return { at, because, failed: true, ...overspent(thrown) };
    }
  };
}

/** An expression that does not compile refuses the rule; where it is run all the same, each event tells why. */
function compiled(expr: string): Govaluate['evaluate'] {
  try {
    return compileGovaluate(expr).evaluate;
  } catch (thrown) {
    if (!(thrown instanceof EngineError)) throw thrown;
    return () => {
      throw thrown;
    };
  }
}

function jsonOf({ type, raw, text, number }: Found): Json {
  if (type === 'String') return text;
  if (type === 'True' || type === 'False') return type === 'True';
  if (type === 'Null') return null;
  return type === 'Number' && raw.length < 16 ? number : parseJson(raw);
}

const inGosWords = ({ code, fields, message }: EngineError): string => {
  if (code === 'CONFIG_REGEX') return `error parsing regexp: ${fields['problem']}`;
  return code === 'EVENT_LIMIT' ? message : String(fields['problem']);
};

function shown(value: Json): string {
  const text = stringifyJson(value);
  return text.length > 120 ? `${text.slice(0, 119)}…` : text;
}

/** What can be known before an event comes. */
function check({ expr, fields }: ExpressionFilterSpec, path: Path): Finding[] {
  const at = [...path, 'expr'];
  let program: Govaluate | undefined;
  const problem = problemOf(at, () => {
    program = compileGovaluate(expr);
  });
  const findings = [problem, ...fields.map((field, index) => suspicionOf(field.path, [...path, 'fields', index, 'path']))];
  for (const { problem, offset, hint } of program?.suspicions ?? []) {
    findings.push(warning('CONFIG_EXPRESSION', at, { problem }, { offset, ...(hint ? { hint } : {}) }));
  }
  if (program) findings.push(...unboundIn(program, fields, at), ...unusedIn(program, fields, path));
  return findings.filter((one) => one !== undefined);
}

/** A warning only: what is never reached needs no value. */
function unboundIn({ names }: Govaluate, fields: ExpressionFilterSpec['fields'], at: Path): Finding[] {
  const bound = fields.map(({ name }) => name);
  return names
    .filter(({ name }) => !bound.includes(name))
    .map(({ name, offset }) => {
      const near = closest(name, bound);
      const problem = `"${name}" is in no entry of \`fields\`, so an event for which it is needed never passes`;
      return warning('CONFIG_EXPRESSION', at, { problem }, { offset, ...(near ? { hint: `did you mean "${near}"?` } : {}) });
    });
}

function unusedIn({ names }: Govaluate, fields: ExpressionFilterSpec['fields'], path: Path): Finding[] {
  return fields.flatMap(({ name }, index) => {
    if (names.some((one) => one.name === name)) return [];
    const problem = `the expression does not use "${name}"; its path must be there in every event all the same`;
    const hint = /\W/.test(name) ? { hint: `in an expression such a name is written [${name}]` } : {};
    return [warning('CONFIG_EXPRESSION', [...path, 'fields', index, 'name'], { problem }, hint)];
  });
}
