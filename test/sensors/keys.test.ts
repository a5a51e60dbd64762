import { expect, test } from 'vitest';
import { compileKey } from '../../sensors/keys.ts';
import { EventData } from '../../src/core/event/data.ts';
import { buildEvent } from '../support/build-sensor.ts';

const keyOf = (program: string, data: object) => compileKey(program)(buildEvent('1', { data }));

test('a text is a key as it is, everything else as JSON', () => {
  expect(keyOf('.id', { id: 'x' })).toBe('x');
  expect(keyOf('.id', { id: 7 })).toBe('7');
  expect(keyOf('[.a, .b]', { a: 'x', b: 1 })).toBe('["x",1]');
});

test('null, nothing, and a program that fails give none', () => {
  expect(keyOf('.id', {})).toBeUndefined();
  expect(keyOf('empty', {})).toBeUndefined();
  expect(keyOf('error("x")', {})).toBeUndefined();
  expect(compileKey('.id')({ ...buildEvent('1'), data: EventData.fromText('not json') })).toBeUndefined();
});
