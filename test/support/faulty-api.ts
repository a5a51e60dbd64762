import { once } from 'node:events';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { pipeline } from 'node:stream/promises';
import { Agent, request } from 'undici';

/** What is answered in the API server's stead. */
export interface Fault {
  readonly status: number;
  readonly headers?: Readonly<Record<string, string>>;
  /** The message of the Status object. */
  readonly message: string;
  readonly reason?: string;
  readonly causes?: readonly { readonly field: string; readonly message: string; readonly reason: string }[];
}

interface FaultyApi extends AsyncDisposable {
  /** `http://127.0.0.1:PORT` */
  readonly server: string;
  /** Asked for each request ("POST /api/v1/namespaces/team/configmaps"); undefined lets it through. */
  faultFor: (call: string) => Fault | undefined;
}

/** Stands before an API server and answers some requests in its stead, as the server itself would when it is busy or says no. */
export async function startFaultyApi(target: { readonly server: string; readonly ca: string }): Promise<FaultyApi> {
  const dispatcher = new Agent({ connect: { ca: target.ca } });
  const server = createServer((incoming, response) => void respond(incoming, response).catch(() => response.destroy()));
  const respond = async (incoming: IncomingMessage, response: ServerResponse): Promise<void> => {
    const chunks: Buffer[] = [];
    for await (const chunk of incoming) chunks.push(chunk as Buffer);
    const fault = api.faultFor(`${incoming.method} ${incoming.url!.replace(/\?.*$/, '')}`);
    if (fault) {
      const { status: code, headers, message, reason = '', causes = [] } = fault;
      const status = { kind: 'Status', apiVersion: 'v1', status: 'Failure', code, message, reason, details: { causes } };
      response.writeHead(code, { 'content-type': 'application/json', ...headers }).end(JSON.stringify(status));
      return;
    }
    const { authorization = '', 'content-type': type = 'application/json', accept = '' } = incoming.headers;
    const answer = await request(target.server + incoming.url, {
      method: incoming.method as 'GET',
      headers: { authorization, accept, 'content-type': type },
      body: chunks.length > 0 ? Buffer.concat(chunks) : null,
      dispatcher,
    });
    response.writeHead(answer.statusCode, { 'content-type': String(answer.headers['content-type']) });
    await pipeline(answer.body, response);
  };
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const api: FaultyApi = {
    server: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    faultFor: () => undefined,
    async [Symbol.asyncDispose]() {
      server.closeAllConnections();
      server.close();
      await dispatcher.destroy();
    },
  };
  return api;
}
