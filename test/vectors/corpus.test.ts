import { fileURLToPath } from 'node:url';
import { expect, test } from 'vitest';
import { adapters } from './adapters.ts';
import { failureText } from './report.ts';
import { partsOf, runPart } from './runner.ts';

/** Cases of ours with the answers of Argo Events' own functions, in the shape of the conformance vectors. */
const folder = fileURLToPath(new URL('corpus', import.meta.url));

test.each(partsOf(folder))('%s: what Argo Events answers, we answer, but for the differences on purpose', async (part) => {
  const { failures, passed } = await runPart(folder, part, adapters[part]);

  expect(failures.map(failureText)).toEqual([]);
  expect(passed).toBeGreaterThan(0);
});
