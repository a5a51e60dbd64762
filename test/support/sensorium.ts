import { type ChildProcess, spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';

/** The program as users start it, or the modules that it is bundled from. A build beside `dist` has no bundle, and starts its own modules. */
function mainOf(form: 'bundle' | 'modules'): string {
  const bundle = createRequire(import.meta.url).resolve('#program');
  const modules = join(bundle, '../../src/cli/main.js');
  const own = join(import.meta.dirname, '../../src/cli/main.js');
  if (own !== modules && existsSync(own)) return own;
  return form === 'bundle' ? bundle : modules;
}

export interface Program extends AsyncDisposable {
  readonly pid: number;
  /** Everything written so far, both streams. */
  output(): string;
  /** Resolves with the match once the output has one; fails after `within` milliseconds with the output. */
  seen(pattern: RegExp, within?: number): Promise<RegExpExecArray>;
  /** Sends a signal and resolves with the exit code (or the signal's name) when it has ended. */
  stop(signal?: NodeJS.Signals): Promise<number | string>;
  readonly ended: Promise<number | string>;
}

/** Starts the compiled command line as users do; `node` is what Node itself is told, `form` is for who looks at our modules one by one. */
export function startSensorium(
  words: readonly string[],
  options: {
    cwd?: string;
    env?: Record<string, string>;
    input?: string;
    output?: 'pipe' | 'ignore' | 'closed';
    node?: readonly string[];
    form?: 'bundle' | 'modules';
  } = {},
): Program {
  const child: ChildProcess = spawn(process.execPath, [...(options.node ?? []), mainOf(options.form ?? 'bundle'), ...words], {
    cwd: options.cwd,
    env: { ...process.env, NO_COLOR: '1', ...options.env },
    stdio: [options.input === undefined ? 'ignore' : 'pipe', options.output === 'ignore' ? 'ignore' : 'pipe', 'pipe'],
  });
  // As `head` does when it has seen enough.
  if (options.output === 'closed') child.stdout!.destroy();
  let text = '';
  const waiting = new Set<() => void>();
  for (const stream of [child.stdout, child.stderr]) {
    stream?.setEncoding('utf8').on('data', (chunk: string) => {
      text += chunk;
      for (const check of [...waiting]) check();
    });
  }
  if (options.input !== undefined) child.stdin!.end(options.input);
  const ended = new Promise<number | string>((resolve) => child.once('close', (code, signal) => resolve(code ?? signal ?? 'unknown')));

  return {
    pid: child.pid!,
    output: () => text,
    ended,
    seen(pattern, within = 15_000) {
      return new Promise((resolve, reject) => {
        const finish = () => {
          clearTimeout(timer);
          waiting.delete(check);
        };
        const check = () => {
          const match = pattern.exec(text);
          if (!match) return;
          finish();
          resolve(match);
        };
        const timer = setTimeout(() => {
          finish();
          reject(new Error(`${pattern} was not seen within ${within} ms in:\n${text}`));
        }, within);
        waiting.add(check);
        check();
      });
    },
    async stop(signal = 'SIGTERM') {
      if (child.exitCode === null && child.signalCode === null) child.kill(signal);
      return ended;
    },
    async [Symbol.asyncDispose]() {
      if (child.exitCode === null && child.signalCode === null) child.kill('SIGKILL');
      await ended;
    },
  };
}
