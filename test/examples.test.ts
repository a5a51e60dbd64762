import { existsSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { checkRule, checkTogether } from '../src/manifests/check.ts';
import { placed, showFinding } from '../src/manifests/document.ts';
import { loadRules } from '../src/manifests/load.ts';

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
});
