import type { ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import type { Readable } from 'node:stream';

/** Ends a program at once (SIGKILL). Resolves when it is gone; at once if there is none. */
export async function kill(child: ChildProcess | undefined): Promise<void> {
  if (!child || child.exitCode !== null || child.signalCode !== null) return;
  child.kill('SIGKILL');
  await once(child, 'exit');
}

/** The end of what a program has written there so far, for messages. */
export function lastWords(...streams: readonly Readable[]): () => string {
  let output = '';
  for (const stream of streams)
    stream.on('data', (chunk: Buffer) => {
      output = (output + chunk).slice(-4000);
    });
  return () => output;
}
