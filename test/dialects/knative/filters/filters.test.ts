import { expect, test } from 'vitest';
import { attributesOf } from '../../../../src/core/cloudevents/attributes.ts';
import { compileFilter, type FilterSpec } from '../../../../src/dialects/knative/filters/index.ts';
import { indexed } from '../../../../src/dialects/knative/filters/indexed.ts';

const event = attributesOf({
  specversion: '1.0',
  id: '1',
  source: '/s',
  type: 'dev.added',
  datacontenttype: 'application/json; charset=utf-8',
  extensions: { n: 20, empty: '' },
});

const refusal = (spec: FilterSpec) => compileFilter(spec, ['spec']).value.filter(event);

const problems = (spec: FilterSpec) =>
  compileFilter(spec, ['spec']).findings.map(
    ({ path, message, offset }) => `${path.join('.')}${offset === undefined ? '' : `@${offset}`}: ${message}`,
  );

test.each<[FilterSpec, string | undefined]>([
  [{}, undefined],
  [{ filter: { attributes: { type: 'dev.added', source: '' } } }, undefined],
  [{ filter: { attributes: { datamediatype: 'application/json' } } }, undefined],
  [{ filter: { attributes: { type: 'dev.removed' } } }, 'filter.attributes.type: type is "dev.added", not "dev.removed"'],
  [{ filter: { attributes: { subject: '' } } }, 'filter.attributes.subject: the event has no attribute `subject`'],
  [{ filter: { attributes: { n: '20' } } }, 'filter.attributes.n: n is the integer 20, and only a text can be "20"'],
  [{ filters: [{ exact: { n: '20' } }] }, undefined],
  [{ filters: [{ exact: { type: 'a' } }] }, 'filters[0].exact.type: type is "dev.added", not "a"'],
  [{ filters: [{ prefix: { type: 'a' } }] }, 'filters[0].prefix.type: type is "dev.added", which does not begin with "a"'],
  [{ filters: [{ suffix: { type: 'a' } }] }, 'filters[0].suffix.type: type is "dev.added", which does not end with "a"'],
  [{ filters: [{ not: { prefix: { type: 'dev' } } }] }, 'filters[0].not: what it excludes is so'],
  [{ filters: [{ cesql: "type = 'a'" }] }, 'filters[0].cesql: the expression is false with type "dev.added"'],
  [{ filters: [{ cesql: 'n > 30 OR EXISTS x' }] }, 'filters[0].cesql: the expression is false with n 20, x missing'],
  [{ filters: [{ cesql: 'FALSE' }] }, 'filters[0].cesql: the expression is false'],
  [{ filters: [{ cesql: 'x > 5' }] }, 'filters[0].cesql: CESQL: the event has no attribute `x`'],
  [{ filters: [{ not: { cesql: 'x > 5' } }] }, 'filters[0].not.cesql: CESQL: the event has no attribute `x`'],
  [{ filters: [{ any: [{ cesql: 'x > 5' }, { exact: { source: '/s' } }] }] }, undefined],
  [
    { filters: [{ any: [{ exact: { id: '2' } }, { exact: { id: '3' } }] }] },
    'filters[0].any[0].exact.id: filters[0].any[0].exact.id: id is "1", not "2"; filters[0].any[1].exact.id: id is "1", not "3"',
  ],
  [{ filters: [{ all: [{ exact: { id: '1' } }, { exact: { id: '2' } }] }] }, 'filters[0].all[1].exact.id: id is "1", not "2"'],
])('%j: %s', (spec, expected) => {
  const found = refusal(spec);

  expect(found && `${found.at}: ${found.because}`).toBe(expected);
});

test.each<[FilterSpec, string[]]>([
  [{ filters: [{}] }, ['spec.filters.0: set exactly one of exact, prefix, suffix, all, any, not, cesql; found none']],
  [{ filters: [{ sql: 'x' }] }, ['spec.filters.0: set exactly one of exact, prefix, suffix, all, any, not, cesql; found sql']],
  [{ filters: [{ exact: { type: '' } }] }, ['spec.filters.0.exact.type: nothing is compared with an empty text']],
  [{ filters: [{ exact: {} }] }, ['spec.filters.0.exact: `exact` names the attributes that it compares, with their values']],
  [
    { filters: [{ prefix: { Type: 'a' } }] },
    ['spec.filters.0.prefix.Type: "Type" is no name of an attribute: a lower-case letter, then lower-case letters and digits'],
  ],
  [{ filters: [{ all: [] }] }, ['spec.filters.0.all: `all` is a list of filters, one at least']],
  [{ filters: [{ not: { cesql: 'type =' } }] }, ['spec.filters.0.not.cesql@6: CESQL: a value is missing at the end']],
  [
    { filter: { attributes: { 'my-ext': 'a' } } },
    ['spec.filter.attributes.my-ext: "my-ext" is no name of an attribute: a lower-case letter, then lower-case letters and digits'],
  ],
])('%j cannot be used: %j', (spec, expected) => {
  expect(problems(spec)).toEqual(expected);
});

test.each<[string, object]>([
  ['beside one that passes', {}],
  ['below not', { not: {} }],
  ['in any, beside one that passes', { any: [{}, { exact: { id: '1' } }] }],
])('a filter that cannot be used lets nothing pass: %s', (_, filter) => {
  expect(refusal({ filters: [{ exact: { type: 'dev.added' } }, filter] })).toEqual({ at: 'filters', because: 'they cannot be used' });
});

test('filters that stand in filters without end are refused', () => {
  let filter: object = { exact: { type: 'a' } };
  for (let depth = 0; depth < 1_000; depth++) filter = { not: filter };

  expect(problems({ filters: [filter] })[0]).toMatch(/: filters stand in filters, 100 deep and more$/);
});

test('an event is looked up by what filters want exactly, in their order', () => {
  const specs: FilterSpec[] = [
    { filter: { attributes: { source: '/s' } } },
    {},
    { filter: { attributes: { type: 'dev.removed', source: '/s' } } },
    { filters: [{ all: [{ exact: { type: 'dev.added' } }] }] },
    { filters: [{ prefix: { type: 'dev' } }] },
    { filter: { attributes: { type: '' } } },
    { filters: [{ exact: { n: '20' } }] },
    { filters: [{ not: { exact: { type: 'dev.removed' } } }] },
  ];

  const find = indexed(specs.map((spec, value) => ({ exact: compileFilter(spec, []).value.exact, value })));

  expect(find(event)).toEqual([0, 1, 3, 4, 5, 6, 7]);
  expect(find(() => undefined)).toEqual([1, 4, 5, 7]);
});

test('of a thousand filters for types of their own, an event meets one', () => {
  const all = Array.from({ length: 1_000 }, (_, value) => ({ exact: new Map([['type', `type-${value}`]]), value }));

  expect(indexed(all)((name) => (name === 'type' ? 'type-700' : undefined))).toEqual([700]);
});
