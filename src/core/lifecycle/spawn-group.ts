import { type ChildProcessByStdio, spawn } from 'node:child_process';
import type { Readable } from 'node:stream';

/**
 * Starts a program that reads nothing. When the signal aborts it is killed, and with it what it has started itself: that would run on,
 * and hold the program's output open. `error` is emitted then, as `spawn` does.
 */
export function spawnGroup(path: string, words: readonly string[], signal: AbortSignal): ChildProcessByStdio<null, Readable, Readable> {
  const child = spawn(path, words, { stdio: ['ignore', 'pipe', 'pipe'], detached: true, signal, killSignal: 'SIGKILL' });
  const killAll = (): void => {
    try {
      if (child.pid !== undefined) process.kill(-child.pid, 'SIGKILL');
    } catch {
      // They have all ended.
    }
  };
  signal.addEventListener('abort', killAll);
  child.once('close', () => signal.removeEventListener('abort', killAll));
  return child;
}
