import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { runTests } from '../src/cli/rehearse/run-tests.ts';
import { testFilesIn } from '../src/cli/rehearse/test-file.ts';
import { checkLoaded } from '../src/manifests/check-files.ts';
import { showFinding } from '../src/manifests/document.ts';
import { loadRules } from '../src/manifests/load.ts';
import { TestClock } from './support/clock.ts';

const examples = join(import.meta.dirname, '..', 'examples');

/** Beside the examples stand definitions of kinds that they share. */
const folders = readdirSync(examples, { withFileTypes: true }).flatMap((entry) =>
  entry.isDirectory() && entry.name !== 'crds' ? [entry.name] : [],
);

test('the table of examples has a row for each', () => {
  const rows = [...readFileSync(join(examples, 'README.md'), 'utf8').matchAll(/^\| \[([\w-]+)\]\(\1\) /gm)].map(([, name]) => name);

  expect(rows.sort()).toEqual(folders);
});

describe.each(folders)('examples/%s', (name) => {
  const folder = join(examples, name);

  test('has a page that tells its story', () => {
    expect(existsSync(join(folder, 'README.md'))).toBe(true);
  });

  test('loads without a finding, each rule by itself and all together', async () => {
    const { objects, findings } = checkLoaded(await loadRules([folder], { namespace: 'default' }));

    expect(objects).toBeGreaterThan(1);
    expect(findings.map(showFinding)).toEqual([]);
  });

  test('its tests pass and try every part of its sensors', async () => {
    const { objects } = await loadRules([folder]);
    if (!objects.some(({ object }) => object['kind'] === 'Sensor')) return;
    const { results, findings, coverage } = await runTests(testFilesIn([folder]), { clock: new TestClock(), chosen: () => true });

    expect(findings.map(showFinding)).toEqual([]);
    expect(results.flatMap((one) => one.failures)).toEqual([]);
    expect(results.length).toBeGreaterThan(1);
    expect(coverage.flatMap((one) => one.gaps())).toEqual([]);
  });
});
