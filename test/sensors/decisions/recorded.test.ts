import { afterEach, expect, test } from 'vitest';
import type { EventBus } from '../../../eventbus/bus.ts';
import { openMemoryBus } from '../../../eventbus/memory/index.ts';
import type { CompiledSensor } from '../../../sensors/compiled.ts';
import type { Decision } from '../../../sensors/decisions/decision.ts';
import { runSensor } from '../../../sensors/runner.ts';
import { EngineError } from '../../../src/core/errors/engine-error.ts';
import { notesName } from '../../../src/core/telemetry/notebook.ts';
import { systemClock } from '../../../src/core/time/clock.ts';
import { buildDependency, buildEvent, buildSensor, buildTrigger, noKube } from '../../support/build-sensor.ts';
import { compiledSensor } from '../../support/compile-sensor.ts';
import { eventually } from '../../support/eventually.ts';
import { record } from '../../support/record.ts';

const stop: (() => Promise<void>)[] = [];
afterEach(async () => {
  for (const one of stop.splice(0)) await one();
});

async function running(sensor: CompiledSensor, decisions = 10, on?: EventBus) {
  const told = record();
  const bus = on ?? openMemoryBus({ kind: 'memory' }, { clock: systemClock, tell: told.tell });
  const controller = new AbortController();
  let ended = Promise.resolve();
  await new Promise<void>((onReady) => {
    const deps = { bus, kube: noKube, clock: systemClock, tell: told.tell, signal: controller.signal, decisions, onReady };
    ended = runSensor(sensor, deps);
  });
  stop.push(async () => {
    controller.abort();
    await ended;
  });
  return { bus, told };
}

async function decisionsOf(bus: EventBus): Promise<Decision[]> {
  const found: Decision[] = [];
  for await (const { value } of (await bus.state(notesName)).entries('decision/'))
    found.push(JSON.parse(Buffer.from(value).toString('utf8')));
  return found.sort((a, b) => a.at - b.at);
}

async function decided(bus: EventBus, enough: (all: Decision[]) => boolean): Promise<Decision[]> {
  let all: Decision[] = [];
  await eventually(async () => {
    all = await decisionsOf(bus);
    return enough(all);
  }, 5_000);
  return all;
}

test('a refused event leaves the clause, what it found and wanted, and the nearest keys', async () => {
  const { compiled } = compiledSensor({
    dependencies: [
      {
        name: 'dep',
        eventSourceName: 'es',
        eventName: 'things',
        filters: { data: [{ path: 'body.replicas', type: 'number', comparator: '>', value: ['3'] }] },
      },
    ],
  });
  const { bus } = await running(compiled!);

  await bus.publish(buildEvent('e1', { data: { body: { replica: 5 } } }));
  await bus.publish(buildEvent('e2', { data: { body: { replicas: 2 } } }));

  const [first, second] = await decided(bus, (all) => all.length === 2);
  expect(first!.dependencies).toEqual([
    {
      dependency: 'dep',
      admitted: false,
      at: 'filters.data[0]',
      because: "data filter error (path 'body.replicas' does not exist)",
      hint: 'did you mean body.replica?',
    },
  ]);
  expect(first!.payload).toEqual({ body: { replica: 5 } });
  expect(second!.dependencies).toEqual([
    { dependency: 'dep', admitted: false, at: 'filters.data[0]', because: 'body.replicas is 2, wanted > 3' },
  ]);
});

test('a firing leaves its action, every attempt and what was answered', async () => {
  let tries = 0;
  const trigger = buildTrigger('go', () => {
    tries += 1;
    if (tries === 1) throw new EngineError('REMOTE_HTTP', { status: 503, url: 'http://target/', reason: 'busy' }, { retry: 'now' });
    return { summary: 'told it' };
  });
  const { bus } = await running(buildSensor([trigger]));

  await bus.publish(buildEvent('e1'));

  const [one] = await decided(bus, (all) => all[0]?.triggers[0]?.kind === 'fired');
  const [fate] = one!.triggers;
  expect(fate).toMatchObject({ trigger: 'go', kind: 'fired', rendered: { do: 'go' } });
  expect(fate!.attempts!.map(({ answer, error }) => answer ?? error!.code)).toEqual(['REMOTE_HTTP', 'told it']);
});

test('no secret is in any record: not in payloads, sentences, actions, answers or errors', async () => {
  const canary = 'c4nary-value';
  const encoded = Buffer.from(canary).toString('base64');
  const { compiled } = compiledSensor({
    dependencies: [
      {
        name: 'dep',
        eventSourceName: 'es',
        eventName: 'things',
        transform: { jq: `.copy = (.body.data.password // "") + " " + (.header.Authorization[0] // "")` },
        filters: { data: [{ path: 'copy', type: 'string', comparator: '!=', value: ['nothing'] }] },
      },
      {
        name: 'picky',
        eventSourceName: 'es',
        eventName: 'things',
        filters: { data: [{ path: 'body.data.password', type: 'string', value: ['x'] }] },
      },
    ],
    triggers: [
      {
        template: {
          name: 'show',
          conditions: 'dep',
          http: {
            url: 'http://127.0.0.1:9/',
            payload: [{ src: { dependencyName: 'dep', dataKey: 'copy' }, dest: 'said' }],
          },
        },
      },
      { template: { name: 'other', conditions: 'picky', log: {} } },
    ],
  });
  const { bus } = await running(compiled!);

  await bus.publish(
    buildEvent('e1', {
      data: { body: { kind: 'Secret', data: { password: encoded } }, header: { Authorization: [`Bearer ${canary}`] }, user: 'ann' },
    }),
  );

  const all = await decided(bus, ([one]) => (one?.triggers[0]?.attempts?.length ?? 0) > 0);
  const text = JSON.stringify(all);
  expect(text).toContain('ann');
  expect(text).toContain('<hidden>');
  expect(text).not.toContain(canary);
  expect(text).not.toContain(encoded);
});

test('a join leaves what waits for what, and then the firing with all its events', async () => {
  const { compiled } = compiledSensor({
    dependencies: [
      { name: 'a', eventSourceName: 'es', eventName: 'one' },
      { name: 'b', eventSourceName: 'es', eventName: 'two' },
    ],
    triggers: [{ template: { name: 'both', conditions: 'a && b', log: {} } }],
  });
  const { bus } = await running(compiled!);

  await bus.publish(buildEvent('e1', { subject: 'one' }));
  const [waiting] = await decided(bus, (all) => all[0]?.triggers[0]?.kind === 'waits');
  await bus.publish(buildEvent('e2', { subject: 'two' }));

  const fired = await decided(bus, (all) => all.length === 2 && all.every((one) => one.triggers[0]?.kind === 'fired'));
  expect(waiting!.triggers).toEqual([{ trigger: 'both', kind: 'waits', missing: ['b'] }]);
  expect(fired.map(({ triggers }) => triggers[0]!.events)).toEqual([
    { a: 'e1', b: 'e2' },
    { a: 'e1', b: 'e2' },
  ]);
});

test('the last so many are kept, and a later process goes on in the places of the oldest', async () => {
  const { bus } = await running(buildSensor([buildTrigger('go', () => ({ summary: 'done' }))]), 3);
  for (const id of ['e1', 'e2', 'e3', 'e4']) await bus.publish(buildEvent(id));
  const first = await decided(bus, (all) => all.length === 3 && all.every((one) => one.triggers[0]?.kind === 'fired'));
  await stop.pop()!();
  await running(buildSensor([buildTrigger('go', () => ({ summary: 'done' }))]), 3, bus);

  await bus.publish(buildEvent('e5'));

  const later = await decided(bus, (all) => all.some((one) => one.event.id === 'e5'));
  expect(first.map((one) => one.event.id)).toEqual(['e2', 'e3', 'e4']);
  expect(later.map((one) => one.event.id)).toEqual(['e3', 'e4', 'e5']);
});

test('of a flood, what leaves no decision is counted, and told in the status', async () => {
  const { bus, told } = await running(buildSensor([buildTrigger('go', () => ({ summary: 'done' }))]), 3);
  const ids = Array.from({ length: 500 }, (_, index) => `e${index}`);

  await Promise.all(ids.map((id) => bus.publish(buildEvent(id))));
  await told.seen('triggerFired', ({ event }) => event === 'e499');
  await stop.pop()!();

  const page = await (await bus.state(notesName)).get('sensor/playground/sn');
  const { events, skipped } = JSON.parse(Buffer.from(page!.value).toString('utf8'));
  const counted = told.of('decisionsSkipped').reduce((sum, { count }) => sum + Number(count), 0);
  expect(events).toBe(500);
  expect(skipped).toBeGreaterThan(300);
  expect(skipped).toBeLessThan(500);
  expect(counted).toBe(skipped);
});

test('of a thousand filters that refuse an event, some are kept, and all that let it pass or failed', async () => {
  const error = new EngineError('EVENT_NOT_JSON', { reason: 'it is empty' });
  const dependencies = Array.from({ length: 1_000 }, (_, index) =>
    buildDependency(`d${index}`, 'things', (event) => {
      if (index === 998) return { admitted: false, at: 'event', because: error.message, error };
      return index === 999 ? { admitted: true, event } : { admitted: false, at: 'filters', because: `no ${index}` };
    }),
  );
  const names = dependencies.map(({ name }) => name);
  const { bus, told } = await running(buildSensor([buildTrigger('go', () => {}, { dependencies: names })], dependencies));

  await bus.publish(buildEvent('e1'));

  await told.seen('triggerFired');
  const [one] = await decided(bus, ([first]) => first?.triggers[0]?.kind === 'fired');
  expect(one!.refusalsLeftOut).toBe(true);
  expect(one!.dependencies.map(({ dependency }) => dependency)).toEqual([...names.slice(0, 100), 'd998', 'd999']);
  expect(one!.dependencies.slice(-2)).toMatchObject([{ error: { code: 'EVENT_NOT_JSON' } }, { admitted: true }]);
});

test('a decision says that firings of its event are not in it, when there were too many; what has failed is', async () => {
  const triggers = Array.from({ length: 120 }, (_, index) =>
    buildTrigger(`t${index}`, () => {
      if (index === 119) throw new EngineError('REMOTE_HTTP', { request: 'POST x', status: 422, text: '' });
    }),
  );
  const { bus, told } = await running(buildSensor(triggers), 3);

  await bus.publish(buildEvent('e1'));

  await told.seen('firingParked');
  const [one] = await decided(bus, ([first]) => first?.triggers.at(-1)?.kind === 'parked');
  expect(one!.triggersLeftOut).toBe(true);
  expect(one!.triggers.length).toBeLessThan(120);
  expect(one!.triggers.at(-1)).toMatchObject({ trigger: 't119', attempts: [{ error: { code: 'REMOTE_HTTP' } }] });
});
