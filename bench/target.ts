/**
 * What HTTP triggers call, in a process of its own: it answers 200 at once and notes when each number came first. Written on bare sockets,
 * so that it takes little of the machine from those that are measured.
 */
import { createServer, type Socket } from 'node:net';
import { systemClock } from '../src/core/time/clock.ts';
import { answer, now } from './child.ts';

export interface Arrivals {
  /** When each came, in order of the numbers; NaN for one that has not. */
  readonly at: Float64Array;
  readonly missing: number;
  /** Requests beyond the first of a number. */
  readonly again: number;
}

let first = 0;
let at = new Float64Array(0);
let missing = 0;
let again = 0;

const ok = Buffer.from('HTTP/1.1 200 OK\r\ncontent-length: 2\r\n\r\nok');

function arrived(body: string): void {
  const index = Number(/"n":\s*"?(\d+)/.exec(body)?.[1]) - first;
  if (!(index >= 0 && index < at.length)) return;
  if (Number.isNaN(at[index])) {
    at[index] = now();
    missing--;
  } else {
    again++;
  }
}

/** Takes the requests off the text, and returns what is left of the last. */
function take(text: string, socket: Socket): string {
  let rest = text;
  for (;;) {
    const end = rest.indexOf('\r\n\r\n');
    if (end < 0) return rest;
    const length = Number(/content-length: *(\d+)/i.exec(rest.slice(0, end))?.[1] ?? 0);
    if (rest.length < end + 4 + length) return rest;
    arrived(rest.slice(end + 4, end + 4 + length));
    socket.write(ok);
    rest = rest.slice(end + 4 + length);
  }
}

const server = createServer((socket) => {
  let rest = '';
  socket.setNoDelay(true);
  socket.on('error', () => {});
  socket.on('data', (chunk) => {
    rest = take(rest + chunk.toString('latin1'), socket);
  });
}).listen(0, '127.0.0.1');

export type Target = typeof answers;
const answers = answer({
  port: () => new Promise<number>((resolve) => setImmediate(() => resolve((server.address() as { port: number }).port))),

  /** From now on it waits for so many numbers, which no call had before, and forgets the others. Answers with the first. */
  expect({ count }: { count: number }): number {
    first += at.length;
    at = new Float64Array(count).fill(Number.NaN);
    missing = count;
    again = 0;
    return first;
  },

  /** When all have come, or after so many milliseconds. */
  async arrivals({ within }: { within: number }): Promise<Arrivals> {
    for (const deadline = now() + within; missing > 0 && now() < deadline; ) await systemClock.sleep(5);
    return { at, missing, again };
  },
});
