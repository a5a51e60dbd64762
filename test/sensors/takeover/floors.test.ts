import { expect, test } from 'vitest';
import { argoDurable, fnv32a, waitedFor } from '../../../sensors/takeover/argo-names.ts';
import { Floors } from '../../../sensors/takeover/floors.ts';
import { buildDependency, buildSensor, buildTrigger } from '../../support/build-sensor.ts';

test('durables have the names that Argo gives them', () => {
  expect(fnv32a('')).toBe(2166136261);
  expect(fnv32a('größe')).toBe(fnv32a('größe'));
  expect(argoDurable('webhook', 'log-trigger', 'test-dep')).toBe('group-993419235');
});

test('dependencies of one trigger that wait for the same event share the durable of the last', () => {
  const trigger = buildTrigger('t', () => {}, { dependencies: ['x', 'y', 'z'] });
  const sensor = buildSensor([trigger], [buildDependency('x'), buildDependency('y', 'other'), buildDependency('z')]);
  const of = (dependency: string) => argoDurable('sn', 't', dependency);

  expect(waitedFor(sensor).map(({ dependency, durables }) => [dependency.name, ...durables])).toEqual([
    ['x', of('z'), of('x')],
    ['y', of('y')],
    ['z', of('z'), of('x')],
  ]);
});

const floors = new Floors([
  { trigger: 't', dependency: 'a', upTo: 10, except: [4] },
  { trigger: 'u', dependency: 'a', upTo: 7, except: [] },
  { trigger: 'u', dependency: 'b', upTo: 12, except: [11, 12] },
]);

test('it begins at the first message that anything is left to do for', () => {
  expect(floors.from).toBe(4);
});

test.each([
  ['done for both triggers', 3, 'a', { t: true, u: true, all: true }],
  ['left by one', 4, 'a', { t: false, u: true, all: false }],
  ['new to one', 8, 'a', { t: true, u: false, all: false }],
  ['new to both', 11, 'a', { t: false, u: false, all: false }],
  ['left at the end', 12, 'b', { t: false, u: false, all: false }],
  ['done for the one that waits', 10, 'b', { t: false, u: true, all: true }],
  ['taken again on request', 0, 'a', { t: false, u: false, all: false }],
] as const)('%s', (_, sequence, dependency, expected) => {
  expect({
    t: floors.isDone(sequence, dependency, 't'),
    u: floors.isDone(sequence, dependency, 'u'),
    all: floors.isDone(sequence, dependency),
  }).toEqual(expected);
});
