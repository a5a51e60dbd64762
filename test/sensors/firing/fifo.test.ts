import fc from 'fast-check';
import { expect, test } from 'vitest';
import { Fifo } from '../../../sensors/firing/fifo.ts';

test('what goes in first comes out first, in whatever rhythm', () => {
  fc.assert(
    fc.property(
      fc.array(
        fc.oneof(
          fc.nat(3_000),
          fc.nat(3_000).map((count) => -count),
        ),
        { maxLength: 20 },
      ),
      (rhythm) => {
        const fifo = new Fifo<number>();
        let put = 0;
        let taken = 0;
        for (const count of rhythm) {
          for (let time = 0; time < count; time++) fifo.push(put++);
          for (let time = 0; time > count; time--) if (fifo.shift() === (taken < put ? taken : undefined) && taken < put) taken++;
          expect(fifo.length).toBe(put - taken);
        }
        expect([...fifo]).toEqual(Array.from({ length: put - taken }, (_, index) => taken + index));
      },
    ),
    { numRuns: 30 },
  );
});
