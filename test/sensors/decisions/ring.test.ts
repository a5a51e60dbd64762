import { expect, test } from 'vitest';
import { Ring } from '../../../sensors/decisions/ring.ts';

const one = (id: string) => ({
  at: 0,
  facts: { id, source: 'es', subject: 'things', type: 'test', time: '' },
  event: undefined,
  bytes: 0,
});

test('places that nobody has used come first, in the order that was given', () => {
  const ring = new Ring([2, 0, 1], () => {});

  expect(['a', 'b', 'c'].map((id) => ring.add('taken', one(id)).slot)).toEqual([2, 0, 1]);
});

test('many refused events drive out refused ones, and not what was taken', () => {
  const gone: string[] = [];
  const ring = new Ring([0, 1, 2, 3], ({ facts }) => gone.push(facts.id));
  ring.add('taken', one('fired'));
  for (const id of ['r1', 'r2', 'r3', 'r4', 'r5']) ring.add('refused', one(id));

  expect(gone).toEqual(['r1', 'r2']);
  expect(ring.find('fired')).toBeDefined();
  expect(ring.find('r1')).toBeUndefined();
});

test('one that has moved is still one', () => {
  const ring = new Ring([0, 1], () => {});
  const open = ring.add('taken', one('a'));

  ring.move('failed', open);

  expect(ring.find('a')).toBe(open);
  expect(ring.has(open)).toBe(true);
});
