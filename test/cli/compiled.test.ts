import { execFileSync } from 'node:child_process';
import { existsSync, readdirSync } from 'node:fs';
import module from 'node:module';
import { join } from 'node:path';
import { expect, test } from 'vitest';

const root = join(import.meta.dirname, '../..');
const kept = join(root, 'dist/.compiled');

test('what V8 has compiled is kept with the package, where Node can; elsewhere the program starts as well', () => {
  const env = { ...process.env };
  delete env['NODE_COMPILE_CACHE'];
  delete env['NODE_DISABLE_COMPILE_CACHE'];
  expect(execFileSync(process.execPath, [join(root, 'dist/program/main.js'), '--version'], { env, encoding: 'utf8' })).toMatch(/^\d/);

  const folders = existsSync(kept) ? readdirSync(kept) : [];
  expect(folders.some((name) => name.startsWith(`${process.version}-`))).toBe('enableCompileCache' in module);
});
