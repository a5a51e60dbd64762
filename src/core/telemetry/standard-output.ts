import { writeSync } from 'node:fs';
import { onceATurn } from '../time/once-a-turn.ts';

/** Where lines go, each with its end. */
export interface Lines {
  write(line: string): void;
}

/** Bytes that are gathered before they are written. */
const room = 128 * 1024;
/** A character takes so many bytes at the most. */
const widest = 3;
/** How long a reader who is behind is waited for at a time, in milliseconds. */
const patience = 10;

/** Writes some of the bytes, from this one on; answers how many. Throws as `fs.writeSync` does. */
type Write = (bytes: Uint8Array, from: number) => number;

/**
 * Lines on standard output. They are gathered in one piece of memory and written together once a turn of the event loop. Whoever reads
 * is waited for, so lines cannot pile up; when nobody reads any more, the process is told so by an EPIPE that nobody catches.
 */
export function standardOutput(write: Write = (bytes, from) => writeSync(1, bytes, from)): Lines {
  const gathered = Buffer.allocUnsafeSlow(room);
  let length = 0;
  const flush = (): void => {
    const bytes = gathered.subarray(0, length);
    length = 0;
    writeAll(bytes, write);
  };
  const flushSoon = onceATurn(flush);
  // Nor is lost what was told in the last turn of a process that ends by a mistake.
  process.once('exit', flush);
  return {
    write(line) {
      if (line.length * widest > room - length) flush();
      if (line.length * widest > room) return writeAll(Buffer.from(line, 'utf8'), write);
      length += gathered.write(line, length, 'utf8');
      flushSoon();
    },
  };
}

/** What cannot be written because the disk is full is lost: there is nobody left to be told. */
function writeAll(bytes: Uint8Array, write: Write): void {
  for (let written = 0; written < bytes.length; ) {
    try {
      written += write(bytes, written);
    } catch (thrown) {
      const { code } = thrown as NodeJS.ErrnoException;
      if (code === 'EPIPE')
        queueMicrotask(() => {
          throw thrown;
        });
      if (code !== 'EAGAIN' && code !== 'EBUSY') return;
      Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, patience);
    }
  }
}
