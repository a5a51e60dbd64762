import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync } from 'node:fs';
import { connect } from 'node:net';
import { delimiter, isAbsolute, join } from 'node:path';
import { lastWords } from './child.ts';
import { eventually } from './eventually.ts';

/** Where a program is that the machine may have; system programs are found also when PATH leaves their folder out. */
export function whereIs(program: string): string | undefined {
  const folders = [...(process.env['PATH'] ?? '').split(delimiter), '/usr/sbin', '/usr/local/sbin'];
  if (isAbsolute(program)) return program;
  return folders.map((folder) => join(folder, program)).find((file) => existsSync(file));
}

/** Says in one line that a suite is left out, and why; true when the program is there. */
export function haveProgram(program: string, suite: string): boolean {
  if (whereIs(program)) return true;
  console.log(`skipped: ${suite}, because this machine has no ${program}`);
  return false;
}

export interface Program extends AsyncDisposable {
  readonly port: number;
  kill(): Promise<void>;
}

/** Starts a program that listens on a port of 127.0.0.1, and waits until it does. */
export async function startProgram(
  program: string,
  words: readonly string[],
  port: number,
  { env, within = 20_000 }: { env?: Record<string, string>; within?: number } = {},
): Promise<Program> {
  const child = spawn(whereIs(program)!, words, {
    stdio: ['ignore', 'pipe', 'pipe'],
    env: { ...process.env, ...env },
    // A group of its own, since some programs are scripts that start others.
    detached: true,
  });
  const output = lastWords(child.stdout, child.stderr);
  const kill = async (): Promise<void> => {
    if (child.exitCode !== null || child.signalCode !== null) return;
    const ended = once(child, 'exit');
    process.kill(-child.pid!, 'SIGKILL');
    await ended;
  };
  try {
    await eventually(async () => {
      if (child.exitCode !== null) throw new Error(`${program} ended: ${output()}`);
      const socket = connect(port, '127.0.0.1');
      try {
        await once(socket, 'connect');
        return true;
      } finally {
        socket.destroy();
      }
    }, within);
  } catch (thrown) {
    await kill();
    throw thrown;
  }
  return { port, kill, [Symbol.asyncDispose]: kill };
}
