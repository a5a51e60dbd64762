import { expect, test } from 'vitest';
import { picture } from '../../bench/load-picture.ts';

const lines = [
  {
    name: 'slow',
    kind: 'ours p99',
    points: [
      { x: 30, y: 2 },
      { x: 1_000, y: 90 },
    ],
  },
  {
    name: 'quick',
    kind: 'sketch p50',
    points: [
      { x: 30, y: 1 },
      { x: 1_000, y: 3 },
    ],
  },
];

test('the axes are logarithmic and reach from the mark below the least value to the mark above the greatest', () => {
  const svg = picture(lines);

  expect([...svg.matchAll(/<text [^>]*anchor="(?:middle|end)">([\d,]+(?: ms)?)</g)].map(([, mark]) => mark)).toEqual([
    '30',
    '100',
    '300',
    '1,000',
    '1 ms',
    '3 ms',
    '10 ms',
    '30 ms',
    '100 ms',
  ]);
});

test('each line goes through its points, from the left edge to the right', () => {
  const svg = picture(lines);

  expect(svg).toContain('<polyline class="sketch p50" points="70,340 560,268.4"/>');
  expect(svg).toContain('>quick</text>');
});
