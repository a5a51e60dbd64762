import { createServer, type RequestListener } from 'node:http';
import { createServer as createTlsServer } from 'node:https';
import type { AddressInfo, Socket } from 'node:net';
import { makeCertificates } from '../../src/cli/local-cluster/tls/certificates.ts';

/** A server of the test's own on a free port, or on the one that is wanted; `host` is `127.0.0.1:PORT`. With `tls` its certificate is vouched for by nobody. */
export async function serve(
  listener: RequestListener,
  {
    tls = false,
    port: wanted = 0,
    onConnection = () => {},
  }: { tls?: boolean; port?: number; onConnection?: (socket: Socket) => void } = {},
) {
  const { certificate: cert, key } = makeCertificates(Date.now());
  const server = tls ? createTlsServer({ cert, key }, listener) : createServer(listener);
  server.on('connection', onConnection);
  await new Promise<void>((resolve) => server.listen(wanted, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  return {
    host: `127.0.0.1:${port}`,
    async [Symbol.asyncDispose]() {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}
