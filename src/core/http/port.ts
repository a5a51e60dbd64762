/**
 * One port with its routes: a server that finds the route of a call, reads its body within limits, and writes the answer. `routes.ts`
 * opens and closes it.
 *
 * A caller that is slow, sends too much or breaks off costs a connection for a bounded time, and nobody else anything.
 */
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import { createServer as createTlsServer, type Server as TlsServer } from 'node:https';
import type { AddressInfo } from 'node:net';
import { reasonOf } from '../errors/from-unknown.ts';
import type { Clock } from '../time/clock.ts';
import { atMost } from '../time/deadline.ts';
import { type Answer, type Answering, type Call, headersOf, Refusal, stopping } from './call.ts';
import type { PathPattern } from './path-pattern.ts';
import { type Room, readBody } from './read-body.ts';
import { portError } from './server.ts';

/** PEM texts. */
export interface Certificate {
  readonly cert: string;
  readonly key: string;
}

export interface RouteOnPort {
  readonly matches: PathPattern;
  readonly answer: Answering;
  readonly isLast: boolean;
}

export interface Port {
  readonly number: number;
  add(route: RouteOnPort): void;
  /**
   * Nothing more comes to the route; resolves when what was in work is answered, or after `grace` milliseconds. With the last route the
   * port takes no more connections, and callers are told to leave theirs.
   */
  remove(route: RouteOnPort, grace: number): Promise<void>;
  /** For the connections from now on. */
  renew(certificate: Certificate): void;
  close(): Promise<void>;
}

export interface PortOptions {
  readonly port: number;
  readonly host: string;
  readonly certificate: Certificate | undefined;
  readonly clock: Clock;
  readonly room: Room;
}

/** Milliseconds: for the headers, for the whole request, for the next request on a connection, and for the rest of a refused body. */
const limits = { headers: 10_000, request: 60_000, idle: 65_000, rest: 500, connections: 4_000 };

/** Rejects with UNREACHABLE_PORT, or with Node's error about a certificate. */
export async function openPort({ port, host, certificate, clock, room }: PortOptions): Promise<Port> {
  const routes = new Set<RouteOnPort>();
  const leaving = new Set<RouteOnPort>();
  const inWork = new Map<RouteOnPort, Set<Promise<void>>>();
  let closed: Promise<void> | undefined;

  const listener = (request: IncomingMessage, response: ServerResponse): void => {
    const [path, query] = placeOf(request);
    const now = (answer: Answer): void => send(request, response, { answer, isLast: closed !== undefined, clock });
    if (path === '/health') {
      now({ status: 200, text: 'OK' });
      return;
    }
    const route = path === undefined ? undefined : routeOf(path, routes);
    if (path !== undefined && !route && routeOf(path, leaving)) {
      now(stopping);
      return;
    }
    if (path === undefined || !route) {
      now({ status: 404, text: '404 page not found\n' });
      return;
    }
    const calls = inWork.get(route) ?? new Set();
    inWork.set(route, calls);
    const call = answered(route, { request, response, path, query, room })
      .then(now)
      .catch(() => void response.destroy());
    calls.add(call);
    void call.finally(() => calls.delete(call));
  };
  const settings = {
    headersTimeout: limits.headers,
    requestTimeout: limits.request,
    keepAliveTimeout: limits.idle,
    connectionsCheckingInterval: 2_000,
  };
  const server = certificate ? createTlsServer({ ...settings, ...certificate }, listener) : createServer(settings, listener);
  // A caller that asks before it sends a large body is answered when somebody wants to read it.
  server.on('checkContinue', listener);
  server.maxConnections = limits.connections;
  await opened(server, port, host);
  const stopListening = (): Promise<void> => {
    closed ??= new Promise((resolve) => server.close(() => resolve()));
    server.closeIdleConnections();
    return closed;
  };

  return {
    number: (server.address() as AddressInfo).port,
    add: (route) => void routes.add(route),
    async remove(route, grace) {
      routes.delete(route);
      leaving.add(route);
      if (routes.size === 0) void stopListening();
      const calls = [...(inWork.get(route) ?? [])];
      inWork.delete(route);
      if (calls.length > 0) await atMost(grace, clock, Promise.all(calls));
      if (routes.size > 0) leaving.delete(route);
    },
    renew: (changed) => (server as TlsServer).setSecureContext({ ...changed }),
    async close() {
      await atMost(limits.rest, clock, stopListening());
      server.closeAllConnections();
      await stopListening();
    },
  };
}

function routeOf(path: string, routes: Iterable<RouteOnPort>): RouteOnPort | undefined {
  let last: RouteOnPort | undefined;
  for (const route of routes) {
    if (!route.matches(path)) continue;
    if (!route.isLast) return route;
    last = route;
  }
  return last;
}

function opened(server: Server, port: number, host: string): Promise<void> {
  return new Promise((resolve, reject) => {
    // Also later: that a connection could not be accepted is no reason to end.
    server.on('error', (cause) => reject(portError(`${host}:${port}`, cause, 'another process uses the port, or choose another one')));
    server.listen(port, host, resolve);
  });
}

/** Path and query; the path is undefined when its escapes are none. */
function placeOf({ url = '/' }: IncomingMessage): [string | undefined, string] {
  const at = url.indexOf('?');
  const path = at < 0 ? url : url.slice(0, at);
  try {
    return [decodeURIComponent(path), at < 0 ? '' : url.slice(at + 1)];
  } catch {
    return [undefined, ''];
  }
}

interface Asked {
  readonly request: IncomingMessage;
  readonly response: ServerResponse;
  readonly path: string;
  readonly query: string;
  readonly room: Room;
}

async function answered({ answer }: RouteOnPort, { request, response, path, query, room }: Asked): Promise<Answer> {
  let held = 0;
  const hold = (bytes: number): boolean => {
    if (!room.take(bytes)) return false;
    held += bytes;
    return true;
  };
  const begin = (): void => {
    if (request.headers.expect) response.writeContinue();
  };
  const call: Call = {
    method: request.method ?? 'GET',
    path,
    query,
    headers: headersOf(request.rawHeaders),
    body: (limit) => readBody(request, { limit, begin, hold }),
  };
  try {
    return await answer(call);
  } catch (thrown) {
    return thrown instanceof Refusal ? thrown.answer : { status: 500, text: reasonOf(thrown) };
  } finally {
    room.giveBack(held);
  }
}

interface Sent {
  readonly answer: Answer;
  /** Nothing more is taken on this connection. */
  readonly isLast: boolean;
  readonly clock: Clock;
}

/**
 * Writes an answer. Where the caller is still sending, the connection is closed behind it, but not at once: a connection closed in front
 * of unread bytes takes the answer with it.
 */
function send(request: IncomingMessage, response: ServerResponse, { answer, isLast, clock }: Sent): void {
  const { status, text, headers } = answer;
  const isWhole =
    request.complete || ((request.headers['content-length'] ?? '0') === '0' && request.headers['transfer-encoding'] === undefined);
  response.writeHead(status, {
    'Content-Type': 'text/plain; charset=utf-8',
    'X-Content-Type-Options': 'nosniff',
    'Content-Length': Buffer.byteLength(text),
    ...(isWhole && !isLast ? {} : { Connection: 'close' }),
    ...headers,
  });
  if (isWhole) return void response.end(text);
  response.write(text);
  const end = (): void => {
    takeBack();
    response.end();
  };
  const takeBack = clock.after(limits.rest, end);
  request.once('end', end).once('close', end).resume();
}
