import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { codes } from '../src/core/errors/codes.ts';
import { meanings } from '../src/core/errors/meanings.ts';

const root = join(import.meta.dirname, '..');
const tables = ['src/core/errors/codes.ts', 'src/core/errors/meanings.ts'];
const sources = ['src', 'eventbus', 'eventsources', 'sensors']
  .flatMap((folder) => readdirSync(join(root, folder), { recursive: true, encoding: 'utf8' }).map((name) => join(folder, name)))
  .filter((name) => name.endsWith('.ts') && !tables.includes(name))
  .map((name) => readFileSync(join(root, name), 'utf8'))
  .join('\n');

test('every code is raised somewhere', () => {
  expect(Object.keys(codes).filter((code) => !sources.includes(`'${code}'`))).toEqual([]);
});

test('every code says in sentences what it means and what to do', () => {
  const silent = Object.keys(codes).filter((code) => {
    const { means, todo } = meanings[code as keyof typeof meanings] ?? {};
    return ![means, todo].every((text) => /^[A-Z].*\.$/s.test(text ?? ''));
  });

  expect(silent).toEqual([]);
});
