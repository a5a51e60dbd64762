import { spawn } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { find } from '../../tools/servers.mjs';

interface Ran {
  readonly code: number;
  readonly out: string;
  readonly err: string;
}

export interface Kubectl extends Disposable {
  /** A folder of its own, removed at the end. */
  readonly folder: string;
  /** Runs to the end; `input` is what it reads from stdin. */
  (words: string | readonly string[], options?: { input?: string; env?: Record<string, string> }): Promise<Ran>;
  /** Starts it and collects its lines until it is stopped. */
  follow(words: string): { readonly lines: string[]; stop(): Promise<void> };
}

/** True when kubectl is here. In CI it must be. */
export function haveKubectl(): boolean {
  const found = find('kubectl') !== undefined;
  if (!found && process.env.CI) throw new Error('kubectl missing: node tools/servers.mjs builds it');
  return found;
}

/** The real kubectl, with a kubeconfig, a cache and a home of its own. */
export function kubectl(kubeconfig: string, namespace: string): Kubectl {
  const folder = mkdtempSync(join(tmpdir(), 'sensorium-kubectl-'));
  const config = join(folder, 'kubeconfig');
  writeFileSync(config, kubeconfig);
  const start = (words: readonly string[], env: Record<string, string> = {}) =>
    spawn(find('kubectl')!, ['--kubeconfig', config, '--cache-dir', join(folder, 'cache'), '-n', namespace, ...words], {
      cwd: folder,
      env: { PATH: process.env.PATH ?? '', HOME: folder, ...env },
    });
  const split = (words: string | readonly string[]) => (typeof words === 'string' ? words.split(' ') : words);

  const run = (
    words: string | readonly string[],
    { input = '', env = {} }: { input?: string; env?: Record<string, string> } = {},
  ): Promise<Ran> =>
    new Promise((resolve, reject) => {
      const child = start(split(words), env);
      let [out, err] = ['', ''];
      child.stdout.on('data', (chunk) => {
        out += chunk;
      });
      child.stderr.on('data', (chunk) => {
        err += chunk;
      });
      child.once('error', reject);
      child.once('close', (code) => resolve({ code: code ?? -1, out, err }));
      // It may have ended without reading.
      child.stdin.on('error', () => {});
      child.stdin.end(input);
    });

  return Object.assign(run, {
    folder,
    follow(words: string) {
      const child = start(split(words));
      const lines: string[] = [];
      let rest = '';
      child.stdout.on('data', (chunk) => {
        const parts = (rest + chunk).split('\n');
        rest = parts.pop()!;
        lines.push(...parts);
      });
      const closed = new Promise<void>((resolve) => {
        child.once('close', () => resolve());
      });
      return {
        lines,
        async stop() {
          child.kill();
          await closed;
        },
      };
    },
    [Symbol.dispose]: () => rmSync(folder, { recursive: true, force: true }),
  });
}
