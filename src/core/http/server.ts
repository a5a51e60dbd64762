import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import { EngineError } from '../errors/engine-error.ts';
import { reasonOf } from '../errors/from-unknown.ts';

export type Handler = (request: IncomingMessage, response: ServerResponse) => Promise<void> | void;

export interface Listening extends AsyncDisposable {
  readonly port: number;
}

/** Listens with exact paths → handlers; 404 for the rest. Rejects with UNREACHABLE_PORT when the address is taken. Port 0 takes a free one. */
export async function listen(routes: ReadonlyMap<string, Handler>, { port, host }: { port: number; host: string }): Promise<Listening> {
  const server = createServer((request, response) => {
    const [path] = request.url!.split('?', 1);
    const handler = routes.get(path!);
    if (!handler) return void response.writeHead(404, { 'content-type': 'text/plain' }).end('not found\n');
    void Promise.resolve(handler(request, response)).catch((thrown) => {
      if (!response.headersSent) response.writeHead(500, { 'content-type': 'text/plain' });
      response.end(`${reasonOf(thrown)}\n`);
    });
  });
  await opened(server, port, host);
  return {
    port: (server.address() as { port: number }).port,
    async [Symbol.asyncDispose]() {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}

function opened(server: Server, port: number, host: string): Promise<void> {
  return new Promise((resolve, reject) => {
    server.once('error', (cause) => reject(portError(`${host}:${port}`, cause)));
    server.listen(port, host, resolve);
  });
}

/** Why a server cannot listen. */
export function portError(address: string, cause: NodeJS.ErrnoException, hint?: string): EngineError {
  const reasons: Record<string, string> = {
    EADDRINUSE: 'the port is in use',
    EACCES: 'this user may not use that port',
    EADDRNOTAVAIL: 'this machine does not have that address',
    ENOTFOUND: 'there is no such address',
  };
  return new EngineError(
    'UNREACHABLE_PORT',
    { address, reason: reasons[cause.code ?? ''] ?? cause.message },
    { cause, ...(hint ? { hint } : {}) },
  );
}
