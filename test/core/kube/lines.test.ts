import fc from 'fast-check';
import { expect, test } from 'vitest';
import { LineSplitter } from '../../../src/core/kube/lines.ts';

test('however the bytes are cut, the lines are the same', () => {
  const texts = fc.array(
    fc.string({ unit: 'grapheme' }).map((text) => text.replaceAll('\n', ' ')),
    { maxLength: 20 },
  );
  fc.assert(
    fc.property(texts, fc.array(fc.integer({ min: 1, max: 9 }), { minLength: 1 }), (lines, sizes) => {
      const bytes = Buffer.from(lines.map((line) => `${line}\n`).join(''));
      const splitter = new LineSplitter();
      const found: string[] = [];
      for (let at = 0, turn = 0; at < bytes.length; turn++) {
        const size = sizes[turn % sizes.length]!;
        found.push(...splitter.push(bytes.subarray(at, at + size)));
        at += size;
      }
      expect(found).toEqual(lines.filter((line) => line !== ''));
      expect(splitter.pending).toBe(0);
    }),
  );
});

test('what has no end yet is pending', () => {
  const splitter = new LineSplitter();

  expect(splitter.push(Buffer.from('one\ntw'))).toEqual(['one']);
  expect(splitter.pending).toBe(2);
  expect(splitter.push(Buffer.from('o'))).toEqual([]);
  expect(splitter.push(Buffer.from('\n\n'))).toEqual(['two']);
  expect(splitter.pending).toBe(0);
});
