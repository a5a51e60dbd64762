/**
 * The filters of a dependency: which there are, and how they are combined.
 *
 * They are evaluated in Argo's order (exprs, data, context, time, script), which decides whose problem is told first.
 */
import { z } from 'zod';
import type { Finding, Path } from '../../src/core/errors/finding.ts';
import type { Clock } from '../../src/core/time/clock.ts';
import { piecemeal } from '../../src/core/time/pieces.ts';
import type { Checked } from '../checked.ts';
import { compileContextFilter, contextFilterSpec } from './context.ts';
import { compileDataFilter, dataFilterSpec } from './data.ts';
import { compileExpressionFilter, expressionFilterSpec } from './expression.ts';
import { compileScriptFilter } from './script.ts';
import { compileTimeFilter, timeFilterSpec } from './time.ts';
import { asked, errorAmong, type Filter, type LongFilter, type Refusal } from './verdict.ts';

/** `and` (also when empty) or `or`. */
export const logicalOperator = () =>
  z.enum(['and', 'or', ''], { error: (issue) => `logical operator ${String(issue.input)} not supported` }).optional();

export const filtersSpec = z
  .strictObject({
    exprs: z.array(expressionFilterSpec).optional().describe('Expressions over values of the payload.'),
    exprLogicalOperator: logicalOperator().describe('Whether all expressions must hold (`and`) or one (`or`).'),
    data: z.array(dataFilterSpec).optional().describe('Comparisons with values of the payload.'),
    dataLogicalOperator: logicalOperator().describe('Whether all data filters must pass (`and`) or one (`or`).'),
    context: contextFilterSpec.optional().describe('Comparisons with attributes of the event.'),
    time: timeFilterSpec.optional().describe('The part of the day in which events pass.'),
    script: z.string().optional().describe('A Lua script that returns true for events that pass. It sees the payload as `event`.'),
  })
  .describe('Which events pass.');

export type FiltersSpec = z.output<typeof filtersSpec>;

/** One filter out of all that are given. With `or`, one that passes is enough, whatever befalls the others, unless a script fails. */
export function compileFilters(
  spec: FiltersSpec,
  operator: string | undefined,
  path: Path,
  options: { readonly clock?: Clock } = {},
): Checked<LongFilter> {
  const given = [
    spec.exprs && compileExpressionFilter(spec.exprs, spec.exprLogicalOperator, [...path, 'exprs']),
    spec.data && compileDataFilter(spec.data, spec.dataLogicalOperator, [...path, 'data'], options),
    spec.context && compileContextFilter(spec.context, [...path, 'context']),
    spec.time && compileTimeFilter(spec.time, [...path, 'time']),
  ].filter((one) => one !== undefined);
  const script = spec.script ? compileScriptFilter(spec.script, [...path, 'script'], options) : undefined;
  if (script) given.push(script);
  const filters = given.map((one) => one.value);
  const findings: Finding[] = given.flatMap((one) => one.findings);
  return { findings, value: operator === 'or' ? any(filters, script?.value) : every(filters) };
}

/** The first problem counts more than an earlier no, as in Argo. */
function every(filters: readonly (Filter | LongFilter)[]): LongFilter {
  return piecemeal(function* (event) {
    let refusal: Refusal | undefined;
    for (const filter of filters) {
      const one = yield* asked(filter, event);
      if (one?.failed) return one;
      refusal ??= one;
    }
    return refusal;
  });
}

/** A script that fails ends it, as in Argo, also when another filter passes. */
function any(filters: readonly (Filter | LongFilter)[], script: Filter | undefined): LongFilter {
  return piecemeal(function* (event) {
    const scripted = script?.(event);
    if (scripted?.failed) return scripted;
    const refusals: Refusal[] = [];
    for (const filter of filters) {
      const refusal = filter === script ? scripted : yield* asked(filter, event);
      if (!refusal) return undefined;
      refusals.push(refusal);
    }
    const [first, second] = refusals;
    if (!first) return { at: 'filters', because: 'with filtersLogicalOperator: or at least one filter must pass, and none is given' };
    if (!second) return first;
    const failed = refusals.filter((one) => one.failed);
    if (failed.length > 0)
      return { ...failed[0]!, at: 'filters', because: failed.map((one) => one.because).join(' / '), ...errorAmong(failed) };
    return { at: 'filters', because: refusals.map((one) => `${one.at}: ${one.because}`).join('; ') };
  });
}
