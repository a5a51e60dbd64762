/**
 * Sends requests to other people's servers, for triggers: connections are kept and used again, redirections are followed as Go's client
 * follows them, an answer is read whole and kept in part.
 */
import type { Socket } from 'node:net';
import type { Agent, Dispatcher } from 'undici';
import type { TlsOptions } from '../access/tls.ts';
import { EngineError } from '../errors/engine-error.ts';
import { reasonOf } from '../errors/from-unknown.ts';
import type { Clock } from '../time/clock.ts';
import { canonicalName, type Headers } from './call.ts';
import { type Answered, type AnswerHeaders, Exchange, type KeepingOf } from './exchange.ts';
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

export class HttpClient implements AsyncDisposable {
  readonly #tls: TlsOptions | undefined;
  /** From the first request on. */
  #agent: Promise<Agent> | undefined;
  /** That connect at the moment. */
  readonly #dialling = new Set<Socket>();
  readonly #inFlight = new Set<Promise<unknown>>();

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
    const running = new Running();
    const stop = () => running.end(signal.reason as Error);
    let isLate = false;
    const stopTimer = clock.after(within, () => {
      isLate = true;
      running.end(new Error('late'));
    });
    signal.addEventListener('abort', stop);
    if (signal.aborted) stop();
    const following = this.#follow(request, running, options);
    this.#inFlight.add(following);
    try {
      return await following;
    } catch (thrown) {
      if (thrown instanceof EngineError) throw thrown;
      const server = request.url.host;
      if (thrown instanceof MetadataAddress)
        throw new EngineError('REMOTE_RECEIVER', { server, reason: thrown.message }, { cause: thrown, retry: 'never' });
      const reason = isLate ? `it has not answered within ${within / 1000} s` : reasonOf(thrown);
      if (codeOf(thrown) === 'UND_ERR_INVALID_ARG') throw new EngineError('EVENT_RENDERED_INVALID', { problem: reason }, { cause: thrown });
      throw new EngineError('UNREACHABLE_RECEIVER', { server, reason }, { cause: thrown });
    } finally {
      this.#inFlight.delete(following);
      stopTimer();
      signal.removeEventListener('abort', stop);
    }
  }

  async #follow(first: Sendable, running: Running, { keep = 4096, isWhole = false }: SendOptions): Promise<HttpAnswer> {
    const keeping: KeepingOf = (headers) => {
      const wanted = typeof isWhole === 'function' ? isWhole((name) => firstOf(headers, name)) : isWhole;
      return { most: keep, tooLong: wanted ? () => tooLong(first.url.host, keep) : undefined };
    };
    let request = first;
    const been = new Set<string>();
    for (let redirections = 0; ; redirections++) {
      const { status, headers, bytes } = await this.#request(request, running, keeping);
      const header = (name: string) => firstOf(headers, name);
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

  async #request({ method, url, headers, host, body }: Sendable, running: Running, keeping: KeepingOf): Promise<Answered> {
    refuseMetadata(url.hostname);
    this.#agent ??= agentFor(this.#tls, this.#dialling);
    const agent = await this.#agent;
    const options = {
      origin: url.origin,
      path: url.pathname + url.search,
      method: method as Dispatcher.HttpMethod,
      headers: (host ? { ...headers, host } : headers) as Record<string, string | string[]>,
      body: body ?? null,
    };
    const exchange = new Exchange(keeping);
    running.begin(exchange);
    agent.dispatch(options, exchange);
    return exchange.answered;
  }

  /** Closes its connections once what is in flight has ended, and does not wait for those that nobody needs any more. */
  async [Symbol.asyncDispose](): Promise<void> {
    const closed = (await this.#agent)?.close();
    await Promise.allSettled(this.#inFlight);
    for (const socket of this.#dialling) socket.destroy(new Error('the client is closed'));
    await closed;
  }
}

/** The exchange that is under way, to be ended with the whole. */
class Running {
  #exchange: Exchange | undefined;
  #reason: Error | undefined;

  begin(exchange: Exchange): void {
    this.#exchange = exchange;
    if (this.#reason) exchange.abort(this.#reason);
  }

  end(reason: Error): void {
    this.#reason ??= reason;
    this.#exchange?.abort(this.#reason);
  }
}

async function agentFor(tls: TlsOptions | undefined, dialling: Set<Socket>): Promise<Agent> {
  const { Agent, buildConnector } = await import('undici');
  const connect = buildConnector({ timeout: 10_000, lookup: lookupOutside(), ...tls });
  return new Agent({
    // The certificate is that of the URL's host, whatever the `Host` header says.
    connect: (options, done) => {
      const settled: typeof done = (...outcome) => {
        dialling.delete(socket);
        done(...outcome);
      };
      // What is returned is the socket, though the types do not say so.
      const socket = connect({ ...options, servername: '' }, settled) as unknown as Socket;
      dialling.add(socket);
    },
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

const firstOf = (headers: AnswerHeaders, name: string): string | undefined => [headers[name] ?? []].flat()[0];

const tooLong = (server: string, most: number): EngineError =>
  new EngineError('REMOTE_RECEIVER', { server, reason: `it answers with more than ${most} bytes` });

const canonical = (headers: AnswerHeaders): Headers =>
  Object.fromEntries(Object.entries(headers).map(([name, value]) => [canonicalName(name), [value ?? []].flat()]));

const codeOf = (thrown: unknown): unknown => (thrown as { code?: unknown } | undefined)?.code;
