import { once } from 'node:events';
import { createServer, type ServerResponse } from 'node:http';
import type { AddressInfo, Socket } from 'node:net';
import { Agent, request } from 'undici';
import { countSteps, type Life } from './steps.ts';

/** What befalls a request: an answer that the API server has not given, or a connection that breaks before or after it has acted. */
export type Mishap = { readonly status: number } | 'cut before' | 'cut after';

export interface KubeProxy extends AsyncDisposable {
  /** `http://127.0.0.1:PORT` */
  readonly server: string;
  /** Asked for each request ("POST /api/v1/namespaces/team/configmaps"); undefined lets it through. */
  mishapOf: (call: string) => Mishap | undefined;
  /** Breaks every connection that is open. */
  breakConnections(): void;
}

/** Stands between a program and an API server, and asks before each request, answer and line of a watch whether it may pass. Reads are no steps. */
export async function startKubeProxy(target: { readonly server: string; readonly ca: string }, steps = countSteps()): Promise<KubeProxy> {
  const dispatcher = new Agent({ connect: { ca: target.ca }, connections: 64 });
  const lives = new WeakMap<Socket, Life>();
  const server = createServer(async (incoming, response) => {
    const life = lives.get(incoming.socket)!;
    const gone = new AbortController();
    response.on('close', () => gone.abort());
    const chunks: Buffer[] = [];
    try {
      for await (const chunk of incoming) chunks.push(chunk as Buffer);
      const isWatch = /[?&]watch=/.test(incoming.url!);
      const call = `${incoming.method} ${incoming.url!.replace(/\?.*$/, '')}`;
      const isRead = incoming.method === 'GET';
      if (!steps.passes(life, isRead ? undefined : `→ ${call}`)) return;
      const mishap = proxy.mishapOf(call);
      if (mishap === 'cut before') return void incoming.socket.destroy();
      if (typeof mishap === 'object') return refuse(response, mishap.status);
      const { authorization = '', 'content-type': type = 'application/json', accept = '' } = incoming.headers;
      const answer = await request(target.server + incoming.url, {
        method: incoming.method as 'GET',
        headers: { authorization, accept, 'content-type': type },
        body: chunks.length > 0 ? Buffer.concat(chunks) : null,
        signal: gone.signal,
        bodyTimeout: 0,
        dispatcher,
      });
      response.writeHead(answer.statusCode, { 'content-type': String(answer.headers['content-type']) });
      if (isWatch) {
        response.flushHeaders();
        for await (const line of linesOf(answer.body)) if (steps.passes(life, nameOfLine(line))) response.write(`${line}\n`);
        response.end();
        return;
      }
      const body = await answer.body.text();
      if (mishap === 'cut after') incoming.socket.destroy();
      else if (steps.passes(life, isRead ? undefined : `← ${answer.statusCode} ${call}`)) response.end(body);
    } catch {
      incoming.socket.destroy();
    }
  });
  server.on('connection', (socket) => lives.set(socket, steps.life));
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const proxy: KubeProxy = {
    server: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    mishapOf: () => undefined,
    breakConnections: () => server.closeAllConnections(),
    async [Symbol.asyncDispose]() {
      server.closeAllConnections();
      server.close();
      await dispatcher.destroy();
    },
  };
  return proxy;
}

function refuse(response: ServerResponse, code: number): void {
  const status = { kind: 'Status', apiVersion: 'v1', status: 'Failure', code, message: 'not now', reason: 'ServiceUnavailable' };
  response.writeHead(code, { 'content-type': 'application/json' }).end(JSON.stringify(status));
}

async function* linesOf(body: AsyncIterable<Buffer>): AsyncGenerator<string> {
  let rest = '';
  const decoder = new TextDecoder();
  for await (const chunk of body) {
    const lines = (rest + decoder.decode(chunk, { stream: true })).split('\n');
    rest = lines.pop()!;
    yield* lines;
  }
}

/** "← watch: MODIFIED"; a bookmark is no step. */
function nameOfLine(line: string): string | undefined {
  const { type } = JSON.parse(line) as { type: string };
  return type === 'BOOKMARK' ? undefined : `← watch: ${type}`;
}
