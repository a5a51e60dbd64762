import { afterEach, expect, test } from 'vitest';
import { openMemoryBus } from '../../../eventbus/memory/index.ts';
import type { SensorStatus } from '../../../sensors/decisions/status.ts';
import { runSensor } from '../../../sensors/runner.ts';
import { decisionsOf, sensorsOn } from '../../../src/cli/decisions/notes.ts';
import { EngineError } from '../../../src/core/errors/engine-error.ts';
import { systemClock } from '../../../src/core/time/clock.ts';
import { buildEvent, buildSensor, buildTrigger, noKube } from '../../support/build-sensor.ts';
import { eventually } from '../../support/eventually.ts';
import { record } from '../../support/record.ts';

const ends: (() => Promise<void>)[] = [];
afterEach(async () => {
  for (const end of ends.splice(0)) await end();
});

/** Processes that take the events of one sensor together, each on its own way to one bus, with room for few decisions. */
async function together(deed: Parameters<typeof buildTrigger>[1]) {
  const { tell } = record();
  const bus = openMemoryBus({ kind: 'memory' }, { clock: systemClock, tell });
  const sensor = { ...buildSensor([buildTrigger('go', deed)]), shared: true };
  const begin = async () => {
    const controller = new AbortController();
    let ended = Promise.resolve();
    await new Promise<void>((onReady) => {
      ended = runSensor(sensor, { bus, kube: noKube, clock: systemClock, tell, signal: controller.signal, decisions: 5, onReady });
    });
    const end = async () => {
      controller.abort();
      await ended;
    };
    ends.push(end);
    return end;
  };
  const seats = async () => {
    const keys: string[] = [];
    for await (const { key } of (await bus.state('notes')).entries('sensor/')) keys.push(key);
    return keys.sort();
  };
  return { bus, begin, seats };
}

test('processes that take events together keep their decisions apart, and one that comes later gets the seat of one that has stopped', async () => {
  const { begin, seats } = await together(() => {});
  await begin();
  const stop = await begin();
  await eventually(async () => (await seats()).length === 3);
  expect(await seats()).toEqual(['sensor/playground/sn', 'sensor/playground/sn/1', 'sensor/playground/sn/2']);

  await stop();
  await begin();

  expect((await seats()).length).toBe(3);
});

test('what became of an event is one story, whoever of them tried it', async () => {
  let isBusy = true;
  const { bus, begin } = await together(() => {
    if (!isBusy) return { summary: 'told it' };
    isBusy = false;
    throw new EngineError('REMOTE_HTTP', { status: 503, url: 'http://target/', reason: 'busy' }, { retry: { after: 10 } });
  });
  await begin();
  await bus.publish(buildEvent('e1', { data: { name: 'web' } }));

  const known = async () => (await sensorsOn([bus]))[0]!;
  await eventually(async () => (await decisionsOf(await known()))[0]?.triggers[0]?.kind === 'fired', 5_000);

  const all = await decisionsOf(await known());
  expect(all.map(({ event, payload }) => [event.id, payload])).toEqual([['e1', { name: 'web' }]]);
  const [fate] = all[0]!.triggers;
  expect(fate!.attempts!.map(({ answer, error }) => answer ?? error?.code)).toEqual(['REMOTE_HTTP', 'told it']);
  expect((await sensorsOn([bus])).map(({ status }) => [status.name, status.events])).toEqual([['sn', 1]]);
});

test('a firing that was given up and is tried again has a story of its own from then on', async () => {
  const { tell } = record();
  const bus = openMemoryBus({ kind: 'memory' }, { clock: systemClock, tell });
  const facts = { id: 'e1', source: 'es', subject: 'things', type: 't', time: '2026-07-18T12:00:00Z' };
  const told = (at: number, kind: string, attempts: number[]) => ({
    event: facts,
    at,
    dependencies: [],
    triggers: [{ trigger: 'go', kind, firing: 'f1', attempts: attempts.map((one) => ({ at: one })) }],
  });
  const attemptsOf = async (...all: object[]) => {
    const notes = await bus.state('notes');
    for (const [place, one] of all.entries()) {
      const key = `decision/playground/sn/${place}`;
      await notes.set(key, Buffer.from(JSON.stringify(one)), (await notes.get(key))?.revision ?? 0);
    }
    const status = { namespace: 'playground', name: 'sn' } as SensorStatus;
    return (await decisionsOf({ bus, status }))[0]!.triggers[0]!.attempts!.map(({ at }) => at);
  };

  expect(await attemptsOf(told(1, 'firing', [2]), told(3, 'fired', [4, 5]))).toEqual([2, 4, 5]);
  expect(await attemptsOf(told(1, 'parked', [2]), told(3, 'fired', [4, 5]))).toEqual([4, 5]);
});
