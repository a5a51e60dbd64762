/**
 * Sends requests to other people's servers, for triggers: connections are kept and used again, redirections are followed as Go's client
 * follows them, an answer is read whole and kept in part.
 */
import type { Agent, Dispatcher } from 'undici';
import type { TlsOptions } from '../access/tls.ts';
import { EngineError } from '../errors/engine-error.ts';
import { reasonOf } from '../errors/from-unknown.ts';
import type { Clock } from '../time/clock.ts';
import { canonicalName, type Headers } from './call.ts';
import { shownUrl } from './fetch-text.ts';
import { lookupOutside, MetadataAddress, refuseMetadata } from './metadata.ts';
import { type HttpRequest, redirected } from './redirect.ts';

export interface HttpAnswer {
  readonly status: number;
  /** By name in lower case. */
  readonly header: (name: string) => string | undefined;
  /** All of them, by canonical name. */
  readonly headers: () => Headers;
  /** The beginning of the body, as text; undefined when there was none. */
  readonly text: string | undefined;
  /** The same as it came. */
  readonly bytes: Uint8Array | undefined;
}

/** A request of which a header may have several values. */
type Sendable = HttpRequest<string | readonly string[]>;

export interface SendOptions {
  readonly signal: AbortSignal;
  readonly clock: Clock;
  /** Milliseconds for everything, redirections too. */
  readonly within: number;
  /** How many bytes of the answer are kept. 4 kB when left out. */
  readonly keep?: number;
  /** True where a part of the answer is worth nothing: one that is longer, or breaks off, is an error. Its headers may say so. */
  readonly isWhole?: boolean | ((header: HttpAnswer['header']) => boolean);
}

const mostRedirections = 10;
/** So much of an answer is read to the end, so that its connection can be used again; after more than that it is closed. */
const readAtMost = 1024 * 1024;

export class HttpClient implements AsyncDisposable {
  readonly #tls: TlsOptions | undefined;
  /** From the first request on. */
  #agent: Promise<Agent> | undefined;

  constructor(tls?: TlsOptions) {
    this.#tls = tls;
  }

  /**
   * Resolves with the last answer, whatever its status. Rejects with UNREACHABLE_RECEIVER when none comes in time, with
   * REMOTE_RECEIVER when the server leads in a circle or nowhere, sends more than is wanted whole, or is where a cloud keeps credentials,
   * and with EVENT_RENDERED_INVALID when it cannot be sent at all.
   */
  async send(request: Sendable, options: SendOptions): Promise<HttpAnswer> {
    const { signal, clock, within } = options;
    const abort = new AbortController();
    const stop = () => abort.abort(signal.reason);
    let isLate = false;
    const stopTimer = clock.after(within, () => {
      isLate = true;
      abort.abort();
    });
    signal.addEventListener('abort', stop);
    if (signal.aborted) stop();
    try {
      return await this.#follow(request, abort.signal, options);
    } catch (thrown) {
      if (thrown instanceof EngineError) throw thrown;
      const server = request.url.host;
      if (thrown instanceof MetadataAddress)
        throw new EngineError('REMOTE_RECEIVER', { server, reason: thrown.message }, { cause: thrown, retry: 'never' });
      const reason = isLate ? `it has not answered within ${within / 1000} s` : reasonOf(thrown);
      if (codeOf(thrown) === 'UND_ERR_INVALID_ARG') throw new EngineError('EVENT_RENDERED_INVALID', { problem: reason }, { cause: thrown });
      throw new EngineError('UNREACHABLE_RECEIVER', { server, reason }, { cause: thrown });
    } finally {
      stopTimer();
      signal.removeEventListener('abort', stop);
    }
  }

  async #follow(first: Sendable, signal: AbortSignal, { keep = 4096, isWhole = false }: SendOptions): Promise<HttpAnswer> {
    let request = first;
    const been = new Set<string>();
    for (let redirections = 0; ; redirections++) {
      const { statusCode: status, headers, body } = await this.#request(request, signal);
      const header = (name: string) => [headers[name] ?? []].flat()[0];
      const wanted = typeof isWhole === 'function' ? isWhole(header) : isWhole;
      const bytes = wanted ? await wholeOf(body, keep, first.url.host) : await beginningOf(body, keep);
      const next = nextOf(request, status, header('location'), first.url);
      if (!next) return { status, header, headers: () => canonical(headers), text: bytes?.toString('utf8'), bytes };
      been.add(`${request.method} ${request.url.href}`);
      const refuse = (reason: string) => new EngineError('REMOTE_RECEIVER', { server: first.url.host, reason });
      if (been.has(`${next.method} ${next.url.href}`))
        throw refuse(`its redirections lead in a circle, back to ${shownUrl(next.url.href)}`);
      if (redirections === mostRedirections) throw refuse(`it redirects more than ${mostRedirections} times`);
      if (!['http:', 'https:'].includes(next.url.protocol))
        throw refuse(`it redirects to ${shownUrl(next.url.href)}, which is no http or https URL`);
      request = next;
    }
  }

  async #request({ method, url, headers, host, body }: Sendable, signal: AbortSignal): Promise<Dispatcher.ResponseData> {
    refuseMetadata(url.hostname);
    this.#agent ??= agentFor(this.#tls);
    return (await this.#agent).request({
      origin: url.origin,
      path: url.pathname + url.search,
      method: method as Dispatcher.HttpMethod,
      headers: (host ? { ...headers, host } : headers) as Record<string, string | string[]>,
      body: body ?? null,
      signal,
    });
  }

  /** Closes its connections once what is in flight has ended. */
  async [Symbol.asyncDispose](): Promise<void> {
    await (await this.#agent)?.close();
  }
}

async function agentFor(tls: TlsOptions | undefined): Promise<Agent> {
  const { Agent, buildConnector } = await import('undici');
  const connect = buildConnector({ timeout: 10_000, lookup: lookupOutside(), ...tls });
  return new Agent({
    // The certificate is that of the URL's host, whatever the `Host` header says.
    connect: (options, done) => connect({ ...options, servername: '' }, done),
    // The deadline in `send` stands for it.
    headersTimeout: 0,
    // Silence in the middle of a body.
    bodyTimeout: 5_000,
  });
}

function nextOf(request: Sendable, status: number, location: string | undefined, first: URL): Sendable | undefined {
  try {
    return redirected(request, status, location, first);
  } catch (cause) {
    throw new EngineError('REMOTE_RECEIVER', { server: first.host, reason: 'it redirects to what is no URL' }, { cause });
  }
}

/** A body that breaks off or does not end changes nothing: the answer was in its status. */
async function beginningOf(body: Dispatcher.ResponseData['body'], keep: number): Promise<Buffer | undefined> {
  const chunks: Buffer[] = [];
  let size = 0;
  try {
    for await (const chunk of body as AsyncIterable<Buffer>) {
      if (size < keep) chunks.push(chunk.subarray(0, keep - size));
      size += chunk.length;
      if (size > Math.max(readAtMost, keep)) break;
    }
  } catch {}
  return size === 0 ? undefined : Buffer.concat(chunks);
}

async function wholeOf(body: Dispatcher.ResponseData['body'], most: number, server: string): Promise<Buffer | undefined> {
  const chunks: Buffer[] = [];
  let size = 0;
  for await (const chunk of body as AsyncIterable<Buffer>) {
    size += chunk.length;
    if (size > most) throw new EngineError('REMOTE_RECEIVER', { server, reason: `it answers with more than ${most} bytes` });
    chunks.push(chunk);
  }
  return size === 0 ? undefined : Buffer.concat(chunks);
}

const canonical = (headers: Dispatcher.ResponseData['headers']): Headers =>
  Object.fromEntries(Object.entries(headers).map(([name, value]) => [canonicalName(name), [value ?? []].flat()]));

const codeOf = (thrown: unknown): unknown => (thrown as { code?: unknown } | undefined)?.code;
