import { setMaxListeners } from 'node:events';
import { EngineError } from '../errors/engine-error.ts';
import { reasonOf } from '../errors/from-unknown.ts';
import { buildConnector, Pool } from '../http/undici.ts';
import type { Tell } from '../telemetry/tell.ts';
import type { KubeConfig } from './config.ts';

/** Time limits in milliseconds. */
export interface Limits {
  readonly connect: number;
  /** Until the head of an answer, and between two pieces of its body. The API server gives up by itself after 34 s. */
  readonly answer: number;
  /** How long one watch request lasts; the server is told. Each lasts up to a third less, so that they do not end together. */
  readonly watch: number;
  /** A watch that is silent for this much longer than it should last has lost its server. */
  readonly watchGrace: number;
}

export const defaultLimits: Limits = { connect: 10_000, answer: 40_000, watch: 180_000, watchGrace: 10_000 };

/** More callers than this share connections: what a burst needs, and no storm of TLS handshakes. Each watch has one of its own. */
const connections = 32;

export interface Answer {
  readonly status: number;
  readonly headers: Readonly<Record<string, string | string[] | undefined>>;
}

export interface Stream extends Answer {
  readonly chunks: AsyncIterable<Buffer>;
  close(): void;
}

interface Asked {
  readonly method: string;
  readonly path: string;
  readonly signal?: AbortSignal | undefined;
  /** In whose name, where that is not our own. */
  readonly impersonate?: string | undefined;
}

interface RequestBody {
  readonly type: string;
  readonly text: string;
}

/**
 * Carries requests to one API server and adds the credentials. Knows nothing of Kubernetes objects.
 *
 * Rejects with UNREACHABLE_KUBE when no answer came, or with the signal's reason when that aborted. A GET whose kept connection turned out to
 * be closed is sent once more; nothing else is. Tells `kubeAway` and `kubeBack` once a change.
 */
export class Transport implements AsyncDisposable {
  readonly #config: KubeConfig;
  readonly #tell: Tell;
  readonly #requests: Pool;
  readonly #watches: Pool;
  /** The path before `/api`, for API servers behind a gateway. */
  readonly #prefix: string;
  #away = false;
  #isClosed = false;

  constructor(config: KubeConfig, tell: Tell, limits: Limits) {
    this.#config = config;
    this.#tell = tell;
    const { origin, pathname } = new URL(config.server);
    this.#prefix = pathname.replace(/\/+$/, '');
    const connect = connector(config, limits.connect);
    const shared = { connect, keepAliveTimeout: 60_000, keepAliveMaxTimeout: 90_000, headersTimeout: limits.answer };
    this.#requests = new Pool(origin, { ...shared, connections, bodyTimeout: limits.answer });
    this.#watches = new Pool(origin, shared);
  }

  async request({ method, path, signal, impersonate }: Asked, body: RequestBody | undefined): Promise<Answer & { readonly text: string }> {
    allowManyListeners(signal);
    for (let attempt = 1; ; attempt++) {
      try {
        const answer = await this.#requests.request({
          method: method as 'GET',
          path: this.#prefix + path,
          headers: await this.#headers(body?.type, impersonate),
          body: body?.text ?? null,
          signal: signal ?? null,
        });
        const text = await answer.body.text();
        this.#answered(answer.statusCode);
        return { status: answer.statusCode, headers: answer.headers, text };
      } catch (thrown) {
        if (method === 'GET' && attempt === 1 && connectionWasClosed(thrown) && !signal?.aborted) continue;
        throw this.#unreachable(thrown, signal);
      }
    }
  }

  /** Opens an answer that goes on; it breaks off when nothing arrives for `silence` milliseconds. It must be closed, read or not. */
  async stream(path: string, silence: number, signal: AbortSignal | undefined): Promise<Stream> {
    allowManyListeners(signal);
    try {
      const answer = await this.#watches.request({
        method: 'GET',
        path: this.#prefix + path,
        headers: await this.#headers(),
        bodyTimeout: silence,
        signal: signal ?? null,
      });
      this.#answered(answer.statusCode);
      return {
        status: answer.statusCode,
        headers: answer.headers,
        chunks: this.#chunks(answer.body, signal),
        close: () => answer.body.on('error', () => {}).destroy(),
      };
    } catch (thrown) {
      throw this.#unreachable(thrown, signal);
    }
  }

  async [Symbol.asyncDispose](): Promise<void> {
    this.#isClosed = true;
    await Promise.all([this.#requests.destroy(), this.#watches.destroy()]);
  }

  async *#chunks(body: AsyncIterable<Buffer>, signal: AbortSignal | undefined): AsyncGenerator<Buffer> {
    try {
      yield* body;
    } catch (thrown) {
      if (signal?.aborted) throw signal.reason;
      throw unreachable(this.#config.server, thrown);
    }
  }

  async #headers(contentType?: string, impersonate?: string): Promise<Record<string, string>> {
    const headers: Record<string, string> = { accept: 'application/json', 'user-agent': 'sensorium' };
    const authorization = await this.#config.authorization();
    if (authorization !== undefined) headers.authorization = authorization;
    if (contentType !== undefined) headers['content-type'] = contentType;
    if (impersonate !== undefined) headers['impersonate-user'] = impersonate;
    return headers;
  }

  #answered(status: number): void {
    if (status === 401) this.#config.refused();
    if (!this.#away) return;
    this.#away = false;
    this.#tell.kubeBack({ server: this.#config.server });
  }

  #unreachable(thrown: unknown, signal: AbortSignal | undefined): unknown {
    if (signal?.aborted) return signal.reason;
    if (thrown instanceof EngineError) return thrown;
    const error = unreachable(this.#config.server, thrown);
    if (!this.#away && !this.#isClosed) {
      this.#away = true;
      this.#tell.kubeAway({ server: this.#config.server, error });
    }
    return error;
  }
}

const unreachable = (server: string, thrown: unknown): EngineError =>
  new EngineError('UNREACHABLE_KUBE', { server, reason: tlsReason(thrown) ?? reasonOf(thrown) }, { cause: thrown });

/** OpenSSL's own words; its whole message begins with addresses in memory. */
function tlsReason(thrown: unknown): string | undefined {
  const { library, reason } = thrown as { library?: unknown; reason?: unknown };
  return library === 'SSL routines' && typeof reason === 'string' ? `TLS: ${reason}` : undefined;
}

/** One signal may end hundreds of calls that are in flight; Node takes more than ten listeners for a leak. */
function allowManyListeners(signal: AbortSignal | undefined): void {
  if (signal) setMaxListeners(0, signal);
}

/** A kept connection that the server closed just when it was used again looks like this. */
function connectionWasClosed(thrown: unknown): boolean {
  const code = (thrown as { code?: string }).code;
  return code === 'UND_ERR_SOCKET' || code === 'ECONNRESET' || code === 'EPIPE';
}

/** Opens connections with the TLS files as they are then: certificates are renewed while we run. */
function connector(config: KubeConfig, timeout: number): buildConnector.connector {
  let made: { from: object; connect: buildConnector.connector } | undefined;
  return (options, callback) => {
    config.tls().then(
      (tls) => {
        if (made?.from !== tls) made = { from: tls, connect: buildConnector({ ...tls, timeout }) };
        made.connect(options, callback);
      },
      (thrown) => callback(thrown as Error, null),
    );
  };
}
