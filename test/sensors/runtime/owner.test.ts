import { expect, test } from 'vitest';
import { EngineError } from '../../../src/core/errors/engine-error.ts';
import { buildSensor, buildTrigger, eventIds } from '../../support/build-sensor.ts';
import { never } from '../../system/unreliable-bus.ts';
import { workplace } from './workplace.ts';

const busy = () => new EngineError('REMOTE_KUBE_BUSY', { verb: 'create', target: 'x', status: 503, reason: 'on purpose' });

test('one process works a sensor; another one stands by, and takes over when it stops', async () => {
  await using place = workplace();
  const done: string[] = [];
  const named = (name: string) => buildSensor([buildTrigger('a', (firing) => void done.push(`${name} ${eventIds(firing)}`))]);
  const first = place.run(named('first'));
  await place.clock.turn(10);
  place.run(named('second'));
  await place.clock.turn(5_000);
  expect(place.told.of('leaseWaiting')).toEqual([{ sensor: 'sn' }]);

  await place.publish('e1');
  await place.clock.turn(10);
  await first.stop();
  await place.publish('e2');
  await place.clock.turn(10);

  expect(done).toEqual(['first e1', 'second e2']);
  expect(place.told.of('leaseTaken').length).toBe(2);
});

test('an owner that lost its lease acknowledges and writes nothing more, and its successor does it again', async () => {
  await using place = workplace();
  const lost = new AbortController();
  let leases = 0;
  const bus = {
    ...place.bus,
    lease: async (...[name, signal]: Parameters<typeof place.bus.lease>) => {
      const lease = await place.bus.lease(name, signal);
      leases += 1;
      return leases > 1 ? lease : { lost: lost.signal, until: lease.until, release: () => lease.release() };
    },
  };
  const aborted: string[] = [];
  const finish: (() => void)[] = [];
  const trigger = buildTrigger('a', (_firing, { signal }) => {
    signal.addEventListener('abort', () => aborted.push('aborted'));
    return new Promise<void>((resolve) => finish.push(resolve));
  });
  place.run(buildSensor([trigger]), { bus });
  await place.publish('e1');
  await place.clock.turn(10);

  lost.abort();
  await place.clock.turn(10);
  finish[0]!();
  await place.clock.turn(10);

  expect(aborted).toEqual(['aborted']);
  expect(place.told.of('leaseLost')).toEqual([{ sensor: 'sn' }]);
  expect(place.told.of('triggerFired')).toEqual([]);
  expect(place.unacknowledged()).toBe(1);
  await place.clock.turn(3_000);
  finish[1]!();
  await place.clock.turn(100);
  expect(place.told.of('triggerFired').length).toBe(1);
  expect(place.unacknowledged()).toBe(0);
});

test('a stop lets what is in flight end, begins nothing new, and leaves the rest to the next one', async () => {
  await using place = workplace();
  const log: string[] = [];
  const trigger = buildTrigger('a', async (firing) => {
    log.push(`+${eventIds(firing)}`);
    await place.clock.sleep(800);
    log.push(`-${eventIds(firing)}`);
  });
  const first = place.run(buildSensor([trigger]));
  await place.publish('e1', { key: 'k' });
  await place.publish('e2', { key: 'k' });
  await place.clock.turn(10);

  await first.stop();
  expect(log).toEqual(['+e1', '-e1']);
  expect(place.unacknowledged()).toBe(0);
  expect((await place.waiting()).length).toBe(1);
  place.run(buildSensor([trigger]));
  await place.clock.turn(5_000);

  expect(log).toEqual(['+e1', '-e1', '+e2', '-e2']);
});

test('a stop queues what fails meanwhile', async () => {
  await using place = workplace();
  const trigger = buildTrigger('a', async () => {
    await place.clock.sleep(800);
    throw busy();
  });
  const first = place.run(buildSensor([trigger]));
  await place.publish('e1');
  await place.clock.turn(10);

  await first.stop();

  expect((await place.waiting()).length).toBe(1);
  expect(place.unacknowledged()).toBe(0);
});

test('a stop waits no longer than it was told to, then aborts', async () => {
  await using place = workplace();
  const aborted: string[] = [];
  const trigger = buildTrigger('a', (_firing, { signal }) => {
    signal.addEventListener('abort', () => aborted.push('aborted'));
    return never();
  });
  const first = place.run(buildSensor([trigger]), { drainFor: 3_000 });
  await place.publish('e1');
  await place.clock.turn(10);
  const stoppedAt = place.clock.now();

  await first.stop();

  expect(aborted).toEqual(['aborted']);
  expect(place.clock.now() - stoppedAt).toBeLessThan(3_200);
});

test('a changed rule works what waits in the queue', async () => {
  await using place = workplace();
  const old = buildTrigger('a', () => {
    throw busy();
  });
  const first = place.run(buildSensor([old]));
  await place.publish('e1', { data: { name: 'web' } });
  await place.clock.turn(10);
  await first.stop();

  const seen: unknown[] = [];
  const changed = buildTrigger('a', (firing) => void seen.push(firing.events.get('dep')?.data?.json));
  place.run(buildSensor([changed]));
  await place.clock.turn(100);

  expect(seen).toEqual([{ name: 'web' }]);
  expect(await place.waiting()).toEqual([]);
});

test('firings of a trigger that is gone are parked, and those of the others are worked', async () => {
  await using place = workplace();
  const fails = (name: string) =>
    buildTrigger(name, () => {
      throw busy();
    });
  const first = place.run(buildSensor([fails('stays'), fails('goes/away')]));
  await place.publish('e1', { key: 'a/b c' });
  await place.clock.turn(10);
  await first.stop();

  place.run(buildSensor([buildTrigger('stays', () => {})]));
  await place.clock.turn(100);

  expect(place.told.of('triggerFired').map(({ trigger, event }) => [trigger, event])).toEqual([['stays', 'e1']]);
  expect((await place.parked()).map(({ trigger, reason, events }) => [trigger, reason.code, events.dep.id])).toEqual([
    ['goes/away', 'EVENT_RULE_GONE', 'e1'],
  ]);
  expect(await place.waiting()).toEqual([]);
});

test('it is ready when it works, and when it stands by', async () => {
  await using place = workplace();
  const ready: string[] = [];
  place.run(buildSensor([]), { onReady: () => ready.push('works') });
  await place.clock.turn(10);
  place.run(buildSensor([]), { onReady: () => ready.push('stands by') });
  await place.clock.turn(500);
  expect(ready).toEqual(['works']);

  await place.clock.turn(600);

  expect(ready).toEqual(['works', 'stands by']);
});

test('a bug that ends a shift is told, and the next shift goes on', async () => {
  await using place = workplace();
  let broken = true;
  const bus = {
    ...place.bus,
    async *subscribe(...args: Parameters<typeof place.bus.subscribe>) {
      if (broken) {
        broken = false;
        throw new TypeError('x is not iterable');
      }
      yield* place.bus.subscribe(...args);
    },
  };
  place.run(buildSensor([buildTrigger('a', () => {})]), { bus });

  await place.publish('e1');
  await place.clock.turn(1_000);

  expect(place.told.of('workerFailed').map(({ part, error }) => [part, (error as Error).message])).toEqual([
    ['sensor/playground/sn', 'unexpected: x is not iterable'],
  ]);
  expect(place.told.of('triggerFired').length).toBe(1);
});
