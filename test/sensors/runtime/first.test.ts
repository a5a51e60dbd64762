import { expect, test } from 'vitest';
import { EngineError } from '../../../src/core/errors/engine-error.ts';
import { buildSensor, buildTrigger, eventIds } from '../../support/build-sensor.ts';
import { workplace } from './harness.ts';

test('an event fires every trigger that it concerns, and is acknowledged', async () => {
  await using place = workplace();
  const done: string[] = [];
  const deed = (name: string) => buildTrigger(name, (firing) => void done.push(`${name} ${eventIds(firing)}`));
  place.run(buildSensor([deed('a'), deed('b')]));

  await place.publish('e1');
  await place.publish('e2');
  await place.clock.turn(10);

  expect(done).toEqual(['a e1', 'b e1', 'a e2', 'b e2']);
  await place.clock.turn(10_000);
  expect(place.told.of('eventRedelivered')).toEqual([]);
  expect(place.told.of('triggerFired').length).toBe(4);
});

test('a firing whose attempt fails is queued, its event acknowledged, and tried again until it is done', async () => {
  await using place = workplace();
  let failures = 3;
  const done: string[] = [];
  const trigger = buildTrigger('a', (firing) => {
    if (failures-- > 0) throw new EngineError('REMOTE_KUBE_BUSY', { verb: 'create', target: 'Ingress a/b', status: 503, reason: 'busy' });
    done.push(...eventIds(firing));
  });
  place.run(buildSensor([trigger]));

  await place.publish('e1');
  await place.clock.turn(10);
  expect((await place.waiting()).length).toBe(1);
  await place.clock.turn(5_000);

  expect(done).toEqual(['e1']);
  expect(await place.waiting()).toEqual([]);
  expect(place.told.of('attemptFailed').length).toBe(1);
  expect(place.told.of('attemptFailedAgain').length).toBe(2);
});
