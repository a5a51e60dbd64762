import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { drills } from './system/drills/drills/index.ts';

const page = readFileSync(join(import.meta.dirname, '..', 'docs', 'guarantees.md'), 'utf8');

/** Those in the cells that say what shows a promise. */
const named = [...page.matchAll(/\bdrills? ((?:`[a-z0-9-]+`(?:, )?)+)/g)].flatMap(([, names]) =>
  [...names!.matchAll(/`([^`]+)`/g)].map(([, name]) => name!),
);

test('each drill shows a promise, and what is said to show one is a drill', () => {
  expect([...new Set(named)].sort()).toEqual(drills.map(({ name }) => name).sort());
});
