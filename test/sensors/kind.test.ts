import { describe, expect, test } from 'vitest';
import { sensorKind } from '../../sensors/kind.ts';
import { triggers } from '../../sensors/triggers/registry.ts';
import { structuralSchema } from '../../src/core/schema/structural.ts';
import { buildEvent } from '../support/build-sensor.ts';
import { compiledSensor, findingTexts } from '../support/compile-sensor.ts';

const says = (spec: object) => findingTexts(compiledSensor(spec).findings);
const dependency = (rest: object) => ({ dependencies: [{ name: 'dep', eventSourceName: 'es', eventName: 'things', ...rest }] });
const trigger = (rest: object, template: object = { log: {} }) => ({ triggers: [{ template: { name: 't', ...template }, ...rest }] });
const k8s = (block: object) => trigger({}, { k8s: { source: { resource: {} }, ...block } });
const types = triggers.map(({ type }) => type).join(', ');

test('a sensor with every field of Argo that is built has nothing to say', () => {
  expect(
    says({
      eventBusName: 'b',
      replicas: 2,
      revisionHistoryLimit: 3,
      template: { serviceAccountName: 'sa', container: { resources: { limits: { cpu: 1 } } } },
      ...dependency({
        filters: {
          data: [{ path: 'a', type: 'string', value: ['x'], comparator: '' }],
          dataLogicalOperator: 'or',
          context: { type: 'webhook' },
          time: { start: '09:00:00', stop: '17:00:00', timezone: 'Europe/Berlin' },
        },
        filtersLogicalOperator: 'or',
        transform: { jq: '.a = 1' },
      }),
      triggers: [
        {
          template: { name: 't', conditions: 'dep', k8s: { source: { resource: { kind: 'x' } }, operation: '', parameters: [] } },
          parameters: [
            { src: { dependencyName: 'dep', dataKey: 'a', value: '', useRawData: true }, dest: 'k8s.operation', operation: 'append' },
          ],
          retryStrategy: { steps: 3, duration: '10s', factor: 2, jitter: 0.5 },
          rateLimit: { unit: 'Minute', requestsPerUnit: 30 },
          atLeastOnce: false,
          orderBy: '.id',
        },
        { template: { name: 'l', log: { intervalSeconds: 3 } } },
      ],
    }),
  ).toEqual([]);
});

test('a field that is null is a field that is left out', () => {
  expect(says({ eventBusName: null, ...dependency({ filters: null, transform: { jq: null } }) })).toEqual([]);
  expect(says(trigger({}, { log: null }))).toEqual([`error spec.triggers.0.template: set exactly one of ${types}; found none`]);
});

test('fields that nobody knows are left out, with a warning', () => {
  expect(says({ foo: 1, ...trigger({}, { log: {}, polcy: {} }) })).toEqual([
    'warning spec.triggers.0.template.polcy: unknown field "polcy" is ignored',
    'warning spec.foo: unknown field "foo" is ignored',
  ]);
  expect(says({ loggingFields: { a: 'b' }, errorOnFailedRound: true })).toEqual([
    'warning spec.loggingFields: loggingFields has no effect',
    'warning spec.errorOnFailedRound: errorOnFailedRound has no effect',
  ]);
});

describe('the rules of Argo, in its words', () => {
  test.each<[object, string]>([
    [{ dependencies: [] }, 'error spec.dependencies: no event dependencies found'],
    [{ dependencies: null }, 'error spec.dependencies: no event dependencies found'],
    [dependency({ name: '' }), 'error spec.dependencies.0.name: event dependency must define a name'],
    [
      dependency({ eventSourceName: undefined }),
      'error spec.dependencies.0.eventSourceName: event dependency must define the EventSourceName',
    ],
    [dependency({ eventName: '' }), 'error spec.dependencies.0.eventName: event dependency must define the EventName'],
    [
      dependency({ filtersLogicalOperator: 'OR' }),
      'error spec.dependencies.0.filtersLogicalOperator: logical operator OR not supported (did you mean or?)',
    ],
    [
      dependency({ filters: { dataLogicalOperator: 'fake' } }),
      'error spec.dependencies.0.filters.dataLogicalOperator: logical operator fake not supported (one of and, or)',
    ],
    [
      dependency({ filters: { data: [{ path: 'p', type: 'string', value: ['x'], comparator: 'fake' }] } }),
      'error spec.dependencies.0.filters.data.0.comparator: comparator fake not supported (one of =, !=, >, >=, <, <=)',
    ],
    [
      dependency({ filters: { data: [{ path: 'p', type: 'string', value: [] }] } }),
      'error spec.dependencies.0.filters.data.0.value: one of data filters is not valid (type, path and value must be not empty)',
    ],
    [
      dependency({ filters: { data: [{ path: 'p', type: 'string', value: [''] }] } }),
      'error spec.dependencies.0.filters.data.0.value.0: one of data filters is not valid (value must be not empty)',
    ],
    [
      dependency({ filters: { context: { id: '1' } } }),
      'error spec.dependencies.0.filters.context: no fields specified in ctx filter (aka all events will be discarded)',
    ],
    [{ triggers: [] }, 'error spec.triggers: no triggers found'],
    [{ triggers: [{}] }, "error spec.triggers.0.template: trigger template can't be nil"],
    [{ triggers: [{ template: { log: {} } }] }, 'error spec.triggers.0.template.name: trigger must define a name'],
    [
      { triggers: [{ template: { name: 't', log: {} } }, { template: { name: 't', log: {} } }] },
      'error spec.triggers.1.template.name: duplicate trigger name: t',
    ],
    [
      trigger({}, { k8s: { operation: 'create' } }),
      'error spec.triggers.0.template.k8s.source: k8s trigger does not contain an absolute action',
    ],
    [
      k8s({ operation: 'replace' }),
      'error spec.triggers.0.template.k8s.operation: unknown operation type replace (one of create, update, patch, delete, apply)',
    ],
    [
      { triggers: [{ template: { name: 't', k8s: { source: { resource: {} } } }, policy: { k8s: {} } }] },
      'error spec.triggers.0.policy.k8s: resource labels are not specified',
    ],
    [
      { triggers: [{ template: { name: 't', http: { url: 'http://x' } }, policy: { status: {} } }] },
      'error spec.triggers.0.policy.status.allow: list of allowed response status is not specified',
    ],
    [k8s({ parameters: [{ dest: 'a' }] }), "error spec.triggers.0.template.k8s.parameters.0.src: parameter source can't be empty"],
    [
      k8s({ parameters: [{ src: {}, dest: 'a' }] }),
      "error spec.triggers.0.template.k8s.parameters.0.src.dependencyName: parameter dependency name can't be empty",
    ],
    [
      k8s({ parameters: [{ src: { dependencyName: 'dep' } }] }),
      "error spec.triggers.0.template.k8s.parameters.0.dest: parameter destination can't be empty",
    ],
    [
      k8s({ parameters: [{ src: { dependencyName: 'dep' }, dest: 'a', operation: 'merge' }] }),
      'error spec.triggers.0.template.k8s.parameters.0.operation: parameter operation merge is invalid (one of overwrite, append, prepend)',
    ],
  ])('%j', (spec, finding) => {
    expect(says(spec)).toEqual([finding]);
  });
});

describe('what Argo lets pass, and what could never run', () => {
  test.each<[object, string]>([
    [
      {
        dependencies: [1, 2].map(() => ({ name: 'dep', eventSourceName: 'es', eventName: 'x' })),
        ...trigger({}, { log: {}, conditions: 'dep' }),
      },
      'error spec.dependencies.1.name: the dependency "dep" is there twice',
    ],
    [trigger({}, {}), `error spec.triggers.0.template: set exactly one of ${types}; found none`],
    [trigger({}, { log: {}, http: { url: 'x' } }), `error spec.triggers.0.template: set exactly one of ${types}; found http, log`],
    [trigger({ rateLimit: {} }), 'error spec.triggers.0.rateLimit: a rate limit needs requestsPerUnit of 1 or more, not 0'],
    [
      trigger({ rateLimit: { requestsPerUnit: -1 } }),
      'error spec.triggers.0.rateLimit.requestsPerUnit: a rate limit needs requestsPerUnit of 1 or more, not -1',
    ],
    [
      trigger({ rateLimit: { unit: 'minute', requestsPerUnit: 1 } }),
      'warning spec.triggers.0.rateLimit.unit: "minute" is no unit of a rate limit, and counts as Second (one of Second, Minute, Hour)',
    ],
    [trigger({ retryStrategy: { factor: '2' } }), 'error spec.triggers.0.retryStrategy.factor: factor must be a number, not the text "2"'],
    [
      trigger({ policy: { k8s: { labels: {} } } }),
      'warning spec.triggers.0.policy.k8s: policy.k8s has no effect on a trigger of the type log',
    ],
    [
      { triggers: [{ template: { name: 't', k8s: { source: { resource: {} } } }, policy: { status: { allow: [200] } } }] },
      'warning spec.triggers.0.policy.status: policy.status has no effect on a trigger of the type k8s',
    ],
    [
      {
        triggers: [{ template: { name: 't', k8s: { operation: 'delete', source: { resource: {} } } }, policy: { k8s: { labels: {} } } }],
      },
      'warning spec.triggers.0.policy.k8s: every firing would count as failed: after `delete` there is no object to look at',
    ],
    [
      {
        triggers: [
          { template: { name: 't', k8s: { source: { resource: {} } } }, policy: { k8s: { labels: {}, backoff: { duration: '10' } } } },
        ],
      },
      'error spec.triggers.0.policy.k8s.backoff.duration: duration must be a text such as "10s", or nanoseconds, not "10"',
    ],
    [k8s({ source: { url: { path: 'x' } } }), 'error spec.triggers.0.template.k8s.source.url.path: "x" is no http or https URL'],
    [
      k8s({ operation: 'patch', patchStrategy: 'application/json-patch+json' }),
      'error spec.triggers.0.template.k8s.source.resource: a JSON patch is a list of operations under `patch`, beside the metadata of its target',
    ],
    [k8s({ source: { inline: 'a: b: c' } }), 'error spec.triggers.0.template.k8s.source.inline: this is not valid YAML: '],
    [
      k8s({ liveObject: true }),
      'warning spec.triggers.0.template.k8s.liveObject: liveObject only works with the operation update, not with create',
    ],
  ])('%j', (spec, finding) => {
    expect(says(spec)).toEqual([expect.stringMatching(new RegExp(`^${finding.replace(/[.*+?^${}()|[\]\\]/g, '\\$&')}`))]);
  });
});

describe('a dlqTrigger', () => {
  const withDlq = (dlqTrigger: object, rest: object = { atLeastOnce: true }) => trigger({ ...rest, dlqTrigger });
  const dlq = { template: { name: 'late', log: {} }, atLeastOnce: true };

  test('is compiled with what it stands behind, under a name of its own', () => {
    const { compiled, findings } = compiledSensor(withDlq({ ...dlq, rateLimit: { requestsPerUnit: 2 }, dlqTrigger: dlq }));

    expect(findings).toEqual([]);
    const [first] = compiled!.triggers;
    expect([first!.name, first!.dlq!.name, first!.dlq!.dlq!.name]).toEqual(['t', 't/late', 't/late/late']);
    expect(first!.dlq).toMatchObject({ spacing: 500, dependencies: ['dep'], join: undefined });
    expect([first, first!.dlq, first!.dlq!.dlq].map((one) => one!.retry.attempts)).toEqual([1, 1, undefined]);
  });

  test.each<[object, string[]]>([
    [withDlq(dlq, {}), ['error spec.triggers.0.dlqTrigger: to use dlqTrigger, trigger.atLeastOnce must be set to true']],
    [withDlq({ ...dlq, atLeastOnce: false }), ['error spec.triggers.0.dlqTrigger: atLeastOnce must be set to true within the dlqTrigger']],
    [
      { triggers: [...withDlq(dlq).triggers, { template: { name: 't/late', log: {} } }] },
      ['error spec.triggers.1.template.name: duplicate trigger name: t/late'],
    ],
    [withDlq({}), ["error spec.triggers.0.dlqTrigger.template: trigger template can't be nil"]],
    [
      withDlq({ ...dlq, template: { name: 'late', k8s: { operation: 'create' } } }),
      ['error spec.triggers.0.dlqTrigger.template.k8s.source: k8s trigger does not contain an absolute action'],
    ],
    [
      withDlq({ ...dlq, retries: 3, template: { name: 'late', log: {}, conditions: 'dep || nobody' }, orderBy: '.id' }),
      [
        'warning spec.triggers.0.dlqTrigger.retries: unknown field "retries" is ignored',
        'warning spec.triggers.0.dlqTrigger.template.conditions: conditions has no effect in a dlqTrigger: it gets the events of the trigger that has failed, in their order',
        'warning spec.triggers.0.dlqTrigger.orderBy: orderBy has no effect in a dlqTrigger: it gets the events of the trigger that has failed, in their order',
      ],
    ],
    [
      withDlq({ ...dlq, dlqTrigger: { ...dlq, atLeastOnce: false } }),
      ['error spec.triggers.0.dlqTrigger.dlqTrigger: atLeastOnce must be set to true within the dlqTrigger'],
    ],
  ])('%j', (spec, findings) => {
    expect(says(spec)).toEqual(findings);
  });
});

test('an error in a jq program tells its place in the text', () => {
  const { findings } = compiledSensor(dependency({ transform: { jq: '.a = (.b' } }));

  expect(findings).toMatchObject([{ code: 'CONFIG_JQ', path: ['spec', 'dependencies', 0, 'transform', 'jq'], offset: expect.any(Number) }]);
});

test('everything that is wrong is found at once', () => {
  const findings = says({
    ...dependency({ transform: { jq: '.a |' }, filters: { data: [{ path: 'a', type: 'string', value: ['('] }] } }),
    ...trigger({ orderBy: '.[' }, { log: {}, conditions: 'dpe' }),
  });

  expect(findings).toHaveLength(4);
});

test('a rule with a warning runs, one with an error does not', () => {
  expect(compiledSensor({ foo: 1 }).compiled).toBeDefined();
  expect(compiledSensor(trigger({ rateLimit: {} })).compiled).toBeUndefined();
});

test('every field says what it is for, in a sentence', () => {
  const silent: string[] = [];
  walk(structuralSchema(sensorKind.schema), []);

  expect(silent).toEqual([]);

  function walk(schema: unknown, path: string[]): void {
    const { properties, items } = schema as { properties?: Record<string, { description?: string }>; items?: unknown };
    for (const [name, field] of Object.entries(properties ?? {})) {
      const at = [...path, name];
      if (path[0] === 'spec' && !/^[A-Z`].*\.$/s.test(field.description ?? '')) silent.push(at.join('.'));
      walk(field, at);
    }
    if (items) walk(items, path);
  }
});

describe('a shared sensor', () => {
  const dependencies = ['a', 'b'].map((name) => ({ name, eventSourceName: 'es', eventName: name }));

  test('is compiled as one, without an order', () => {
    const { compiled, findings } = compiledSensor({ shared: true, ...dependency({}) });

    expect(findings).toEqual([]);
    expect(compiled!.shared).toBe(true);
    const ordered = buildEvent('e1', { key: 'apps/v1/Deployment/a/b' });
    expect(compiled!.triggers.map(({ orderKeyOf }) => orderKeyOf(ordered))).toEqual([undefined]);
    expect(compiledSensor(dependency({})).compiled!.triggers.map(({ orderKeyOf }) => orderKeyOf(ordered))).toEqual([
      'apps/v1/Deployment/a/b',
    ]);
  });

  test('has triggers that wait for any one of several events', () => {
    expect(says({ shared: true, dependencies, ...trigger({}, { conditions: 'a || b', log: {} }) })).toEqual([]);
    expect(says({ shared: false, dependencies, ...trigger({ rateLimit: { unit: 'Minute', requestsPerUnit: 30 } }) })).toEqual([]);
  });

  test('is refused where one process has to see every event', () => {
    const dlqTrigger = { template: { name: 'dlq', log: {} }, atLeastOnce: true, rateLimit: { unit: 'Minute', requestsPerUnit: 3 } };
    const more = { orderBy: '.id', rateLimit: { unit: 'Minute', requestsPerUnit: 30 }, atLeastOnce: true, dlqTrigger };

    expect(says({ shared: true, dependencies, ...trigger(more, { conditions: 'a && b', log: {} }) })).toEqual([
      'error spec.triggers.0.template.conditions: a wait for several events needs one process that sees every event, and `shared: true` has none; leave out one of the two',
      'error spec.triggers.0.rateLimit: a rate limit needs one process that sees every event, and `shared: true` has none; leave out one of the two',
      'error spec.triggers.0.orderBy: an order needs one process that sees every event, and `shared: true` has none; leave out one of the two',
      'error spec.triggers.0.dlqTrigger.rateLimit: a rate limit needs one process that sees every event, and `shared: true` has none; leave out one of the two',
    ]);
    expect(says({ shared: true, dependencies })).toEqual([
      'error spec.triggers.0.template: a wait for several events needs one process that sees every event, and `shared: true` has none; leave out one of the two',
    ]);
  });
});
