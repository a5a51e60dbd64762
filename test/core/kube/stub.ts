import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo, Socket } from 'node:net';

export interface Stub extends AsyncDisposable {
  readonly server: string;
  /** "GET /path?query" of each request, in order. */
  readonly asked: string[];
  /** Cuts every connection; what comes later is answered. */
  cut(): void;
}

export interface Asked {
  readonly method: string;
  readonly path: string;
  readonly query: URLSearchParams;
  readonly headers: IncomingMessage['headers'];
  readonly body: string;
  /** Counts all requests from 1. */
  readonly count: number;
}

/** An HTTP server that answers as the test says. */
export async function startStub(answer: (asked: Asked, response: ServerResponse) => void, port = 0): Promise<Stub> {
  const sockets = new Set<Socket>();
  const asked: string[] = [];
  const http = createServer(async (request, response) => {
    const url = new URL(request.url ?? '/', 'http://stub');
    asked.push(`${request.method} ${request.url}`);
    const count = asked.length;
    let body = '';
    for await (const chunk of request) body += chunk;
    answer({ method: request.method ?? '', path: url.pathname, query: url.searchParams, headers: request.headers, body, count }, response);
  });
  http.on('connection', (socket) => {
    sockets.add(socket);
    socket.on('close', () => sockets.delete(socket));
  });
  await new Promise<void>((resolve) => http.listen(port, '127.0.0.1', resolve));
  const cut = () => {
    for (const socket of sockets) socket.destroy();
  };
  return {
    server: `http://127.0.0.1:${(http.address() as AddressInfo).port}`,
    asked,
    cut,
    async [Symbol.asyncDispose]() {
      cut();
      await new Promise((resolve) => http.close(resolve));
    },
  };
}

/** Answers with JSON. */
export function json(response: ServerResponse, status: number, body: unknown, headers: Record<string, string> = {}): void {
  response.writeHead(status, { 'content-type': 'application/json', ...headers }).end(JSON.stringify(body));
}

/** Answers with a Status, as the API server does when it refuses. */
export function refuse(
  response: ServerResponse,
  code: number,
  message: string,
  { reason, details, headers = {} }: { reason?: string; details?: object; headers?: Record<string, string> } = {},
): void {
  json(response, code, { kind: 'Status', apiVersion: 'v1', status: 'Failure', message, reason, details, code }, headers);
}
