import { once } from 'node:events';
import { connect, createServer, type Server, type Socket } from 'node:net';

export interface TcpProxy extends AsyncDisposable {
  readonly port: number;
  /** Ends every connection and takes no more until `restore`. */
  cut(): Promise<void>;
  restore(): Promise<void>;
  /** Nothing comes through in either direction, while every connection stays open; `false` lets it flow again. */
  stall(stalled: boolean): void;
}

/** Stands between a client and a server on 127.0.0.1, so that a test can break the connection without touching either. */
export async function startTcpProxy(target: number): Promise<TcpProxy> {
  const sockets = new Set<Socket>();
  let server: Server | undefined;
  let port = 0;
  let stalled = false;

  function join(from: Socket, to: Socket): void {
    sockets.add(from);
    if (stalled) from.pause();
    from.on('data', (chunk) => void to.write(chunk));
    from.on('error', () => {});
    from.on('close', () => {
      sockets.delete(from);
      to.destroy();
    });
  }

  async function restore(): Promise<void> {
    server = createServer((client) => {
      const upstream = connect(target, '127.0.0.1');
      join(client, upstream);
      join(upstream, client);
    });
    server.listen(port, '127.0.0.1');
    await once(server, 'listening');
    port = (server.address() as { port: number }).port;
  }

  async function cut(): Promise<void> {
    const closing = server;
    server = undefined;
    if (!closing) return;
    const closed = once(closing, 'close');
    closing.close();
    for (const socket of sockets) socket.destroy();
    await closed;
  }

  await restore();
  return {
    port,
    cut,
    restore,
    stall(now) {
      stalled = now;
      for (const socket of sockets) now ? socket.pause() : socket.resume();
    },
    [Symbol.asyncDispose]: cut,
  };
}
