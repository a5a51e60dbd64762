import { expect, test } from 'vitest';
import { EngineError } from '../../../src/core/errors/engine-error.ts';
import { buildSensor, buildTrigger, eventIds } from '../../support/build-sensor.ts';
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
