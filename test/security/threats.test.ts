import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';

const root = join(import.meta.dirname, '..', '..');
const rows = readFileSync(join(root, 'docs', 'security.md'), 'utf8')
  .split('\n')
  .filter((line) => /^\| (?!threat)/.test(line))
  .map((line) => line.split(' | ').map((cell) => cell.replace(/^\| | \|$/g, '')));

/** `FILE` or `FILE`: words of the test's name. */
const shownBy = (cell: string): { file: string; name: string }[] =>
  cell.split(' · ').map((one) => {
    const [, file = '', name = ''] = /^`([^`]+)`(?:: (.+))?$/.exec(one) ?? [];
    return { file, name };
  });

test.each(rows.map(([threat, , tests]) => [threat!, shownBy(tests!)] as const))('%s', (_threat, tests) => {
  const missing = tests.filter(({ file, name }) => !existsSync(join(root, file)) || !readFileSync(join(root, file), 'utf8').includes(name));

  expect(tests.length).toBeGreaterThan(0);
  expect(missing).toEqual([]);
});
