import { expect, test } from 'vitest';
import type { Delivery } from '../../../eventbus/bus.ts';
import { Intake } from '../../../sensors/deliveries/intake.ts';
import { buildEvent } from '../../support/build-sensor.ts';

function delivered(sequence: number, attempt = 1, id = `e${sequence}`) {
  const said: string[] = [];
  const delivery: Delivery = {
    event: buildEvent(id),
    problem: undefined,
    subject: 'default.es.things',
    sequence,
    attempt,
    storedAt: 0,
    ack: () => void said.push('ack'),
    working: () => void said.push('working'),
  };
  return { delivery, said };
}

test('an event is acknowledged when everybody who retained it has released it', () => {
  const intake = new Intake();
  const { delivery, said } = delivered(1);
  const hold = intake.take(delivery, 0)!;
  hold.retain();

  hold.release();
  expect(said).toEqual([]);
  expect(hold.settled).toBe(false);
  hold.release();

  expect(said).toEqual(['ack']);
  expect(hold.settled).toBe(true);
  expect(intake.size).toBe(0);
});

test('what comes again while it is in work is acknowledged with the first', () => {
  const intake = new Intake();
  const [first, again] = [delivered(1), delivered(1, 2)];
  const hold = intake.take(first.delivery, 0)!;

  expect(intake.take(again.delivery, 0)).toBeUndefined();
  hold.release();

  expect([...first.said, ...again.said]).toEqual(['ack', 'ack']);
});

test('what comes again although it was settled is acknowledged at once', () => {
  const intake = new Intake();
  intake.take(delivered(1).delivery, 0)!.release();
  const again = delivered(1, 2);

  expect(intake.take(again.delivery, 0)).toBeUndefined();

  expect(again.said).toEqual(['ack']);
});

test('the numbers of a stream that was made anew are not taken for those of the old one', () => {
  const intake = new Intake();
  for (const sequence of [1, 2, 3]) intake.take(delivered(sequence).delivery, 0)!.release();

  expect(intake.take(delivered(1, 1, 'new1').delivery, 0)).toBeDefined();
  expect(intake.take(delivered(2, 2, 'new2').delivery, 0)).toBeDefined();
});

test('what is in work for half a second is said to be in work, and again every half second', () => {
  const intake = new Intake();
  const [old, young] = [delivered(1), delivered(2)];
  intake.take(old.delivery, 0);
  intake.take(young.delivery, 300);

  for (const now of [400, 500, 600, 900, 1_000]) intake.tick(now);

  expect(old.said).toEqual(['working', 'working']);
  expect(young.said).toEqual(['working']);
});

test('nothing is acknowledged after the end', () => {
  const intake = new Intake();
  const { delivery, said } = delivered(1);
  const hold = intake.take(delivery, 0)!;

  intake.close();
  hold.release();

  expect(said).toEqual([]);
  expect(hold.settled).toBe(false);
});
