import { expect, test } from 'vitest';
import { type Profile, timeByPart } from '../../bench/profile-parts.ts';

const node = (id: number, functionName: string, url: string, children: number[] = []) => ({
  id,
  callFrame: { functionName, url },
  children,
});

const profile: Profile = {
  nodes: [
    node(1, '(root)', '', [2, 6, 7]),
    node(2, 'admit', 'file:///app/dist/sensors/take.js', [3, 5]),
    node(3, 'addEventListener', 'node:internal/event_target', [4]),
    node(4, 'now', ''),
    node(5, 'parse', ''),
    node(6, '(garbage collector)', ''),
    node(7, '(idle)', ''),
  ],
  startTime: 1_000,
  samples: [2, 3, 4, 5, 6, 7, 2],
  timeDeltas: [10, 20, 30, 40, 50, 60, 70],
};

test('what has no part of its own counts for its caller, and waiting does not count', () => {
  const times = timeByPart(profile, { from: 0, to: 2_000 });

  expect(Object.fromEntries(times)).toEqual({ frame: 130, JSON: 40, 'garbage collector': 50 });
});

test('only what lies between the two moments counts', () => {
  const times = timeByPart(profile, { from: 1_020, to: 1_100 });

  expect(Object.fromEntries(times)).toEqual({ frame: 50, JSON: 40 });
});
