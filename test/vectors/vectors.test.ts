import { existsSync } from 'node:fs';
import { resolve } from 'node:path';
import { describe, expect, test } from 'vitest';
import { adapters } from './adapters.ts';
import { failureText } from './report.ts';
import { partsOf, runPart } from './runner.ts';

const folder = resolve(process.env.VECTORS ?? '../shared/vectors');

if (existsSync(folder)) {
  describe('the conformance vectors', () => {
    for (const part of partsOf(folder).filter((part) => part in adapters)) {
      test(`${part} behaves as recorded`, async () => {
        const { passed, failures } = await runPart(folder, part, adapters[part]);

        expect(failures.map(failureText)).toEqual([]);
        expect(passed).toBeGreaterThan(0);
      });
    }
  });
} else {
  test.skip(`the conformance vectors (there are none at ${folder})`);
  console.log(`the conformance vectors are skipped: there are none at ${folder}`);
}
