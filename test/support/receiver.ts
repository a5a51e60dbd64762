import type { IncomingMessage, RequestListener, ServerResponse } from 'node:http';
import { serve } from './http-server.ts';

export interface Received {
  readonly method: string;
  readonly path: string;
  /** As they were written. */
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
}

export interface Receiver extends AsyncDisposable {
  /** Without a slash at its end. */
  readonly url: string;
  readonly host: string;
  /** All that came, in order. */
  readonly received: Received[];
}

/** Takes requests whole and answers them: 200 and `ok`, unless `answer` says more. */
export async function startReceiver(
  answer: (received: Received, response: ServerResponse, request: IncomingMessage) => void = (_, response) => void response.end('ok'),
  options: { tls?: boolean; port?: number } = {},
): Promise<Receiver> {
  const received: Received[] = [];
  const listener: RequestListener = (request, response) => {
    let body = '';
    request.on('data', (chunk) => {
      body += chunk;
    });
    request.on('end', () => {
      const headers: Record<string, string> = {};
      for (let at = 0; at < request.rawHeaders.length; at += 2) headers[request.rawHeaders[at]!] = request.rawHeaders[at + 1]!;
      received.push({ method: request.method!, path: request.url!, headers, body });
      answer(received.at(-1)!, response, request);
    });
  };
  const server = await serve(listener, options);
  return {
    url: `${options.tls ? 'https' : 'http'}://${server.host}`,
    host: server.host,
    received,
    [Symbol.asyncDispose]: () => server[Symbol.asyncDispose](),
  };
}
