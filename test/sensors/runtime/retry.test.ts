import { expect, test } from 'vitest';
import type { Retry } from '../../../src/core/errors/codes.ts';
import { EngineError } from '../../../src/core/errors/engine-error.ts';
import { buildSensor, buildTrigger, eventIds } from '../../support/build-sensor.ts';
import { workplace } from './workplace.ts';

const fault = (code: 'REMOTE_KUBE_BUSY' | 'UNREACHABLE_KUBE' | 'CONFLICT_KUBE' | 'REMOTE_KUBE_INVALID', retry?: Retry) =>
  new EngineError(
    code,
    { verb: 'create', target: 'Ingress a/b', status: 503, reason: 'on purpose', server: 'https://x' },
    retry ? { retry } : {},
  );

test('a firing whose attempt fails is queued, its event acknowledged, and tried again until it is done', async () => {
  await using place = workplace();
  let failures = 3;
  place.run(
    buildSensor([
      buildTrigger('a', () => {
        if (failures-- > 0) throw fault('REMOTE_KUBE_BUSY');
      }),
    ]),
  );

  await place.publish('e1');
  await place.clock.turn(10);
  expect((await place.waiting()).length).toBe(1);
  expect(place.unacknowledged()).toBe(0);
  await place.clock.turn(5_000);

  expect(place.told.of('triggerFired').map(({ event, attempt }) => [event, attempt])).toEqual([['e1', 4]]);
  expect(await place.waiting()).toEqual([]);
});

test('the waits double up to the ceiling', async () => {
  await using place = workplace();
  const at: number[] = [];
  const trigger = buildTrigger('a', () => {
    at.push(place.clock.now());
    throw fault('REMOTE_KUBE_BUSY');
  });
  place.run(buildSensor([trigger]));

  await place.publish('e1');
  await place.clock.turn(120_000);

  const waits = at.slice(1).map((time, index) => time - at[index]!);
  const full = [200, 400, 800, 1_600, 3_200, 6_400, 12_800, 25_600, 30_000];
  full.slice(0, waits.length).forEach((most, index) => {
    expect(waits[index]).toBeLessThanOrEqual(most);
    expect(waits[index]).toBeGreaterThanOrEqual(Math.floor((most * 2) / 3));
  });
  expect(waits.length).toBeGreaterThanOrEqual(9);
});

test('an answer that can never be another one parks the firing at once, with what would have been sent', async () => {
  await using place = workplace();
  const trigger = buildTrigger('a', () => {
    throw fault('REMOTE_KUBE_INVALID');
  });
  place.run(buildSensor([trigger]));

  await place.publish('e1', { data: { name: 'web' } });
  await place.clock.turn(10);

  const [parked] = await place.parked();
  expect(parked).toEqual({
    namespace: 'playground',
    sensor: 'sn',
    trigger: 'a',
    firing: expect.stringMatching(/^[0-9a-f]{32}$/),
    reason: { code: 'REMOTE_KUBE_INVALID', message: 'create Ingress a/b: on purpose' },
    attempts: 1,
    events: { dep: expect.objectContaining({ id: 'e1', data: '{"name":"web"}' }) },
    rendered: { do: 'a' },
    parkedAt: '2026-07-18T12:00:00.000Z',
  });
  expect(await place.waiting()).toEqual([]);
  expect(place.unacknowledged()).toBe(0);
  expect(place.told.of('firingParked').length).toBe(1);
  expect(place.told.of('firingQueued')).toEqual([]);
});

test('a firing that fails for an hour is parked with its last reason', async () => {
  await using place = workplace();
  const trigger = buildTrigger('a', () => {
    throw fault('REMOTE_KUBE_BUSY');
  });
  place.run(buildSensor([trigger]));

  await place.publish('e1');
  await place.clock.turn(3_590_000);
  expect(await place.parked()).toEqual([]);
  await place.clock.turn(60_000);

  expect((await place.parked()).map(({ reason }) => reason.code)).toEqual(['REMOTE_KUBE_BUSY']);
  expect(await place.waiting()).toEqual([]);
});

test('a limit of attempts is obeyed', async () => {
  await using place = workplace();
  const trigger = buildTrigger(
    'a',
    () => {
      throw fault('REMOTE_KUBE_BUSY');
    },
    { retry: { backoff: { first: 100, ceiling: 100 }, attempts: 3, giveUpAfter: 3_600_000 } },
  );
  place.run(buildSensor([trigger]));

  await place.publish('e1');
  await place.clock.turn(1_000);

  expect((await place.parked()).map(({ attempts }) => attempts)).toEqual([3]);
});

test('a time to wait that the target names is obeyed', async () => {
  await using place = workplace();
  const at: number[] = [];
  const trigger = buildTrigger('a', () => {
    at.push(place.clock.now());
    if (at.length === 1) throw fault('REMOTE_KUBE_BUSY', { after: 7_000 });
  });
  place.run(buildSensor([trigger]));

  await place.publish('e1');
  await place.clock.turn(10_000);

  expect(at[1]! - at[0]!).toBe(7_000);
});

test('a conflict is tried again at once, and not written to the queue', async () => {
  await using place = workplace();
  let conflicts = 2;
  const trigger = buildTrigger('a', () => {
    if (conflicts-- > 0) throw fault('CONFLICT_KUBE');
  });
  place.run(buildSensor([trigger]));

  await place.publish('e1');
  await place.clock.turn(10);

  expect(place.told.of('triggerFired').map(({ attempt }) => attempt)).toEqual([3]);
  expect(place.told.of('firingQueued')).toEqual([]);
});

test('a conflict that does not end backs off like any other failure', async () => {
  await using place = workplace();
  let attempts = 0;
  const trigger = buildTrigger('a', () => {
    attempts += 1;
    throw fault('CONFLICT_KUBE');
  });
  place.run(buildSensor([trigger]));

  await place.publish('e1');
  await place.clock.turn(10);

  expect(attempts).toBe(6);
  expect((await place.waiting()).length).toBe(1);
});

test('the same reason is told once, a new reason again', async () => {
  await using place = workplace();
  const reasons = ['REMOTE_KUBE_BUSY', 'REMOTE_KUBE_BUSY', 'CONFLICT_KUBE', 'REMOTE_KUBE_BUSY'] as const;
  let attempts = 0;
  const trigger = buildTrigger('a', () => {
    const reason = reasons[attempts++];
    if (reason) throw fault(reason, 'backoff');
  });
  place.run(buildSensor([trigger]));

  await place.publish('e1');
  await place.clock.turn(10_000);

  expect(place.told.of('attemptFailed').map(({ error }) => (error as EngineError).code)).toEqual([
    'REMOTE_KUBE_BUSY',
    'CONFLICT_KUBE',
    'REMOTE_KUBE_BUSY',
  ]);
  expect(place.told.of('attemptFailedAgain').length).toBe(1);
});

test('while the API server is away for a minute everything waits in its order, and flows when it is back', async () => {
  await using place = workplace();
  let away = true;
  let attempts = 0;
  const done: string[] = [];
  const trigger = buildTrigger('a', (firing) => {
    attempts += 1;
    if (away) throw fault('UNREACHABLE_KUBE');
    done.push(...eventIds(firing));
  });
  place.run(buildSensor([trigger]));

  const ids: string[] = [];
  for (let index = 0; index < 300; index++) {
    const id = `e${index}`;
    ids.push(id);
    await place.publish(id, { key: `k${index % 10}` });
    await place.clock.turn(200);
  }
  expect(place.unacknowledged()).toBe(0);
  expect((await place.waiting()).length).toBe(300);
  const attemptsWhileAway = attempts;
  away = false;
  await place.clock.turn(6_000);

  expect(done.length).toBe(300);
  for (let key = 0; key < 10; key++)
    expect(done.filter((id) => Number(id.slice(1)) % 10 === key)).toEqual(ids.filter((id) => Number(id.slice(1)) % 10 === key));
  expect(attemptsWhileAway).toBeLessThan(340);
  expect(place.told.of('targetAway').length).toBe(1);
  expect(place.told.of('targetBack').length).toBe(1);
  expect(place.told.of('attemptFailed').length).toBe(1);
});

test('attempts that are counted are not spent on finding out whether the target is back', async () => {
  await using place = workplace();
  const at = new Map<string, number[]>();
  const trigger = buildTrigger(
    'a',
    (firing) => {
      const [event] = eventIds(firing) as [string];
      at.set(event, [...(at.get(event) ?? []), place.clock.now()]);
      throw fault('UNREACHABLE_KUBE');
    },
    { retry: { backoff: { first: 2_000, ceiling: 60_000, factor: 2, jitter: 0 }, attempts: 4, giveUpAfter: Number.POSITIVE_INFINITY } },
  );
  place.run(buildSensor([trigger]));

  for (const id of ['e1', 'e2', 'e3']) await place.publish(id);
  await place.clock.turn(120_000);

  expect(place.told.of('targetAway').length).toBe(1);
  for (const times of at.values()) {
    const waits = times.slice(1).map((time, index) => time - times[index]!);
    expect(waits.length).toBe(3);
    for (const [index, least] of [2_000, 4_000, 8_000].entries()) expect(waits[index]).toBeGreaterThanOrEqual(least);
  }
  expect((await place.parked()).length).toBe(3);
});

test('one bad host among many does not make a trigger count as away', async () => {
  await using place = workplace();
  const trigger = buildTrigger('a', (firing) => {
    if (Number(eventIds(firing)[0]!.slice(1)) % 2 === 0) throw fault('UNREACHABLE_KUBE');
  });
  place.run(buildSensor([trigger]));

  for (let index = 0; index < 40; index++) {
    await place.publish(`e${index}`);
    await place.clock.turn(100);
  }

  expect(place.told.of('triggerFired').length).toBe(20);
  expect(place.told.of('targetAway')).toEqual([]);
});
