import { once } from 'node:events';
import { createServer, type Socket } from 'node:net';

export interface TinyServer extends AsyncDisposable {
  close(): Promise<void>;
  readonly port: number;
  readonly sockets: ReadonlySet<Socket>;
  /** From now on nothing that comes in is answered. */
  hang(): void;
  /** Ends every connection. */
  cut(): void;
}

/**
 * A server on a free port of 127.0.0.1 that speaks as much of a protocol as a test needs. `serve` is called for each connection, and
 * answers what takes its bytes.
 */
export async function startTinyServer(serve: (socket: Socket) => (chunk: Buffer) => void): Promise<TinyServer> {
  const sockets = new Set<Socket>();
  let hangs = false;
  const server = createServer((socket) => {
    sockets.add(socket);
    const take = serve(socket);
    socket.on('data', (chunk) => {
      if (!hangs) take(chunk);
    });
    socket.on('error', () => {});
    socket.on('close', () => sockets.delete(socket));
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const cut = (): void => {
    for (const socket of sockets) socket.destroy();
  };
  const close = async (): Promise<void> => {
    const closed = once(server, 'close');
    server.close();
    cut();
    await closed;
  };
  return {
    port: (server.address() as { port: number }).port,
    sockets,
    hang() {
      hangs = true;
    },
    cut,
    close,
    [Symbol.asyncDispose]: close,
  };
}

/** Bytes that come in pieces: `take` is asked again and again how many bytes at the beginning it could use; 0 waits for more. */
export function inPieces(take: (bytes: Buffer) => number): (chunk: Buffer) => void {
  let bytes: Buffer = Buffer.alloc(0);
  return (chunk) => {
    bytes = bytes.length > 0 ? Buffer.concat([bytes, chunk]) : chunk;
    for (let used = take(bytes); used > 0; used = take(bytes)) bytes = bytes.subarray(used);
  };
}
