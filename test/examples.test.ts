import { existsSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { runTests } from '../src/cli/rehearse/run-tests.ts';
import { testFilesIn } from '../src/cli/rehearse/test-file.ts';
import { checkRule, checkTogether } from '../src/manifests/check.ts';
import { placed, showFinding } from '../src/manifests/document.ts';
import { loadRules } from '../src/manifests/load.ts';
import { TestClock } from './support/clock.ts';

const examples = join(import.meta.dirname, '..', 'examples');

describe.each(readdirSync(examples))('examples/%s', (name) => {
  const folder = join(examples, name);

  test('has a page that tells its story', () => {
    expect(existsSync(join(folder, 'README.md'))).toBe(true);
  });

  test('loads without a finding, each rule by itself and all together', () => {
    const { objects, findings } = loadRules([folder], { namespace: 'default' });
    const together = checkTogether(objects.map((one) => one.object));
    const all = [
      ...findings,
      ...objects.flatMap((one) =>
        [...(checkRule(one.object)?.findings ?? []), ...(together.get(one.object) ?? [])].map((finding) => placed(finding, one)),
      ),
    ];

    expect(objects.length).toBeGreaterThan(1);
    expect(all.map(showFinding)).toEqual([]);
  });

  test('its tests pass and try every part of its sensors', async () => {
    const { results, findings, coverage } = await runTests(testFilesIn([folder]), { clock: new TestClock(), chosen: () => true });

    expect(findings.map(showFinding)).toEqual([]);
    expect(results.flatMap((one) => one.failures)).toEqual([]);
    expect(results.length).toBeGreaterThan(1);
    expect(coverage.flatMap((one) => one.gaps())).toEqual([]);
  });
});
