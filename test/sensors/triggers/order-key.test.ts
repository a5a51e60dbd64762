import { expect, test } from 'vitest';
import { compileOrderKey } from '../../../sensors/triggers/order-key.ts';
import { EventData } from '../../../src/core/event/data.ts';
import { buildEvent } from '../../support/build-sensor.ts';

const keyOf = (orderBy: string | undefined, data: object) => compileOrderKey(orderBy)(buildEvent('1', { key: 'own', data }));

test('the order of an event is its own, unless the author says another', () => {
  expect(keyOf(undefined, {})).toBe('own');
  expect(keyOf('.id', { id: 'x' })).toBe('x');
});

test('what is no text is ordered by its text', () => {
  expect(keyOf('.id', { id: 7 })).toBe('7');
  expect(keyOf('[.a, .b]', { a: 'x', b: 1 })).toBe('["x",1]');
});

test('null, nothing, and a program that fails mean that order does not matter', () => {
  expect(keyOf('.id', {})).toBeUndefined();
  expect(keyOf('empty', {})).toBeUndefined();
  expect(keyOf('error("x")', {})).toBeUndefined();
  expect(compileOrderKey('.id')({ ...buildEvent('1'), data: EventData.fromText('not json') })).toBeUndefined();
});
