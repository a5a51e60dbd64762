import { DeliverPolicy } from '@nats-io/jetstream';
import { afterEach, beforeEach, expect, test } from 'vitest';
import type { CompiledSensor } from '../../../sensors/compiled.ts';
import { runSensor } from '../../../sensors/runner.ts';
import { argoDurable } from '../../../sensors/takeover/argo-names.ts';
import { takeOver } from '../../../sensors/takeover/take-over.ts';
import { EngineError } from '../../../src/core/errors/engine-error.ts';
import { systemClock } from '../../../src/core/time/clock.ts';
import { buildJoin } from '../../support/build-join.ts';
import { buildDependency, buildSensor, buildTrigger, eventIds, noKube } from '../../support/build-sensor.ts';
import { eventually } from '../../support/eventually.ts';
import { argoConsumer, makeArgoStream, publishAsArgo, startLittleArgo } from '../../support/little-argo.ts';
import { type Nats, startNats } from '../../support/nats.ts';
import { openJetStream, otherClient } from '../../support/open-bus.ts';
import { type Record, record } from '../../support/record.ts';

let nats: Nats;
const cleanups: (() => Promise<unknown>)[] = [];
beforeEach(async () => {
  nats = await startNats();
  await makeArgoStream(nats.url);
});
afterEach(async () => {
  for (const cleanup of cleanups.splice(0).reverse()) await cleanup();
  await nats[Symbol.asyncDispose]();
});

const names = ['a', 'b'];
/** `each` fires for every "a", `both` for an "a" and a "b" together. */
const triggers = [
  { name: 'each', dependencies: ['a'] },
  { name: 'both', dependencies: names },
];

function sensorOf(fired: (trigger: string, ids: string) => void): CompiledSensor {
  return buildSensor(
    [
      buildTrigger('each', (firing) => fired('each', eventIds(firing).join('+')), { dependencies: ['a'], condition: 'a' }),
      buildTrigger('both', (firing) => fired('both', eventIds(firing).join('+')), {
        ...buildJoin({ conditions: 'a && b' }, names),
      }),
    ],
    names.map((name) => buildDependency(name, name)),
  );
}

/** Our sensor in a process of its own, until it is stopped; a hand-back ends by itself. */
async function start(sensor: CompiledSensor, move: 'takeover' | 'hand-back' | undefined, told: Record = record()) {
  const bus = await openJetStream(nats, { told });
  const stop = new AbortController();
  const deps = { bus, kube: noKube, clock: systemClock, tell: told.tell, signal: stop.signal, move };
  let isReady = false;
  const ended = runSensor(sensor, { ...deps, onReady: () => (isReady = true) });
  const end = async () => {
    stop.abort();
    await ended;
    await bus[Symbol.asyncDispose]();
  };
  cleanups.push(end);
  return { told, ended, stop: end, ready: () => eventually(() => isReady, 30_000) };
}

const number = (prefix: string, from: number, to: number) =>
  Array.from({ length: to - from + 1 }, (_, index) => ({ id: `${prefix}${from + index}`, subject: prefix }));

test('it begins where each durable stands, leaves out what was acknowledged out of order, and holds what Argo held', async () => {
  await using client = await otherClient(nats);
  const each = await argoConsumer(client.manager, 'sn', 'each', 'a');
  const bothA = await argoConsumer(client.manager, 'sn', 'both', 'a');
  await argoConsumer(client.manager, 'sn', 'both', 'b');
  await publishAsArgo(nats.url, number('a', 1, 6));
  const { jetstream } = await import('@nats-io/jetstream');
  const js = jetstream(client.nats);
  // `each` has done 1, 2 and 4; 3 was on its way when it was killed.
  const taken = await (await js.consumers.get('default', each)).fetch({ max_messages: 4, expires: 1_000 });
  for await (const message of taken) if (message.seq !== 3) await message.ackAck();
  // `both` holds 5.
  const held = await (await js.consumers.get('default', bothA)).fetch({ max_messages: 5, expires: 1_000 });
  for await (const message of held) {
    await message.ackAck();
    if (message.seq < 5) continue;
    await client.manager.streams.add({ name: 'KV_sn', subjects: ['$KV.sn.>'], max_msgs_per_subject: 1, allow_rollup_hdrs: true });
    const value = { StreamSeq: 5, ConsumerSeq: 5, Timestamp: message.time.toISOString(), Event: message.json() };
    await js.publish('$KV.sn.both/a', JSON.stringify(value));
    await js.publish('$KV.sn.both/Expression', 'a && b');
    await js.publish('$KV.sn.Triggers', '["each","both"]');
  }
  const fired: string[] = [];
  const ours = await start(
    sensorOf((trigger, ids) => void fired.push(`${trigger} ${ids}`)),
    'takeover',
  );
  const { from, durables, held: count } = await ours.told.seen('takenOver', undefined, 20_000);
  expect({ from, durables, held: count }).toEqual({ from: 3, durables: 3, held: 1 });
  await ours.ready();
  await publishAsArgo(nats.url, number('b', 1, 1));

  await eventually(() => fired.length === 4);
  expect(fired.sort()).toEqual(['both a6+b1', 'each a3', 'each a5', 'each a6']);
});

test('what Argo holds under other conditions is left behind, as Argo would', async () => {
  await using client = await otherClient(nats);
  for (const dependency of names) await argoConsumer(client.manager, 'sn', 'both', dependency);
  const { jetstream } = await import('@nats-io/jetstream');
  const js = jetstream(client.nats);
  await client.manager.streams.add({ name: 'KV_sn', subjects: ['$KV.sn.>'], max_msgs_per_subject: 1 });
  const event = { specversion: '1.0', id: 'old', source: 'es', type: 'test', subject: 'a', data: {} };
  await js.publish('$KV.sn.both/a', JSON.stringify({ StreamSeq: 1, ConsumerSeq: 1, Timestamp: '2026-07-18T12:00:00Z', Event: event }));
  await js.publish('$KV.sn.both/Expression', 'a || b');
  const fired: string[] = [];
  const ours = await start(
    sensorOf((trigger, ids) => void fired.push(`${trigger} ${ids}`)),
    'takeover',
  );

  expect((await ours.told.seen('takenOver', undefined, 20_000))['held']).toBe(0);
});

test('it waits for as long as Argo’s sensor runs', async () => {
  const byArgo: string[] = [];
  await using argo = await startLittleArgo(nats.url, { sensor: 'sn', triggers }, (trigger) => void byArgo.push(trigger));
  const fired: string[] = [];
  const ours = await start(
    sensorOf((trigger, ids) => void fired.push(`${trigger} ${ids}`)),
    'takeover',
  );
  const { durable } = await ours.told.seen('takeoverWaits', undefined, 20_000);
  expect([argoDurable('sn', 'each', 'a'), argoDurable('sn', 'both', 'a'), argoDurable('sn', 'both', 'b')]).toContain(durable);
  await publishAsArgo(nats.url, number('a', 1, 3));
  await eventually(() => byArgo.length === 3);
  expect(ours.told.of('takenOver')).toEqual([]);
  await argo.stop();

  await ours.told.seen('takenOver', undefined, 20_000);
  await ours.ready();
  await publishAsArgo(nats.url, number('a', 4, 4));
  await eventually(() => fired.length === 1);
  expect(fired).toEqual(['each a4']);
});

test('what Argo was killed over is done by us, also where we were killed before we began', async () => {
  const byArgo: string[] = [];
  const argo = await startLittleArgo(nats.url, { sensor: 'sn', triggers }, (trigger) => {
    byArgo.push(trigger);
    if (byArgo.length === 3) void argo.crash();
  });
  await publishAsArgo(nats.url, number('a', 1, 5));
  await eventually(() => byArgo.length === 3);
  await argo.crash();
  const fired: string[] = [];
  const sensor = sensorOf((trigger, ids) => void fired.push(`${trigger} ${ids}`));
  {
    await using bus = await openJetStream(nats);
    const store = await bus.state('sensor/playground/sn');
    await takeOver(sensor, { bus, store, tell: record().tell, signal: new AbortController().signal });
  }
  await start(sensor, undefined);

  await eventually(() => fired.length === 3, 20_000);
  expect(fired.sort()).toEqual(['each a3', 'each a4', 'each a5']);
});

test('where Argo never ran, it begins as any other sensor', async () => {
  await publishAsArgo(nats.url, number('a', 1, 2));
  const fired: string[] = [];
  const ours = await start(
    sensorOf((trigger, ids) => void fired.push(`${trigger} ${ids}`)),
    'takeover',
  );
  expect(await ours.told.seen('takeoverSkipped', undefined, 20_000)).toMatchObject({ reason: "there are no durables of Argo's for it" });

  await eventually(() => fired.length === 2);
  expect(fired.sort()).toEqual(['each a1', 'each a2']);
});

test('moved over and back again and again under load, nothing is lost and nothing repeated', async () => {
  const fired: string[] = [];
  const repeated: string[] = [];
  const by = { argo: 0, us: 0 };
  const fire = (who: keyof typeof by) => (trigger: string, ids: string) => {
    by[who] += 1;
    const one = `${trigger} ${ids}`;
    if (fired.includes(one)) repeated.push(`${one} by ${who}, after ${fired.at(-1)}`);
    else fired.push(one);
  };
  const argoFires = (trigger: string, events: Readonly<{ [name: string]: string }>) =>
    fire('argo')(
      trigger,
      names
        .map((name) => events[name])
        .filter(Boolean)
        .join('+'),
    );
  const total = 240;
  let next = 1;
  let loading = true;
  const publish = async (): Promise<void> => {
    // One "a" and then one "b": each pair meets, whoever holds the first.
    for (; loading && next <= total; next++) {
      await publishAsArgo(nats.url, [{ id: `a${next}`, subject: 'a' }]);
      await systemClock.sleep(20);
      await publishAsArgo(nats.url, [{ id: `b${next}`, subject: 'b' }]);
      await systemClock.sleep(20);
    }
  };
  let load = Promise.resolve();
  cleanups.push(async () => {
    loading = false;
    await load;
  });
  const reached = (count: number) => eventually(() => next > Math.min(count, total), 60_000);

  for (const round of [0, 1]) {
    const argo = await startLittleArgo(nats.url, { sensor: 'sn', triggers }, argoFires);
    if (round === 0) load = publish();
    await reached(round * 100 + 30);
    await argo.stop();
    const ours = await start(sensorOf(fire('us')), 'takeover');
    await ours.told.seen('takenOver', undefined, 40_000);
    await ours.ready();
    await reached(round * 100 + 90);
    await ours.stop();
    const back = await start(sensorOf(fire('us')), 'hand-back');
    await back.ended;
    expect(back.told.of('handedBack').length).toBe(1);
    await back.stop();
  }
  await using last = await startLittleArgo(nats.url, { sensor: 'sn', triggers }, argoFires);
  await load;
  await eventually(() => fired.filter((one) => one.startsWith('each')).length >= total, 30_000);

  const ids = Array.from({ length: total }, (_, index) => index + 1);
  expect(fired.filter((one) => one.startsWith('each')).sort()).toEqual(ids.map((id) => `each a${id}`).sort());
  expect(by.argo).toBeGreaterThan(20);
  expect(by.us).toBeGreaterThan(20);
  expect(repeated).toEqual([]);
  await last.stop();
}, 180_000);

test('what we hold, Argo holds after the way back, and what we have used it holds no more', async () => {
  const first = await startLittleArgo(nats.url, { sensor: 'sn', triggers }, () => {});
  await publishAsArgo(nats.url, [{ id: 'b0', subject: 'b' }]);
  await using client = await otherClient(nats);
  await eventually(async () => (await client.manager.streams.info('KV_sn')).state.messages === 1);
  await first.stop();
  const fired: string[] = [];
  const fire = (trigger: string, ids: string) => void fired.push(`${trigger} ${ids}`);
  const ours = await start(sensorOf(fire), 'takeover');
  await ours.told.seen('takenOver', undefined, 20_000);
  await ours.ready();
  await publishAsArgo(nats.url, number('a', 1, 2));
  await eventually(() => fired.length === 3);
  await ours.stop();
  expect(fired.sort()).toEqual(['both a1+b0', 'each a1', 'each a2']);

  const back = await start(sensorOf(fire), 'hand-back');
  await back.ended;
  expect(back.told.of('handedBack')).toMatchObject([{ held: 1 }]);
  const byArgo: object[] = [];
  await using last = await startLittleArgo(
    nats.url,
    { sensor: 'sn', triggers },
    (trigger, events) => void byArgo.push({ [trigger]: events }),
  );
  await publishAsArgo(nats.url, [{ id: 'b1', subject: 'b' }]);
  await eventually(() => byArgo.length === 1);
  expect(byArgo).toEqual([{ both: { a: 'a2', b: 'b1' } }]);
  await last.stop();
});

test('a hand-back waits for what still has to be tried, and Argo goes on with durables of its own making', async () => {
  const fired: string[] = [];
  let refuses = true;
  const sensor = buildSensor(
    [
      buildTrigger(
        'each',
        (firing) => {
          if (refuses) throw new EngineError('REMOTE_KUBE_BUSY', { verb: 'create', target: 'x', status: 503, reason: 'on purpose' });
          fired.push(eventIds(firing).join());
        },
        { dependencies: ['a'], condition: 'a' },
      ),
    ],
    [buildDependency('a', 'a')],
  );
  const first = await start(sensor, undefined);
  await first.ready();
  await publishAsArgo(nats.url, number('a', 1, 3));
  await first.told.seen('firingQueued');
  await first.stop();
  const back = await start(sensor, 'hand-back');
  await back.told.seen('handingBack', undefined, 20_000);
  expect(back.told.of('handedBack')).toEqual([]);
  refuses = false;
  await back.ended;

  expect(fired.sort()).toEqual(['a1', 'a2', 'a3']);
  await using client = await otherClient(nats);
  const { config, num_pending } = await client.manager.consumers.info('default', argoDurable('sn', 'each', 'a'));
  expect({ policy: config.deliver_policy, num_pending }).toEqual({ policy: DeliverPolicy.New, num_pending: 0 });
  await expect(client.manager.consumers.info('default', 'sensorium-sensor_2fplayground_2fsn')).rejects.toThrow();
});
