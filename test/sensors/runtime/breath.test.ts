/** Timers, the network and neighbours get a turn between any two pieces of work of a rule, if the first took long. */
import { expect, test } from 'vitest';
import { openMemoryBus } from '../../../eventbus/memory/index.ts';
import { createEmit } from '../../../eventsources/emit.ts';
import { compileSourceFilter } from '../../../eventsources/filter.ts';
import { runSensor } from '../../../sensors/runner.ts';
import { EventData } from '../../../src/core/event/data.ts';
import type { HappeningName } from '../../../src/core/telemetry/happenings.ts';
import { systemClock } from '../../../src/core/time/clock.ts';
import { Turns } from '../../../src/core/time/turns.ts';
import { buildEvent, noKube } from '../../support/build-sensor.ts';
import { compiledSensor, prepareOf } from '../../support/compile-sensor.ts';
import { record } from '../../support/record.ts';

/** How many turns of the process some work needs, where each piece of it takes as long as a turn may. */
async function turnsOf(work: (turns: Turns) => Promise<unknown>): Promise<number> {
  let now = 0;
  let count = 0;
  const clock = { monotonic: () => (now += 10) };
  const turns = new Turns(clock, (callback) => {
    count += 1;
    setImmediate(callback);
  });
  await work(turns);
  return count;
}

/** What five more of them add. */
const added = async (work: (turns: Turns, count: number) => Promise<unknown>): Promise<number> =>
  (await turnsOf((turns) => work(turns, 6))) - (await turnsOf((turns) => work(turns, 1)));

const times = <T>(count: number, make: (index: number) => T): T[] => Array.from({ length: count }, (_, index) => make(index));
const event = buildEvent('e', { data: { a: 1 } });

const passing = { path: 'a', type: 'number', value: ['1'] };
const failing = { path: 'a', type: 'number', value: ['2'] };
const fields = [{ name: 'a', path: 'a' }];

test.each([
  ['data filters', (count: number) => ({ data: times(count, () => passing) })],
  ['data filters of which one is enough', (count: number) => ({ data: times(count, () => failing), dataLogicalOperator: 'or' })],
  ['expressions', (count: number) => ({ exprs: times(count, () => ({ expr: 'a == 1', fields })) })],
  [
    'expressions of which one is enough',
    (count: number) => ({ exprs: times(count, () => ({ expr: 'a == 2', fields })), exprLogicalOperator: 'or' }),
  ],
])('between %s', async (_name, filters) => {
  const admit = (turns: Turns, count: number) => {
    const { compiled } = compiledSensor({
      dependencies: [{ name: 'dep', eventSourceName: 'es', eventName: 'things', filters: filters(count) }],
    });
    return Promise.resolve(compiled!.dependencies[0]!.admit(event, turns.party()));
  };

  expect(await added(admit)).toBeGreaterThanOrEqual(5);
});

test.each(['and', 'or'])('between filters of several kinds, combined by %s', async (filtersLogicalOperator) => {
  const filters = { data: [failing], exprs: [{ expr: 'a == 2', fields }], context: { type: 'other' }, script: 'return false' };
  const admit = (some: object) => (turns: Turns) => {
    const { compiled } = compiledSensor({
      dependencies: [{ name: 'dep', eventSourceName: 'es', eventName: 'things', filters: some, filtersLogicalOperator }],
    });
    return Promise.resolve(compiled!.dependencies[0]!.admit(event, turns.party()));
  };

  expect((await turnsOf(admit(filters))) - (await turnsOf(admit({ data: [failing] })))).toBeGreaterThanOrEqual(2);
});

const parameters = (count: number, dest: string) => times(count, () => ({ src: { dependencyName: 'dep', dataKey: 'a' }, dest }));
const configMap = { apiVersion: 'v1', kind: 'ConfigMap', metadata: { name: 'x' } };

test.each([
  ['template', (count: number) => ({ template: { name: 'show', log: {} }, parameters: parameters(count, 'unused') })],
  [
    'resource',
    (count: number) => ({
      template: {
        name: 'show',
        k8s: { operation: 'create', source: { resource: configMap }, parameters: parameters(count, 'data.a') },
      },
    }),
  ],
])('between the parameters of a %s', async (_name, trigger) => {
  const prepare = (turns: Turns, count: number) =>
    prepareOf(compiledSensor({ triggers: [trigger(count)] }).compiled!, event, { party: turns.party() });

  expect(await added(prepare)).toBeGreaterThanOrEqual(5);
});

/** Runs a Sensor until something has been told so often. */
async function until(told: HappeningName, count: number, spec: object, { turns, events = 1 }: { turns: Turns; events?: number }) {
  const { tell, seen, of } = record();
  await using bus = openMemoryBus({ kind: 'memory' }, { clock: systemClock, tell });
  const stop = new AbortController();
  const sensor = { ...compiledSensor(spec).compiled!, since: new Date(0) };
  for (let index = 0; index < events; index++) await bus.publish(buildEvent(`e${index}`, { data: { a: 1 } }));
  const ended = runSensor(sensor, { bus, kube: noKube, clock: systemClock, tell, signal: stop.signal, turns, drainFor: 1_000 });
  await seen(told, () => of(told).length === count);
  stop.abort();
  await ended;
}

const broken = { name: 'dep', eventSourceName: 'es', eventName: 'things', transform: { jq: '1' } };

test('between the transforms of events', async () => {
  const work = (turns: Turns, events: number) => until('eventUnusable', events, { dependencies: [broken] }, { turns, events });

  expect(await added(work)).toBeGreaterThanOrEqual(5);
});

test('between the dependencies that an event concerns', async () => {
  const work = (turns: Turns, count: number) => {
    const dependencies = times(count, (index) => ({ ...broken, name: `dep${index}` }));
    const conditions = dependencies.map(({ name }) => name).join(' || ');
    return until('eventUnusable', count, { dependencies, triggers: [{ template: { name: 'show', conditions, log: {} } }] }, { turns });
  };

  expect(await added(work)).toBeGreaterThanOrEqual(5);
});

test('between the filters of an event, when the Sensor runs', async () => {
  const work = (turns: Turns, count: number) => {
    const filters = { data: [...times(count, () => passing), failing] };
    return until('eventFiltered', 1, { dependencies: [{ name: 'dep', eventSourceName: 'es', eventName: 'things', filters }] }, { turns });
  };

  expect(await added(work)).toBeGreaterThanOrEqual(5);
});

test('between the triggers that an event concerns', async () => {
  const work = (turns: Turns, count: number) => {
    const triggers = times(count, (index) => ({ template: { name: `show${index}`, log: {} } }));
    return until('triggerFired', count, { triggers }, { turns });
  };

  expect(await added(work)).toBeGreaterThanOrEqual(5);
});

test('between the events that a source filters', async () => {
  const { tell } = record();
  await using bus = openMemoryBus({ kind: 'memory' }, { clock: systemClock, tell });
  const emitAll = async (turns: Turns, count: number) => {
    const { signal } = new AbortController();
    const origin = { source: 'es', subject: 'things', type: 'test' };
    const filter = compileSourceFilter('a == 2');
    const emit = createEmit({ origin, bus, clock: systemClock, tell, signal, patiently: (once) => once(), filter, party: turns.party() });
    for (let index = 0; index < count; index++) await emit({ id: `e${index}`, data: EventData.fromJson({ a: 1 }) });
  };

  expect(await added(emitAll)).toBeGreaterThanOrEqual(5);
});
