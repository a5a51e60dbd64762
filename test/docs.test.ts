import { execFileSync } from 'node:child_process';
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join, relative } from 'node:path';
import { describe, expect, test } from 'vitest';
import { checkRule } from '../src/manifests/check.ts';
import { placed, showFinding } from '../src/manifests/document.ts';
import { loadText } from '../src/manifests/load.ts';
import { startSensorium } from './support/sensorium.ts';

const root = join(import.meta.dirname, '..');
const skipped = new Set(['node_modules', 'dist', '.git', '.sensorium']);

function pages(folder: string): string[] {
  return readdirSync(folder, { withFileTypes: true }).flatMap((entry) => {
    if (skipped.has(entry.name)) return [];
    const path = join(folder, entry.name);
    return entry.isDirectory() ? pages(path) : entry.name.endsWith('.md') ? [path] : [];
  });
}

/**
 * The block as it looks when its commands are run in a folder: `$ sensorium …`, `$ echo $?` for the exit code, and `$ sed …` for what an
 * author would do in an editor.
 */
async function replay(block: string, cwd: string): Promise<string> {
  let shown = '';
  let code: number | string = 0;
  for (const [line, command] of block.matchAll(/^\$ (.*)\n/gm)) {
    shown += line;
    if (command === 'echo $?') shown += `${code}\n`;
    else if (command!.startsWith('sed ')) execFileSync('sh', ['-c', command!], { cwd });
    else if (command!.startsWith('sensorium ')) {
      await using program = startSensorium(command!.split(' ').slice(1), { cwd });
      code = await program.ended;
      shown += program.output();
    } else throw new Error(`this test runs only sensorium and sed, not ${command}`);
  }
  return shown;
}

/** The blocks of a page: each by itself in the checkout, or where the page says so, one after another in an empty folder. */
async function replayAll(blocks: readonly string[], text: string): Promise<string[]> {
  if (!text.includes('<!-- one after another, in an empty folder -->')) return Promise.all(blocks.map((block) => replay(block, root)));
  const folder = mkdtempSync(join(tmpdir(), 'sensorium-page-'));
  try {
    const printed: string[] = [];
    for (const block of blocks) printed.push(await replay(block, folder));
    return printed;
  } finally {
    rmSync(folder, { recursive: true });
  }
}

describe.each(pages(root).map((page) => [relative(root, page), readFileSync(page, 'utf8')]))('%s', (page, text) => {
  test('links lead somewhere', () => {
    const links = [...text.matchAll(/\]\(([^)#\s]+)(?:#[^)]*)?\)/g)].map(([, link]) => link!).filter((link) => !/^[a-z]+:/.test(link));

    expect(links.filter((link) => !existsSync(join(root, dirname(page), link)))).toEqual([]);
  });

  test('npm scripts that it names exist', () => {
    const scripts = (JSON.parse(readFileSync(join(root, 'package.json'), 'utf8')) as { scripts: Record<string, string> }).scripts;
    const named = [...text.matchAll(/npm run (?:-s )?([\w:]+)/g)].map(([, name]) => name!);

    expect(named.filter((name) => !(name in scripts))).toEqual([]);
  });

  test('whole rules in it are valid', () => {
    const blocks = [...text.matchAll(/```yaml\n([\s\S]*?)```/g)]
      .map(([, block]) => block!)
      .filter((block) => /^apiVersion: argoproj\.io\//m.test(block));
    const errors = blocks.flatMap((block) => {
      const { objects, findings } = loadText(page, block, { namespace: 'default' });
      return [...findings, ...objects.flatMap((one) => (checkRule(one.object)?.findings ?? []).map((finding) => placed(finding, one)))];
    });

    expect(errors.map(showFinding)).toEqual([]);
  });

  const consoles = [...text.matchAll(/```console\n([\s\S]*?)```/g)].map(([, block]) => block!);

  test.runIf(consoles.length > 0)('what it shows on the console is what is printed', async () => {
    const printed = await replayAll(consoles, text);

    expect(printed).toEqual(consoles);
  });
});
