import { readdirSync, statSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { loadSuites, testFilesIn } from './test-file.ts';

/** The files and folders that the result of tests hangs on: the tests, what stands beside them, and their rules. */
export function watchedBy(paths: readonly string[]): string[] {
  const roots = new Set(paths);
  try {
    for (const file of testFilesIn(paths)) {
      roots.add(dirname(file));
      for (const { rules } of loadSuites(file).suites) for (const rule of rules) roots.add(rule);
    }
  } catch {
    // What is missing now may come: the paths themselves are looked at.
  }
  return [...roots];
}

/** Names, sizes and times of all files below, so that any change shows. */
export function fingerprint(paths: readonly string[]): string {
  return paths.map(stateOf).join('\n');
}

function stateOf(path: string): string {
  try {
    const { size, mtimeMs } = statSync(path);
    if (!statSync(path).isDirectory()) return `${path} ${size} ${mtimeMs}`;
    const below = readdirSync(path).filter((name) => !name.startsWith('.') && name !== 'node_modules');
    return below.map((name) => stateOf(join(path, name))).join('\n');
  } catch {
    return `${path} missing`;
  }
}
