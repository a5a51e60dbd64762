import { randomUUID } from 'node:crypto';
import { Agent, request } from 'undici';

/** An API server under test. */
export interface Reachable {
  readonly server: string;
  readonly token: string;
  readonly ca: string;
}

// biome-ignore lint/suspicious/noExplicitAny: answers are looked into freely, and compared
export type Body = any;

interface Reply {
  readonly code: number;
  readonly body: Body;
  readonly text: string;
  readonly warnings: readonly string[];
}

interface CallOptions {
  readonly type?: string;
  readonly accept?: string;
  readonly token?: string;
}

/** Speaks plain HTTP to the API, so that nothing stands between a test and what was really answered. */
export interface Api {
  call(method: string, path: string, body?: unknown, options?: CallOptions): Promise<Reply>;
  /** Opens a watch and collects its events as they come. */
  watch(path: string, options?: CallOptions): Promise<Watch>;
  /** A new namespace that no other test uses; its path, e.g. `/api/v1/namespaces/x`. */
  namespace(): Promise<{ readonly name: string; readonly core: string; of(groupVersion: string): string }>;
  close(): Promise<void>;
}

export interface Watch extends AsyncDisposable {
  readonly events: { readonly type: string; readonly object: Body }[];
  /** Resolves with all events as soon as there are `count`; rejects after 10 s. */
  next(count: number): Promise<Watch['events']>;
  /** Resolves when the server has ended the stream. */
  readonly ended: Promise<void>;
}

export const merge = { type: 'application/merge-patch+json' };
export const strategic = { type: 'application/strategic-merge-patch+json' };
export const json = { type: 'application/json-patch+json' };
export const apply = { type: 'application/apply-patch+yaml' };
export const asTable = { accept: 'application/json;as=Table;v=v1;g=meta.k8s.io,application/json' };

export function connect({ server, token, ca }: Reachable): Api {
  const dispatcher = new Agent({ connect: { ca, rejectUnauthorized: true }, connections: 32 });
  const headers = (options: CallOptions) => ({
    authorization: `Bearer ${options.token ?? token}`,
    'user-agent': 'contract/1.0',
    accept: options.accept ?? 'application/json',
    'content-type': options.type ?? 'application/json',
  });
  const call: Api['call'] = async (method, path, body, options = {}) => {
    const sent = body === undefined ? null : typeof body === 'string' ? body : JSON.stringify(body);
    const answer = await request(server + path, { method: method as 'GET', headers: headers(options), body: sent, dispatcher });
    const text = await answer.body.text();
    const warnings = [answer.headers.warning ?? []].flat();
    return { code: answer.statusCode, body: text.startsWith('{') ? JSON.parse(text) : text, text, warnings };
  };
  return {
    call,
    async watch(path, options = {}) {
      const stop = new AbortController();
      const answer = await request(server + path, { headers: headers(options), dispatcher, signal: stop.signal });
      const events: Watch['events'] = [];
      const waiting = new Set<() => void>();
      const ended = (async () => {
        let rest = '';
        for await (const chunk of answer.body) {
          const lines = (rest + String(chunk)).split('\n');
          rest = lines.pop()!;
          for (const line of lines) events.push(JSON.parse(line));
          for (const check of waiting) check();
        }
      })();
      ended.catch(() => {});
      return {
        events,
        ended,
        next: (count) =>
          new Promise((resolve, reject) => {
            const timer = setTimeout(() => reject(new Error(`${count} events wanted, got ${JSON.stringify(events)}`)), 10_000);
            const check = () => {
              if (events.length < count) return;
              clearTimeout(timer);
              waiting.delete(check);
              resolve(events);
            };
            waiting.add(check);
            check();
          }),
        async [Symbol.asyncDispose]() {
          stop.abort();
          await ended.catch(() => {});
        },
      };
    },
    async namespace() {
      const name = `contract-${randomUUID().slice(0, 8)}`;
      await call('POST', '/api/v1/namespaces', { metadata: { name } });
      return { name, core: `/api/v1/namespaces/${name}`, of: (groupVersion) => `/apis/${groupVersion}/namespaces/${name}` };
    },
    close: () => dispatcher.destroy(),
  };
}

/** What every refusal looks like. */
export function failure(code: number, reason: string, message: string, details?: unknown) {
  return { kind: 'Status', apiVersion: 'v1', metadata: {}, status: 'Failure', message, reason, ...(details ? { details } : {}), code };
}

export const deployment = (name: string) => ({
  apiVersion: 'apps/v1',
  kind: 'Deployment',
  metadata: { name },
  spec: {
    selector: { matchLabels: { app: name } },
    template: {
      metadata: { labels: { app: name } },
      spec: {
        containers: [
          {
            name: 'web',
            image: 'web:1',
            ports: [{ containerPort: 80 }],
            env: [
              { name: 'A', value: '1' },
              { name: 'B', value: '2' },
            ],
          },
          { name: 'side', image: 'side:1' },
        ],
      },
    },
  },
});
