import { expect, test } from 'vitest';
import { changesBetween, type Look } from '../../../eventsources/file/changes.ts';

let ticks = 0n;
const look = (inode: number, more: Partial<Look> = {}): Look => {
  ticks += 1n;
  return { inode: BigInt(inode), size: 1n, written: ticks, changed: ticks, rights: '644 0 0', isFolder: false, ...more };
};
const looks = (files: Record<string, Look>) => new Map(Object.entries(files));
const both = (before: Record<string, Look>, after: Record<string, Look>) =>
  Object.fromEntries(
    (['told', 'polled'] as const).map((style) => [
      style,
      changesBetween(looks(before), looks(after), style).map(({ operation, name }) => `${operation} ${name}`),
    ]),
  );

const a = look(1);

test('nothing happened to files that look alike', () => {
  expect(both({ a }, { a })).toEqual({ told: [], polled: [] });
});

test('a new file is made, and where the system tells, also written, unless it is empty', () => {
  expect(both({ a }, { a, b: look(2) })).toEqual({ told: ['CREATE b', 'WRITE b'], polled: ['CREATE b'] });
  expect(both({ a }, { a, b: look(2, { size: 0n }) })).toEqual({ told: ['CREATE b'], polled: ['CREATE b'] });
});

test('a file with another size or time is written, one with other rights is CHMOD', () => {
  expect(both({ a }, { a: { ...a, written: 99n } }).told).toEqual(['WRITE a']);
  expect(both({ a }, { a: { ...a, size: 7n } }).polled).toEqual(['WRITE a']);
  expect(both({ a }, { a: { ...a, rights: '600 0 0' } }).told).toEqual(['CHMOD a']);
});

test('a file that is gone is removed, one that has another name is renamed', () => {
  expect(both({ a }, {})).toEqual({ told: ['REMOVE a'], polled: ['REMOVE a'] });
  expect(both({ a }, { b: a })).toEqual({ told: ['RENAME a', 'CREATE b'], polled: ['RENAME b'] });
});

test('a file that takes the place of another is made there, or by polling written', () => {
  expect(both({ a, b: look(2) }, { b: a })).toEqual({ told: ['RENAME a', 'CREATE b'], polled: ['RENAME b'] });
  expect(both({ a }, { a: look(3) })).toEqual({ told: ['CREATE a', 'WRITE a'], polled: ['WRITE a'] });
});

test('a folder is not written when something in it changes', () => {
  const folder = look(4, { isFolder: true });
  expect(both({ folder }, { folder: { ...folder, written: 99n, size: 9n } }).told).toEqual([]);
});

test('changes come in the order of their time', () => {
  const [first, second] = [look(5, { size: 0n }), look(6, { size: 0n })];
  expect(both({}, { z: first, y: second }).told).toEqual(['CREATE z', 'CREATE y']);
});
