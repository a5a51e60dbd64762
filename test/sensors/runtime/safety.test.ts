import { expect, test } from 'vitest';
import type { Queue } from '../../../eventbus/bus.ts';
import { EngineError } from '../../../src/core/errors/engine-error.ts';
import { buildSensor, buildTrigger, eventIds } from '../../support/build-sensor.ts';
import { never } from '../../system/unreliable-bus.ts';
import { workplace } from './workplace.ts';

const busy = () => new EngineError('REMOTE_KUBE_BUSY', { verb: 'create', target: 'x', status: 503, reason: 'on purpose' });

/** The bus of a place, with its queues changed. */
const withQueue = (place: ReturnType<typeof workplace>, change: (queue: Queue) => Partial<Queue>) => {
  const changed = (queue: Queue): Queue => ({ ...queue, ...change(queue) });
  return { ...place.bus, queue: async (name: string) => changed(await place.bus.queue(name)) };
};

test('an event is not acknowledged before its firing is in the queue, however long the bus is away', async () => {
  await using place = workplace();
  let away = true;
  const bus = withQueue(place, (queue) => ({
    put: async (...args) => {
      if (away) throw new EngineError('UNREACHABLE_BUS', { server: 'x', reason: 'on purpose' });
      return queue.put(...args);
    },
  }));
  const trigger = buildTrigger('a', () => {
    throw busy();
  });
  place.run(buildSensor([trigger]), { bus });

  await place.publish('e1');
  await place.clock.turn(60_000);
  expect(place.unacknowledged()).toBe(1);
  expect(place.told.of('eventRedelivered')).toEqual([]);
  away = false;
  await place.clock.turn(6_000);

  expect(place.unacknowledged()).toBe(0);
  expect((await place.waiting()).length).toBe(1);
});

test('a firing is done while the bus is away, and its event acknowledged then', async () => {
  await using place = workplace();
  const bus = withQueue(place, () => ({
    put: async () => {
      throw new EngineError('UNREACHABLE_BUS', { server: 'x', reason: 'on purpose' });
    },
  }));
  let failures = 1;
  const trigger = buildTrigger('a', () => {
    if (failures-- > 0) throw busy();
  });
  place.run(buildSensor([trigger]), { bus });

  await place.publish('e1');
  await place.clock.turn(1_000);

  expect(place.told.of('triggerFired').length).toBe(1);
});

const full = () => ({
  put: async () => {
    throw new EngineError('REMOTE_BUS_FULL', { stream: 'x' });
  },
});

test('what is done is acknowledged though the queue was full when it should have waited there', async () => {
  await using place = workplace();
  const bus = withQueue(place, full);
  let failures = 1;
  const trigger = buildTrigger('a', () => {
    if (failures-- > 0) throw busy();
  });
  place.run(buildSensor([trigger]), { bus });

  await place.publish('e1');
  await place.clock.turn(1_000);

  expect(place.told.of('triggerFired').length).toBe(1);
  expect(place.unacknowledged()).toBe(0);
});

test('what is done at most once does not get into the queue any more when that has room again', async () => {
  await using place = workplace();
  let isFull = true;
  const bus = withQueue(place, (queue) => ({ put: async (...args) => (isFull ? full().put() : queue.put(...args)) }));
  const begun: string[] = [];
  let end = () => {};
  const trigger = buildTrigger(
    'a',
    (firing) => {
      begun.push(...eventIds(firing));
      return new Promise((resolve) => {
        end = resolve;
      });
    },
    { atLeastOnce: false },
  );
  place.run(buildSensor([trigger]), { bus });
  await place.publish('e1', { key: 'k' });
  await place.publish('e2', { key: 'k' });
  await place.clock.turn(3_000);
  end();
  await place.clock.turn(10);
  expect(begun).toEqual(['e1', 'e2']);
  expect(place.unacknowledged()).toBe(0);

  isFull = false;
  await place.clock.turn(10_000);

  expect(await place.waiting()).toEqual([]);
});

test('a firing that is done is acknowledged though the queue was away once, and is full since', async () => {
  await using place = workplace();
  const failures = [new EngineError('UNREACHABLE_BUS', { server: 'x', reason: 'on purpose' })];
  const bus = withQueue(place, () => ({
    put: async () => {
      throw failures.pop() ?? new EngineError('REMOTE_BUS_FULL', { stream: 'x' });
    },
  }));
  let isAway = true;
  const trigger = buildTrigger('a', () => {
    if (isAway) throw busy();
  });
  place.run(buildSensor([trigger]), { bus });
  await place.publish('e1');
  await place.clock.turn(1_000);

  isAway = false;
  await place.clock.turn(60_000);

  expect(place.told.of('triggerFired').length).toBe(1);
  expect(place.unacknowledged()).toBe(0);
});

test('what comes again while the queue is full is tried from its delivery, if it does not wait in the queue already', async () => {
  await using place = workplace();
  let tries = 0;
  const trigger = buildTrigger('a', () => {
    tries += 1;
    if (tries <= 2) throw busy();
  });
  const bus = withQueue(place, full);
  const first = place.run(buildSensor([trigger]), { bus, drainFor: 0 });
  await place.publish('e1');
  await place.clock.turn(100);
  await first.stop();
  expect(tries).toBe(1);

  place.run(buildSensor([trigger]), { bus });
  await place.clock.turn(10_000);

  expect(place.told.of('eventRedelivered').length).toBeGreaterThan(0);
  expect(tries).toBe(3);
  expect(place.unacknowledged()).toBe(0);
});

test('a firing that is too large for the queue stays with its delivery, and is retried from there', async () => {
  await using place = workplace();
  const bus = withQueue(place, () => ({
    put: async () => {
      throw new EngineError('EVENT_TOO_LARGE', { actual: 2, limit: 1 });
    },
  }));
  let failures = 5;
  const trigger = buildTrigger('a', () => {
    if (failures-- > 0) throw busy();
  });
  place.run(buildSensor([trigger]), { bus });

  await place.publish('e1');
  await place.clock.turn(2_000);
  expect(place.unacknowledged()).toBe(1);
  await place.clock.turn(20_000);

  expect(place.told.of('triggerFired').map(({ attempt }) => attempt)).toEqual([6]);
  expect(place.told.of('eventRedelivered')).toEqual([]);
  expect(place.unacknowledged()).toBe(0);
});

test('what is too large for the dead-letter store goes there without its payload', async () => {
  await using place = workplace();
  const limit = 600;
  const bus = {
    ...place.bus,
    parked: async () => {
      const queue = await place.bus.parked();
      const put: Queue['put'] = async (body, options) => {
        if (body.length > limit) throw new EngineError('EVENT_TOO_LARGE', { actual: body.length, limit });
        return queue.put(body, options);
      };
      return { ...queue, put };
    },
  };
  const trigger = buildTrigger('a', () => {
    throw new EngineError('EVENT_PARAMETER', { problem: 'no' });
  });
  place.run(buildSensor([trigger]), { bus });

  await place.publish('e1', { data: { text: 'x'.repeat(1_000) } });
  await place.clock.turn(100);

  const [parked] = await place.parked();
  expect(parked.events.dep).toMatchObject({ id: 'e1', data_bytes: 1_011 });
  expect(place.unacknowledged()).toBe(0);
});

test('an acknowledgement that got lost does not fire again', async () => {
  await using place = workplace();
  let lost = 1;
  const bus = {
    ...place.bus,
    async *subscribe(...[subscription, signal]: Parameters<typeof place.bus.subscribe>) {
      for await (const batch of place.bus.subscribe(subscription, signal))
        yield batch.map((delivery) => ({ ...delivery, ack: () => (lost-- > 0 ? undefined : delivery.ack()) }));
    },
  };
  const done: string[] = [];
  place.run(buildSensor([buildTrigger('a', (firing) => void done.push(...eventIds(firing)))]), { bus });

  await place.publish('e1');
  await place.clock.turn(5_000);

  expect(place.told.of('eventRedelivered')).toEqual([{ sensor: 'sn', event: 'e1', attempt: 2 }]);
  expect(done).toEqual(['e1']);
  expect(place.unacknowledged()).toBe(0);
});

test('what was left unacknowledged is put into the queue before it fires again, and is there once', async () => {
  await using place = workplace();
  const firings: string[] = [];
  const first = place.run(
    buildSensor([
      buildTrigger('a', (firing) => {
        firings.push(firing.id);
        return never();
      }),
    ]),
    { drainFor: 0 },
  );
  await place.publish('e1');
  await place.clock.turn(10);
  await first.stop();
  expect(place.unacknowledged()).toBe(1);

  place.run(buildSensor([buildTrigger('a', (firing) => void firings.push(firing.id))]));
  await place.clock.turn(5_000);

  expect(place.told.of('firingQueued').length).toBe(1);
  expect(firings.length).toBe(2);
  expect(new Set(firings).size).toBe(1);
  expect(place.unacknowledged()).toBe(0);
});

test('a body in the queue that cannot be read is parked', async () => {
  await using place = workplace();
  const queue = await place.bus.queue('sensor/playground/sn');
  await queue.put(Buffer.from('garbage\n'), { id: 'f1', key: 'a' });
  await queue.put(Buffer.from('garbage\n'), { id: 'f2', key: 'gone' });

  place.run(buildSensor([buildTrigger('a', () => {})]));
  await place.clock.turn(100);

  expect((await place.parked()).map(({ firing, reason }) => [firing, reason.code]).sort()).toEqual([
    ['f1', 'BUG_UNEXPECTED'],
    ['f2', 'EVENT_RULE_GONE'],
  ]);
  expect(await place.waiting()).toEqual([]);
});

test('what a predecessor that hung puts into the queue late is done, unless it was done meanwhile', async () => {
  await using place = workplace();
  const puts: Parameters<Queue['put']>[] = [];
  const bus = withQueue(place, (queue) => ({
    put: (...args) => {
      puts.push(args);
      return queue.put(...args);
    },
  }));
  const done: string[] = [];
  let failures = 1;
  place.run(
    buildSensor([
      buildTrigger('a', (firing) => {
        if (failures-- > 0) throw busy();
        done.push(firing.id);
      }),
    ]),
    { bus },
  );
  await place.publish('e1');
  await place.clock.turn(500);
  expect([done.length, puts.length]).toEqual([1, 1]);

  const queue = await place.bus.queue('sensor/playground/sn');
  const [body, { id, key }] = puts[0]! as [Uint8Array, { id: string; key: string }];
  await queue.put(body, { id, key });
  await queue.put(Buffer.from(Buffer.from(body).toString('latin1').replace(id, 'another'), 'latin1'), { id: 'another', key });
  await place.clock.turn(6_000);

  expect(done).toEqual([id, 'another']);
  expect(await place.waiting()).toEqual([]);
});
