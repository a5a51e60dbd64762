import { existsSync, readdirSync, readFileSync } from 'node:fs';
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

/** The block as it looks when its commands are run in the checkout: `$ sensorium …`, and `$ echo $?` for the exit code. */
async function replay(block: string): Promise<string> {
  let shown = '';
  let code: number | string = 0;
  for (const [line, command] of block.matchAll(/^\$ (.*)\n/gm)) {
    shown += line;
    if (command === 'echo $?') shown += `${code}\n`;
    else if (command!.startsWith('sensorium ')) {
      await using program = startSensorium(command!.split(' ').slice(1), { cwd: root });
      code = await program.ended;
      shown += program.output();
    } else throw new Error(`this test runs only sensorium, not ${command}`);
  }
  return shown;
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
    const printed = await Promise.all(consoles.map(replay));

    expect(printed).toEqual(consoles);
  });
});
