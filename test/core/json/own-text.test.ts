import { getHeapStatistics, setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { expect, test } from 'vitest';
import { ownText } from '../../../src/core/json/own-text.ts';

test('it is the same text, and does not hold the one that it was cut from', () => {
  setFlagsFromString('--expose-gc');
  const collectGarbage = runInNewContext('gc') as () => void;
  const megabyte = 1024 * 1024;
  const used = (): number => {
    collectGarbage();
    return getHeapStatistics().used_heap_size / megabyte;
  };
  const before = used();

  const long = (index: number): string => Buffer.alloc(megabyte / 2, `ä text of ${index}`).toString('latin1');
  const kept = Array.from({ length: 128 }, (_, index) => ownText(long(index).slice(0, 20)));

  expect(used() - before).toBeLessThan(32);
  expect(kept[7]).toBe('Ã¤ text of 7Ã¤ text ');
});
