import { compileDataFilter } from '../../../sensors/filters/data.ts';
import { compileExpressionFilter } from '../../../sensors/filters/expression.ts';
import { compileFilters } from '../../../sensors/filters/registry.ts';
import type { Filter } from '../../../sensors/filters/verdict.ts';
import type { Event } from '../../../src/core/event/event.ts';
import type { Adapter, Answer, Case } from '../adapter.ts';
import { argoEvent } from './argo-event.ts';

export const filterContext: Adapter = {
  run: (one) =>
    verdict(compileFilters({ context: one.filter ?? undefined }, '', []).value, one.context && argoEvent({ context: one.context })),
};

export const filterTime: Adapter = {
  compare: { error: 'own error' },
  run: (one) => verdict(compileFilters({ time: one.filter ?? undefined }, '', []).value, argoEvent({ context: { time: one.eventTime } })),
};

export const filterData: Adapter = {
  compare: { error: 'own error' },
  run: (one) => verdict(compileDataFilter(one.filters.map(withGosZeros), one.operator, []).value, argoEvent(one.event)),
};

export const filterExpr: Adapter = {
  compare: { error: 'own error' },
  run: (one) => verdict(compileExpressionFilter(one.filters, one.operator, []).value, argoEvent(one.event)),
};

export const filterScript: Adapter = {
  compare: { error: 'failed' },
  run: (one) => verdict(compileFilters({ script: one.script }, '', []).value, argoEvent(one.event)),
};

export const filterCombined: Adapter = {
  compare: { error: 'own error', innerPass: () => true },
  run({ filters, filtersLogicalOperator, event }) {
    const data = filters?.data?.map(withGosZeros);
    return verdict(
      compileFilters({ ...filters, ...(data ? { data } : {}) }, filters ? filtersLogicalOperator : '', []).value,
      argoEvent(event),
    );
  },
};

function verdict(filter: Filter, event: Event | undefined): Answer {
  const refusal = filter(event ?? undefined);
  return { pass: refusal === undefined, error: refusal?.failed ? refusal.because : null };
}

/** Fields that a case leaves out are Go's empty ones; what loading a rule would refuse is evaluated here. */
const withGosZeros = (filter: Case): never => ({ type: '', ...filter, value: filter.value ?? [] }) as never;
