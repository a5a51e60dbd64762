import { expect, test } from 'vitest';
import { compileFilters, type FiltersSpec } from '../../../sensors/filters/registry.ts';
import { buildEvent } from '../../support/build-sensor.ts';
import { findingTexts } from '../../support/compile-sensor.ts';

const event = buildEvent('1', { data: { a: 'x' } });
const says = (filters: FiltersSpec, operator = '') => compileFilters(filters, operator, []).value(event);

const passes: FiltersSpec = { data: [{ path: 'a', type: 'string', value: ['x'] }] };
const refuses: FiltersSpec = { context: { type: 'webhook' } };
const fails: FiltersSpec = { data: [{ path: 'z', type: 'string', value: ['x'] }] };

test('all filters must pass', () => {
  expect(says({})).toBeUndefined();
  expect(says(passes)).toBeUndefined();
  expect(says({ ...passes, ...refuses })).toEqual({ at: 'filters.context.type', because: 'type is "test", wanted "webhook"' });
});

test('a filter that cannot be evaluated is told before one that says no', () => {
  const time = { start: '09:00', stop: '17:00:00' };

  expect(says({ ...refuses, time })?.at).toBe('filters.time');
});

test('with "or" one is enough, whatever befalls the others', () => {
  expect(says({ ...passes, ...refuses }, 'or')).toBeUndefined();
  expect(says({ ...fails, context: { type: 'test' } }, 'or')).toBeUndefined();
});

test('with "or" and none that passes, all are told', () => {
  expect(says({ data: [{ path: 'a', type: 'string', value: ['y'] }], ...refuses }, 'or')).toEqual({
    at: 'filters',
    because: 'filters.data[0]: a is "x", wanted "y"; filters.context.type: type is "test", wanted "webhook"',
  });
  expect(says({ ...fails, ...refuses }, 'or')).toEqual({
    at: 'filters',
    because: "data filter error (path 'z' does not exist)",
    failed: true,
  });
  expect(says({}, 'or')?.because).toBe('with filtersLogicalOperator: or at least one filter must pass, and none is given');
});

test('a script that cannot be compiled, and what refuses everything, is found when the rule is loaded', () => {
  const filters: FiltersSpec = { script: 'if true return', context: { id: '1' } };

  expect(findingTexts(compileFilters(filters, '', ['filters']).findings)).toEqual([
    'error filters.context: no fields specified in ctx filter (aka all events will be discarded)',
    'error filters.script: Lua: \'then\' expected near "return"',
  ]);
});
