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
import { InFlight, type Running } from './in-flight.ts';
import { lookupOutside, MetadataAddress, refuseMetadata } from './metadata.ts';
import { type HttpRequest, redirected } from './redirect.ts';
import { shownUrl } from './url.ts';

export interface HttpAnswer {
  /** Where it came from, after all redirections. */
  readonly url: URL;
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
  #agent: Agent | undefined;
  /** From the first request on. */
  #opening: Promise<Agent> | undefined;
  /** That connect at the moment. */
  readonly #dialling = new Set<Socket>();
  readonly #inFlight = new InFlight();

  constructor(tls?: TlsOptions) {
    this.#tls = tls;
  }

  /**
   * Resolves with the last answer, whatever its status. Rejects with UNREACHABLE_RECEIVER when none comes in time, with
   * REMOTE_RECEIVER when the server leads in a circle or nowhere, sends more than is wanted whole, or is where a cloud keeps credentials,
   * and with EVENT_RENDERED_INVALID when it cannot be sent at all.
   */
  async send(request: Sendable, options: SendOptions): Promise<HttpAnswer> {
    const running = this.#inFlight.begin(options);
    try {
      options.signal.throwIfAborted();
      return await this.#follow(request, running, options);
    } catch (thrown) {
      throw errorOf(thrown, request.url.host, running.isLate ? `it has not answered within ${options.within / 1000} s` : undefined);
    } finally {
      this.#inFlight.end(running);
    }
  }

  async #follow(first: Sendable, running: Running, { keep = 4096, isWhole = false }: SendOptions): Promise<HttpAnswer> {
    const keeping: KeepingOf = (headers) => {
      const wanted = typeof isWhole === 'function' ? isWhole((name) => firstOf(headers, name)) : isWhole;
      return { most: keep, tooLong: wanted ? () => tooLong(first.url.host, keep) : undefined };
    };
    const agent = this.#agent ?? (await this.#open());
    let request = first;
    const been: string[] = [];
    for (;;) {
      const { status, headers, bytes } = await exchanged(agent, request, running, keeping);
      const header = (name: string) => firstOf(headers, name);
      const next = nextOf(request, status, header('location'), first.url);
      if (!next) return { url: request.url, status, header, headers: () => canonical(headers), text: bytes?.toString('utf8'), bytes };
      been.push(nameOf(request));
      checkNext(next, been, first.url.host);
      request = next;
    }
  }

  async #open(): Promise<Agent> {
    this.#opening ??= agentFor(this.#tls, this.#dialling);
    this.#agent = await this.#opening;
    return this.#agent;
  }

  /** Closes its connections once what is in flight has ended, and does not wait for those that nobody needs any more. */
  async [Symbol.asyncDispose](): Promise<void> {
    const closed = (await this.#opening)?.close();
    await this.#inFlight.over();
    for (const socket of this.#dialling) socket.destroy(new Error('the client is closed'));
    await closed;
  }
}

function exchanged(agent: Agent, request: Sendable, running: Running, keeping: KeepingOf): Promise<Answered> {
  const { method, url, headers, host, body } = request;
  refuseMetadata(url.hostname);
  const exchange = new Exchange(keeping);
  running.begin(exchange);
  agent.dispatch(
    {
      origin: url.origin,
      path: url.pathname + url.search,
      method: method as Dispatcher.HttpMethod,
      headers: (host ? { ...headers, host } : headers) as Record<string, string | string[]>,
      body: body ?? null,
    },
    exchange,
  );
  return exchange.answered;
}

function errorOf(thrown: unknown, server: string, late: string | undefined): EngineError {
  if (thrown instanceof EngineError) return thrown;
  if (thrown instanceof MetadataAddress)
    return new EngineError('REMOTE_RECEIVER', { server, reason: thrown.message }, { cause: thrown, retry: 'never' });
  const reason = late ?? reasonOf(thrown);
  if (codeOf(thrown) === 'UND_ERR_INVALID_ARG') return new EngineError('EVENT_RENDERED_INVALID', { problem: reason }, { cause: thrown });
  return new EngineError('UNREACHABLE_RECEIVER', { server, reason }, { cause: thrown });
}

async function agentFor(tls: TlsOptions | undefined, dialling: Set<Socket>): Promise<Agent> {
  const { Agent, buildConnector } = await import('./undici.ts');
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

const nameOf = ({ method, url }: Sendable): string => `${method} ${url.href}`;

/** Throws REMOTE_RECEIVER where following the redirection makes no sense; `been` are those that were asked before. */
function checkNext(next: Sendable, been: readonly string[], server: string): void {
  const refuse = (reason: string) => new EngineError('REMOTE_RECEIVER', { server, reason });
  if (been.includes(nameOf(next))) throw refuse(`its redirections lead in a circle, back to ${shownUrl(next.url.href)}`);
  if (been.length > mostRedirections) throw refuse(`it redirects more than ${mostRedirections} times`);
  if (!['http:', 'https:'].includes(next.url.protocol))
    throw refuse(`it redirects to ${shownUrl(next.url.href)}, which is no http or https URL`);
}

function firstOf(headers: AnswerHeaders, name: string): string | undefined {
  const value = headers[name];
  return Array.isArray(value) ? value[0] : value;
}

const tooLong = (server: string, most: number): EngineError =>
  new EngineError('REMOTE_RECEIVER', { server, reason: `it answers with more than ${most} bytes` });

const canonical = (headers: AnswerHeaders): Headers =>
  Object.fromEntries(Object.entries(headers).map(([name, value]) => [canonicalName(name), [value ?? []].flat()]));

const codeOf = (thrown: unknown): unknown => (thrown as { code?: unknown } | undefined)?.code;
