import { expect, test } from 'vitest';
import { EngineError } from '../../../src/core/errors/engine-error.ts';
import { buildSensor, buildTrigger, eventIds } from '../../support/build-sensor.ts';
import { never } from '../../system/unreliable-bus.ts';
import { workplace } from './workplace.ts';

const busy = () => new EngineError('REMOTE_KUBE_BUSY', { verb: 'create', target: 'x', status: 503, reason: 'on purpose' });

/** A sensor that every process works; what it does is said with the name of the process. */
const shared = (trigger: ReturnType<typeof buildTrigger>) => ({ ...buildSensor([trigger]), shared: true });

const numbers = (count: number): string[] => Array.from({ length: count }, (_, index) => `e${index + 1}`);

test('two processes take the events of a shared sensor, and each event is done once', async () => {
  await using place = workplace();
  const done: string[] = [];
  const process = (name: string) =>
    place.run(
      shared(
        buildTrigger('a', async (firing) => {
          await place.clock.sleep(10);
          done.push(`${name} ${eventIds(firing)}`);
        }),
      ),
    );
  process('first');
  process('second');
  await place.clock.turn(100);
  for (const id of numbers(1_200)) await place.publish(id);
  await place.clock.turn(5_000);

  expect(done.map((one) => one.split(' ')[1]).sort()).toEqual(numbers(1_200).sort());
  expect(new Set(done.map((one) => one.split(' ')[0]))).toEqual(new Set(['first', 'second']));
  expect(place.unacknowledged()).toBe(0);
});

test('what one fails to do waits in the queue, and is tried again after its pause, once, by the process that keeps the queue', async () => {
  await using place = workplace();
  const tried: string[] = [];
  let isDown = true;
  const process = (name: string) =>
    place.run(
      shared(
        buildTrigger('a', (firing, { attempt }) => {
          tried.push(`${name} ${eventIds(firing)} ${attempt}`);
          if (isDown) throw busy();
        }),
      ),
    );
  process('keeper');
  await place.clock.turn(10);
  await place.publish('e1');
  await place.clock.turn(20);
  isDown = false;
  await place.clock.turn(1_000);

  expect(tried).toEqual(['keeper e1 1', 'keeper e1 2']);
  expect(await place.waiting()).toEqual([]);
  expect(place.unacknowledged()).toBe(0);
});

test('whoever fails, the process that keeps the queue tries again; when it stops, the next one does', async () => {
  await using place = workplace();
  const again: string[] = [];
  let isDown = true;
  const process = (name: string) =>
    place.run(
      shared(
        buildTrigger('a', async (_firing, { attempt }) => {
          await place.clock.sleep(10);
          if (attempt > 1) again.push(name);
          if (isDown) throw busy();
        }),
      ),
    );
  const keeper = process('keeper');
  await place.clock.turn(100);
  process('other');
  await place.clock.turn(100);
  for (const id of numbers(1_200)) await place.publish(id);
  await place.clock.turn(3_000);
  expect(new Set(again)).toEqual(new Set(['keeper']));
  expect(place.unacknowledged()).toBe(0);

  await keeper.stop();
  again.length = 0;
  isDown = false;
  await place.clock.turn(40_000);

  expect(new Set(again)).toEqual(new Set(['other']));
  expect(again.length).toBe(1_200);
  expect(await place.waiting()).toEqual([]);
});

test('a target that hangs holds up no neighbour; what waits for it goes to the keeper, and nothing is tried in two places', async () => {
  await using place = workplace();
  const tried: string[] = [];
  const quick: string[] = [];
  const hanging = buildTrigger('hangs', (firing) => {
    tried.push(eventIds(firing)[0]!);
    return never();
  });
  place.run({ ...buildSensor([hanging, buildTrigger('quick', (firing) => void quick.push(eventIds(firing)[0]!))]), shared: true });
  await place.clock.turn(10);
  for (const id of numbers(300)) await place.publish(id);

  await place.clock.turn(5_000);

  expect(quick.length).toBe(300);
  expect((await place.waiting()).length).toBe(300 - 64);
  expect(new Set(tried).size).toBe(tried.length);
});

test('what a dlqTrigger gets, and what is given up, is so in a shared sensor too', async () => {
  await using place = workplace();
  const told: string[] = [];
  const dlq = buildTrigger('a/dlq', (firing) => void told.push(eventIds(firing)[0]!));
  const never = new EngineError('EVENT_PARAMETER', { problem: 'never' });
  const fails = (name: string, rest = {}) =>
    buildTrigger(
      name,
      () => {
        throw never;
      },
      rest,
    );
  place.run({ ...buildSensor([fails('a', { dlq }), fails('b')]), shared: true });
  await place.clock.turn(10);
  await place.publish('e1');
  await place.clock.turn(1_000);

  expect(told).toEqual(['e1']);
  expect((await place.parked()).map(({ trigger }) => trigger)).toEqual(['b']);
  expect(await place.waiting()).toEqual([]);
  expect(place.unacknowledged()).toBe(0);
});

test('a stop lets what is in flight end, and leaves what fails in the queue for the next one', async () => {
  await using place = workplace();
  const first = place.run(
    shared(
      buildTrigger('a', async (firing) => {
        await place.clock.sleep(800);
        if (eventIds(firing)[0] === 'e1') throw busy();
      }),
    ),
  );
  await place.clock.turn(10);
  await place.publish('e1');
  await place.publish('e2');
  await place.clock.turn(10);

  await first.stop();

  expect(place.told.of('triggerFired').map(({ event }) => event)).toEqual(['e2']);
  expect((await place.waiting()).length).toBe(1);
  expect(place.unacknowledged()).toBe(0);
});

test('who moves a shared sensor from another system has it alone meanwhile', async () => {
  await using place = workplace();
  const done: string[] = [];
  place.run(shared(buildTrigger('a', (firing) => void done.push(eventIds(firing)[0]!))), { move: 'takeover' });
  await place.clock.turn(10);
  await place.publish('e1');
  await place.clock.turn(100);

  expect(done).toEqual(['e1']);
  expect(place.told.of('leaseTaken')).toEqual([{ sensor: 'sn' }]);
  expect(place.told.of('sensorStarted').length).toBe(1);
});

test('what the target wants to be asked again for later waits so long, in the queue too', async () => {
  await using place = workplace();
  const at: number[] = [];
  place.run(
    shared(
      buildTrigger('a', () => {
        at.push(place.clock.now());
        if (at.length === 1)
          throw new EngineError('REMOTE_HTTP', { status: 429, url: 'http://t/', reason: '' }, { retry: { after: 5_000 } });
      }),
    ),
  );
  await place.clock.turn(10);
  await place.publish('e1');
  await place.clock.turn(4_900);
  expect([at.length, (await place.waiting()).length]).toEqual([1, 1]);

  await place.clock.turn(1_000);

  expect(at.length).toBe(2);
  expect(place.told.of('triggerFired').map(({ attempt }) => attempt)).toEqual([2]);
  expect(await place.waiting()).toEqual([]);
});
