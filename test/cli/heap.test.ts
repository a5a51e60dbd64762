import { execFileSync } from 'node:child_process';
import { join } from 'node:path';
import { expect, test } from 'vitest';

const compiled = join(import.meta.dirname, '../../dist/src/cli/heap.js');

/** Megabytes of the space in which objects begin, after much of what was made had stayed for a while. */
function youngSpace(before: string): number {
  const program = `
    import { getHeapSpaceStatistics } from 'node:v8';
    ${before}
    const kept = [];
    for (let turn = 0; turn < 200; turn++) {
      for (let index = 0; index < 5_000; index++) kept[(turn * 5_000 + index) % 200_000] = { index, text: 'text ' + index };
      await new Promise((resolve) => setImmediate(resolve));
    }
    console.log(getHeapSpaceStatistics().find((space) => space.space_name === 'new_space').space_size / 1024 / 1024);
  `;
  return Number(execFileSync(process.execPath, ['--input-type=module', '-e', program], { encoding: 'utf8' }));
}

test('the space in which objects begin grows to 4 MB for each half, and no further', () => {
  expect(youngSpace('')).toBeGreaterThan(8);
  expect(youngSpace(`import { tuneHeap } from ${JSON.stringify(compiled)}; tuneHeap();`)).toBe(8);
});
