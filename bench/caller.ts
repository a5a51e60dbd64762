/**
 * Callers of a webhook, in a process of its own and on bare sockets, so that what is called is what limits. Each call carries its number
 * (`n`) in a body of 1 KB.
 */
import { connect, type Socket } from 'node:net';
import { systemClock } from '../src/core/time/clock.ts';
import { answer, now } from './child.ts';

export interface Calls {
  readonly port: number;
  /** The number of the first call. */
  readonly first: number;
  readonly count: number;
  /** Connections, each of which has one call under way. */
  readonly callers: number;
  /** So many are begun in a second; as fast as they are answered when left out. */
  readonly rate?: number;
}

export interface Called {
  /** When each call was begun, in order of their numbers. */
  readonly begun: Float64Array;
  /** When the last was answered. */
  readonly ended: number;
}

const patience = 30_000;
const text = 'x'.repeat(950);

function requestOf(n: number): string {
  const body = JSON.stringify({ n, kind: 'order', customer: 'c-17', price: 250, count: 3, text });
  return `POST /orders HTTP/1.1\r\nhost: x\r\ncontent-type: application/json\r\ncontent-length: ${body.length}\r\n\r\n${body}`;
}

/** A connection that is kept. `call` resolves with the answer's status. */
async function openCaller(port: number): Promise<{ call(request: string): Promise<number>; close(): void }> {
  let open: { resolve: (status: number) => void; reject: (error: Error) => void } | undefined;
  const socket = await new Promise<Socket>((resolve, reject) => {
    const made = connect(port, '127.0.0.1', () => resolve(made));
    made.on('error', reject);
  });
  socket.setNoDelay(true);
  socket.setTimeout(patience, () => socket.destroy(new Error(`no answer within ${patience / 1000} s`)));
  socket.on('error', (error) => open?.reject(error));
  socket.on('close', () => open?.reject(new Error('the connection was closed')));
  socket.on('data', (chunk) => {
    const [, status] = /^HTTP\/1\.1 (\d+)/.exec(chunk.toString('latin1')) ?? [];
    if (status !== undefined) open?.resolve(Number(status));
  });
  return {
    call: (request) =>
      new Promise((resolve, reject) => {
        open = { resolve, reject };
        socket.write(request);
      }),
    close: () => socket.destroy(),
  };
}

/** Rejects when a call is not taken. */
async function call({ port, first, count, callers, rate }: Calls): Promise<Called> {
  const begun = new Float64Array(count);
  const connections = await Promise.all(Array.from({ length: callers }, () => openCaller(port)));
  const start = now();
  let next = 0;
  await Promise.all(
    connections.map(async (connection) => {
      while (next < count) {
        const index = next++;
        const due = rate === undefined ? now() : start + (index * 1000) / rate;
        const early = due - now();
        if (early > 0) await systemClock.sleep(early);
        // A timer that is late is not the fault of who is called; that no connection was free when it was due, is.
        begun[index] = early > 0 ? now() : due;
        const status = await connection.call(requestOf(first + index));
        if (status !== 200) throw new Error(`call ${first + index} was answered ${status}`);
      }
    }),
  );
  const ended = now();
  for (const connection of connections) connection.close();
  return { begun, ended };
}

export type Caller = typeof answers;
const answers = answer({ call });
