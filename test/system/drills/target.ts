import type { IncomingMessage, ServerResponse } from 'node:http';
import { setTimeout as delay } from 'node:timers/promises';
import { serve } from '../../support/http-server.ts';
import { freePort } from '../../support/ports.ts';
import type { Ground } from './ground.ts';

/**
 * What is done with a call instead of answering 200: another status, no answer ever, or a connection that breaks, before or after the
 * effect; or 200, so many milliseconds before the effect and after it. A caller that leaves before the effect gets none.
 */
export type Mood = number | 'hangs' | 'breaks' | 'breaks after' | { readonly before?: number; readonly after: number };

export interface Target extends AsyncDisposable {
  readonly url: string;
  /** What stands before its numbers in the ledger. */
  readonly prefix: string;
  /** Asked for each call; undefined answers 200. */
  mood: (call: { readonly number: string; readonly attempt: number }) => Mood | undefined;
  /** The numbers of calls that wait for their answer. */
  readonly inWork: ReadonlySet<string>;
  /** Firings whose effect has happened. */
  readonly effects: number;
  /** The moments of the effects (`performance.now()`), by their numbers. */
  readonly times: ReadonlyMap<string, number>;
  /** The moments of all calls, by their numbers. */
  readonly called: ReadonlyMap<string, readonly number[]>;
  /** The most connections that were open at once. */
  readonly mostConnections: number;
  /** Refuses connections from now on. */
  close(): Promise<void>;
  /** Takes them again. */
  open(): Promise<void>;
}

/**
 * An HTTP server that has an effect once for each `Idempotency-Key`, and writes it into the ledger: `{"n": NUMBER}` posted,
 * or an object whose values together are the name. Calls without a key are a firing each.
 */
export async function startTarget(ground: Ground, { prefix = '' } = {}): Promise<Target> {
  const port = await freePort();
  const times = new Map<string, number>();
  const attempts = new Map<string, number>();
  const inWork = new Set<string>();
  const called = new Map<string, number[]>();
  let server: Awaited<ReturnType<typeof serve>> | undefined;
  let [effects, calls, open, mostConnections] = [0, 0, 0, 0];

  async function answer(request: IncomingMessage, response: ServerResponse, body: string): Promise<void> {
    const { n } = JSON.parse(body) as { n: number | string | object };
    const number = `${prefix}${typeof n === 'object' ? Object.values(n).join(' ') : n}`;
    const key = String(request.headers['idempotency-key'] ?? `call ${calls++}`);
    const attempt = (attempts.get(key) ?? 0) + 1;
    attempts.set(key, attempt);
    called.set(number, [...(called.get(number) ?? []), performance.now()]);
    inWork.add(number);
    response.once('close', () => inWork.delete(number));
    const mood = target.mood({ number, attempt });
    if (mood === 'hangs') return;
    if (mood === 'breaks') return void request.socket.destroy();
    if (typeof mood === 'number') return void response.writeHead(mood).end('on purpose');
    if (typeof mood === 'object' && mood.before) await delay(mood.before);
    if (response.closed) return;
    if (ground.ledger.done(number, key)) {
      effects += 1;
      times.set(number, performance.now());
    }
    if (typeof mood === 'object') await delay(mood.after);
    if (mood === 'breaks after') request.socket.destroy();
    else response.end('ok');
  }

  const listener = (request: IncomingMessage, response: ServerResponse): void => {
    let body = '';
    request.setEncoding('utf8').on('data', (text: string) => {
      body += text;
    });
    request.on('end', () => void answer(request, response, body));
  };
  const target: Target = {
    url: `http://127.0.0.1:${port}`,
    prefix,
    mood: () => undefined,
    inWork,
    get effects() {
      return effects;
    },
    times,
    called,
    get mostConnections() {
      return mostConnections;
    },
    async close() {
      await server?.[Symbol.asyncDispose]();
      server = undefined;
    },
    async open() {
      server ??= await serve(listener, {
        port,
        onConnection(socket) {
          open += 1;
          mostConnections = Math.max(mostConnections, open);
          socket.once('close', () => {
            open -= 1;
          });
        },
      });
    },
    [Symbol.asyncDispose]: () => target.close(),
  };
  await target.open();
  return ground.keep(target);
}
