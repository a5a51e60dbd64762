import { execFileSync } from 'node:child_process';
import { cpSync, existsSync, mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join, relative } from 'node:path';
import { describe, expect, test } from 'vitest';
import { checkRule } from '../src/manifests/check.ts';
import { placed, showFinding } from '../src/manifests/document.ts';
import { loadText } from '../src/manifests/load.ts';
import { eventually } from './support/eventually.ts';
import { type Program, startSensorium } from './support/sensorium.ts';

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

/** A page whose commands speak with a process that runs meanwhile: `$ sensorium … &` starts it. */
class Session {
  readonly #cwd: string;
  #running: Program | undefined;

  constructor(cwd: string) {
    this.#cwd = cwd;
  }

  /** The block as it looks when its commands are run. What looks at the process is asked until it shows what the page shows. */
  async replay(block: string): Promise<string> {
    let shown = '';
    for (const [, line, command, expected] of block.matchAll(/^(\$ (.*)\n)((?:(?!\$ ).*\n)*)/gm)) {
      shown += `${line}${await this.#run(command!, timeless(expected!))}`;
    }
    return shown;
  }

  async #run(command: string, expected: string): Promise<string> {
    if (command.startsWith('sed ')) return this.#edit(command);
    const words = command.split(' ').slice(1);
    if (words.at(-1) === '&') {
      this.#running = startSensorium(words.slice(0, -1), { cwd: this.#cwd });
      const [, sensor] = await this.#running.seen(/rule {2}Sensor (\S+)/);
      await eventually(async () => (await startSensorium(['why', sensor!], { cwd: this.#cwd }).ended) === 1);
      return '';
    }
    const looks = words[0] === 'why' || words[1] === 'list';
    for (const deadline = Date.now() + 10_000; ; ) {
      await using program = startSensorium(words, { cwd: this.#cwd });
      await program.ended;
      const printed = program.output();
      if (!looks || timeless(printed) === expected || Date.now() > deadline) return printed;
    }
  }

  /** Resolves when the process has taken the file. */
  async #edit(command: string): Promise<string> {
    const changed = () => this.#running!.output().match(/rule changed/g)?.length ?? 0;
    const before = changed();
    execFileSync('sh', ['-c', command], { cwd: this.#cwd });
    await eventually(() => changed() > before);
    return '';
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.#running?.stop();
  }
}

/** Times differ from one run to the next. */
const timeless = (text: string): string =>
  text
    .replace(/\d\d:\d\d:\d\d\.\d{3}/g, 'TIME')
    .replace(/\d\d:\d\d:\d\d, [\d.]+ (?:ms|s|min) ago/g, 'TIME')
    .replace(/took [\d.]+ (?:ms|s)/g, 'took TIME')
    .replace(/[\d.]+ (?:ms|s) after/g, 'TIME after');

/** The blocks of a page: each by itself in the checkout, or where the page says so, one after another in an empty folder. */
async function replayAll(blocks: readonly string[], page: string, text: string): Promise<string[]> {
  const copied = /<!-- one after another, in a copy of (\S+) -->/.exec(text)?.[1];
  if (copied !== undefined) return replayInCopy(blocks, join(root, dirname(page), copied));
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

async function replayInCopy(blocks: readonly string[], folder: string): Promise<string[]> {
  const copy = mkdtempSync(join(tmpdir(), 'sensorium-page-'));
  try {
    cpSync(folder, copy, { recursive: true });
    await using session = new Session(copy);
    const printed: string[] = [];
    for (const block of blocks) printed.push(await session.replay(block));
    return printed;
  } finally {
    rmSync(copy, { recursive: true });
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

  if (consoles.length > 0)
    test('what it shows on the console is what is printed', async () => {
      const printed = await replayAll(consoles, page, text);

      expect(printed.map(timeless)).toEqual(consoles.map(timeless));
    });
});
