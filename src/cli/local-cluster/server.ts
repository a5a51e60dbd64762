import { randomBytes, timingSafeEqual } from 'node:crypto';
import type { IncomingMessage, ServerResponse } from 'node:http';
import { createServer, type Server } from 'node:https';
import type { AddressInfo } from 'node:net';
import { portError } from '../../core/http/server.ts';
import { stringifyJson } from '../../core/json/stringify.ts';
import { isThisMachine } from '../this-machine.ts';
import type { Answer, ApiRequest, Sink } from './request.ts';
import { notThisMachine, Refusal, statusOf, tooLarge, unauthorized } from './status.ts';
import type { Certificates } from './tls/certificates.ts';

/** The largest body, as etcd would take it. */
const largest = 3 * 1024 * 1024;
/** A watcher that lets this much pile up is cut off; it can resume from its last resourceVersion. */
const patience = 64 * 1024 * 1024;
/** How long a connection may be idle, in milliseconds: longer than clients keep theirs, so that none is closed under a request. */
const idle = 180_000;

type Handler = (request: ApiRequest) => Promise<Answer>;

interface ApiServer {
  readonly port: number;
  /** Ends every connection, watches included. */
  close(): Promise<void>;
}

/**
 * Listens on 127.0.0.1 and lets through to the handler who calls it by a name of this machine and brings the token. Rejects with
 * UNREACHABLE_PORT when the port is taken.
 */
export async function listen(port: number, { certificate, key }: Certificates, token: string, handler: Handler): Promise<ApiServer> {
  const expected = Buffer.from(`Bearer ${token}`);
  const streams = new Set<() => void>();
  const server = createServer({ cert: certificate, key }, (request, response) => {
    answer(request, response, expected, handler, streams).catch(() => response.destroy());
  });
  server.keepAliveTimeout = idle;
  await new Promise<void>((resolve, reject) => {
    server.once('error', (cause) =>
      reject(portError(`127.0.0.1:${port}`, cause, 'is another `sensorium run` there? --api-port 0 takes a free one')),
    );
    server.listen(port, '127.0.0.1', resolve);
  });
  return {
    port: (server.address() as AddressInfo).port,
    async close() {
      for (const end of [...streams]) end();
      await closed(server);
    },
  };
}

async function closed(server: Server): Promise<void> {
  const done = new Promise((resolve) => server.close(resolve));
  server.closeAllConnections();
  await done;
}

async function answer(
  request: IncomingMessage,
  response: ServerResponse,
  expected: Buffer,
  handler: Handler,
  streams: Set<() => void>,
): Promise<void> {
  try {
    if (!isThisMachine(request.headers.host)) throw notThisMachine();
    const given = Buffer.from(request.headers.authorization ?? '');
    if (given.length !== expected.length || !timingSafeEqual(given, expected)) throw unauthorized();
    const found = await handler(await read(request));
    if ('stream' in found) stream(found.stream, response, streams);
    else if ('text' in found) send(response, found.code, found.contentType, found.text);
    else {
      for (const warning of found.warnings ?? []) response.appendHeader('Warning', warningHeader(warning));
      send(response, found.code, found.contentType ?? 'application/json', `${stringifyJson(found.body)}\n`);
    }
  } catch (thrown) {
    const refusal = thrown instanceof Refusal ? thrown : new Refusal(500, 'InternalError', `Internal error occurred: ${String(thrown)}`);
    send(response, refusal.code, 'application/json', `${stringifyJson(statusOf(refusal))}\n`);
  }
}

/** Headers are bytes: the sentence goes out in one line of UTF-8. */
function warningHeader(sentence: string): string {
  return Buffer.from(`299 - ${JSON.stringify(sentence.replace(/\s+/g, ' '))}`).toString('latin1');
}

async function read(request: IncomingMessage): Promise<ApiRequest> {
  const chunks: Buffer[] = [];
  let size = 0;
  for await (const chunk of request as AsyncIterable<Buffer>) {
    size += chunk.length;
    if (size <= largest) chunks.push(chunk);
  }
  if (size > largest) throw tooLarge(largest);
  const url = request.url ?? '/';
  const mark = url.indexOf('?');
  return {
    method: request.method ?? 'GET',
    path: mark < 0 ? url : url.slice(0, mark),
    query: new URLSearchParams(mark < 0 ? '' : url.slice(mark + 1)),
    accept: request.headers.accept ?? '',
    contentType: request.headers['content-type'] ?? '',
    userAgent: request.headers['user-agent'] ?? '',
    body: Buffer.concat(chunks),
  };
}

/** Always as bytes: a text would be joined with the headers, and they would be encoded with it. */
function send(response: ServerResponse, code: number, contentType: string, text: string | Buffer): void {
  const bytes = typeof text === 'string' ? Buffer.from(text) : text;
  response.writeHead(code, { 'Content-Type': contentType, 'Content-Length': bytes.length });
  response.end(bytes);
}

/** Lines of one turn of the event loop leave in one write. */
function stream(start: (sink: Sink) => () => void, response: ServerResponse, streams: Set<() => void>): void {
  response.writeHead(200, { 'Content-Type': 'application/json' });
  response.flushHeaders();
  let waiting = '';
  const flush = () => {
    if (waiting !== '') response.write(waiting);
    waiting = '';
    if (response.writableLength > patience) response.destroy();
  };
  const end = () => {
    flush();
    response.end();
  };
  streams.add(end);
  const stop = start({
    send(line) {
      if (waiting === '') setImmediate(flush);
      waiting += line;
    },
    end,
  });
  response.once('close', () => {
    streams.delete(end);
    stop();
  });
}

export function makeToken(): string {
  return randomBytes(24).toString('base64url');
}
