import { expect, test } from 'vitest';
import type { CompiledSensor, Verdict } from '../../../sensors/compiled.ts';
import { EngineError } from '../../../src/core/errors/engine-error.ts';
import type { Event } from '../../../src/core/event/event.ts';
import { buildEvent, buildSensor, buildTrigger, eventIds } from '../../support/build-sensor.ts';
import { workplace } from './workplace.ts';

/** A sensor whose transform is done elsewhere: the test answers when it likes. */
function waitingSensor(done: string[]): { sensor: CompiledSensor; asked: Map<string, (verdict: Verdict) => void> } {
  const asked = new Map<string, (verdict: Verdict) => void>();
  const built = buildSensor([buildTrigger('a', (firing) => void done.push(...eventIds(firing)))]);
  const admit = (event: Event) => new Promise<Verdict>((resolve) => asked.set(event.id, resolve));
  return { sensor: { ...built, dependencies: built.dependencies.map((one) => ({ ...one, admit })) }, asked };
}

const admitted = (event: string): Verdict => ({ admitted: true, event: buildEvent(event) });

test('events that wait for their transform keep their order, and are acknowledged when their triggers are done', async () => {
  await using place = workplace();
  const done: string[] = [];
  const { sensor, asked } = waitingSensor(done);
  place.run(sensor);
  await place.publish('one');
  await place.publish('two');
  await place.clock.turn(10);

  expect([...asked.keys()]).toEqual(['one']);
  expect(place.unacknowledged()).toBe(2);

  asked.get('one')!(admitted('one'));
  await place.clock.turn(10);
  expect([...asked.keys()]).toEqual(['one', 'two']);
  expect(place.unacknowledged()).toBe(1);

  asked.get('two')!(admitted('two'));
  await place.clock.turn(10);
  expect(done).toEqual(['one', 'two']);
  expect(place.unacknowledged()).toBe(0);
});

test('an event whose transform failed elsewhere is parked with its reason, and the next one goes on', async () => {
  await using place = workplace();
  const done: string[] = [];
  const { sensor, asked } = waitingSensor(done);
  place.run(sensor);
  await place.publish('one');
  await place.publish('two');
  await place.clock.turn(10);
  const error = new EngineError('EVENT_LIMIT', { limit: '1 s', what: 'the jq program does not seem to end' });

  asked.get('one')!({ admitted: false, at: 'transform.jq', because: error.message, error });
  await place.clock.turn(10);
  asked.get('two')!(admitted('two'));
  await place.clock.turn(10);

  expect(done).toEqual(['two']);
  expect(await place.parked()).toMatchObject([{ dependency: 'dep', reason: { code: 'EVENT_LIMIT', message: error.message } }]);
  expect(place.unacknowledged()).toBe(0);
});

test('a transform that answers when the sensor has ended changes nothing: its event comes again', async () => {
  await using place = workplace();
  const done: string[] = [];
  const { sensor, asked } = waitingSensor(done);
  const run = place.run(sensor, { drainFor: 100 });
  await place.publish('one');
  await place.clock.turn(10);

  await run.stop();
  asked.get('one')!(admitted('one'));
  await place.clock.turn(10);
  expect(done).toEqual([]);
  expect(place.unacknowledged()).toBe(1);

  asked.delete('one');
  place.run(sensor);
  await place.clock.turn(5_000);
  asked.get('one')!(admitted('one'));
  await place.clock.turn(10);
  expect(done).toEqual(['one']);
  expect(place.unacknowledged()).toBe(0);
});
