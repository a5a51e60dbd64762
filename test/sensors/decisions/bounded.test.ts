import { expect, test } from 'vitest';
import { bounded } from '../../../sensors/decisions/bounded.ts';

test('what is short stays as it is', () => {
  expect(bounded({ a: ['b'] }, 100)).toEqual({ value: { a: ['b'] }, cut: false });
});

test('long texts and lists are cut and say how long they were', () => {
  const { value, cut } = bounded({ text: 'x'.repeat(5_000), list: Array.from({ length: 300 }, (_, index) => index) }, 4_000);

  expect(cut).toBe(true);
  expect(value).toMatchObject({ text: `${'x'.repeat(2_000)}… (5000 characters in all)` });
  expect((value as { list: unknown[] }).list.at(-1)).toBe('… (300 items in all)');
});

test('what stays too long is left out', () => {
  const wide = Object.fromEntries(Array.from({ length: 1_000 }, (_, index) => [`key-${index}`, index]));

  expect(bounded(wide, 1_000)).toEqual({ value: undefined, cut: true });
});
