import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';

const root = join(import.meta.dirname, '..', '..');
const read = (...path: string[]): string => readFileSync(join(root, ...path), 'utf8');

const fields = ['dependencies', 'devDependencies', 'optionalDependencies', 'peerDependencies'] as const;
const manifest = JSON.parse(read('package.json')) as Partial<Record<(typeof fields)[number], Record<string, string>>>;
const used = fields.flatMap((field) => Object.entries(manifest[field] ?? {}));

test('every library is pinned, and has its reason', () => {
  const [, table = ''] = read('docs', 'decisions', '0002-libraries.md').split('## All of them');
  const rows = [...table.matchAll(/^\| (`[^|]+) \| ([^|]+) \|/gm)].flatMap(([, names, why]) =>
    [...names!.matchAll(/`([^`]+)`/g)].map(([, name]) => ({ name: name!, why: why!.trim() })),
  );

  expect(rows.map(({ name }) => name).sort()).toEqual(used.map(([name]) => name).sort());
  expect(rows.filter(({ why }) => why.length < 15)).toEqual([]);
  expect(used.filter(([, version]) => !/^\d+\.\d+\.\d+$/.test(version))).toEqual([]);
});

test('the lock file has the sum of every package', () => {
  const { packages } = JSON.parse(read('package-lock.json')) as { packages: Record<string, { integrity?: string; link?: boolean }> };
  const without = Object.entries(packages).filter(
    ([name, { integrity, link }]) => name !== '' && !link && !integrity?.startsWith('sha512-'),
  );

  expect(without.map(([name]) => name)).toEqual([]);
});
