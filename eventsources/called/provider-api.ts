import { hideIn, secretsInHeader } from '../../src/core/access/hide.ts';
import type { TlsOptions } from '../../src/core/access/tls.ts';
import { EngineError } from '../../src/core/errors/engine-error.ts';
import { HttpClient } from '../../src/core/http/client.ts';
import { shownUrl } from '../../src/core/http/url.ts';
import type { Json } from '../../src/core/json/json.ts';
import { parseJson } from '../../src/core/json/parse.ts';
import type { EventSourceContext } from '../event-source.ts';

export interface ProviderOptions {
  /** What paths are appended to. */
  readonly base: string;
  /** Read anew for each request. */
  readonly headers: () => Promise<Readonly<Record<string, string>>>;
  readonly tls?: TlsOptions | undefined;
}

/** Milliseconds for one request, and for one that has to be done while we stop. */
const within = 20_000;
const whileStopping = 900;
const keep = 1024 * 1024;

/** The API of a provider that calls us: JSON in, JSON out. */
export class ProviderApi implements AsyncDisposable {
  readonly #client: HttpClient;
  readonly #options: ProviderOptions;
  readonly #context: Pick<EventSourceContext, 'signal' | 'clock'>;
  #headers: Readonly<Record<string, string>> = {};
  #isClosed = false;

  constructor(options: ProviderOptions, context: Pick<EventSourceContext, 'signal' | 'clock'>) {
    this.#client = new HttpClient(options.tls);
    this.#options = options;
    this.#context = context;
  }

  /**
   * The answer, undefined when it is empty. `own` headers stand in the place of the usual ones. Rejects with UNREACHABLE_RECEIVER,
   * REMOTE_RECEIVER and REMOTE_RECEIVER_AUTH. After the signal has aborted a request still gets a moment, with the headers of the last one,
   * so that what was made can be taken away.
   */
  async ask(method: string, path: string, body?: Json, own?: Readonly<Record<string, string>>): Promise<Json | undefined> {
    const { signal, clock } = this.#context;
    if (!own && !signal.aborted) this.#headers = await this.#options.headers();
    const url = new URL(`${this.#options.base.replace(/\/+$/, '')}${path}`);
    const headers = { Accept: 'application/json', 'User-Agent': 'sensorium', ...(own ?? this.#headers) };
    const sent = body === undefined ? {} : { body: JSON.stringify(body) };
    const answer = await this.#client.send(
      { method, url, headers: { ...(body === undefined ? {} : { 'Content-Type': 'application/json' }), ...headers }, ...sent },
      signal.aborted ? { signal: new AbortController().signal, clock, within: whileStopping, keep } : { signal, clock, within, keep },
    );
    // Gerrit puts a line before its JSON that no script can run.
    const text = answer.text?.replace(/^\)\]\}'\n/, '') ?? '';
    if (answer.status < 200 || answer.status > 299)
      throw refusal(`${method} ${shownUrl(url.href)}`, url.host, answer.status, hideIn(text, secretsIn(headers, body)));
    return text.trim() === '' ? undefined : parseJson(text);
  }

  /** May be called twice. */
  async [Symbol.asyncDispose](): Promise<void> {
    if (this.#isClosed) return;
    this.#isClosed = true;
    await this.#client[Symbol.asyncDispose]();
  }
}

/** What we have shown of ourselves, and secrets of webhooks that we make. */
function secretsIn(headers: Readonly<Record<string, string>>, body: Json | undefined): string[] {
  const own = Object.entries(headers).flatMap(([name, value]) => (usual.has(name) ? [] : secretsInHeader(value)));
  return [...own, ...secretFields(body)];
}

const usual: ReadonlySet<string> = new Set(['Accept', 'User-Agent', 'Content-Type']);

function secretFields(value: Json | undefined): string[] {
  if (typeof value !== 'object' || value === null) return [];
  return Object.entries(value).flatMap(([name, inner]) =>
    typeof inner === 'string' ? (/secret|token|password/i.test(name) ? [inner] : []) : secretFields(inner),
  );
}

function refusal(what: string, server: string, status: number, text: string): EngineError {
  const reason = `${what} is answered with ${status}${text ? `: ${text.slice(0, 300)}` : ''}`;
  const code = status === 401 || status === 403 ? 'REMOTE_RECEIVER_AUTH' : 'REMOTE_RECEIVER';
  return new EngineError(
    code,
    { server, reason, status },
    code === 'REMOTE_RECEIVER_AUTH' ? { hint: 'check the Secret that the entry names' } : {},
  );
}

/** Whether a provider has answered with this status. */
export const hasStatus = (thrown: unknown, status: number): boolean => thrown instanceof EngineError && thrown.fields['status'] === status;

/** A list of objects in an answer; nothing when it is none. */
export const objectsIn = (json: Json | undefined): readonly { readonly [name: string]: Json }[] =>
  Array.isArray(json) ? (json.filter((one) => typeof one === 'object' && one !== null && !Array.isArray(one)) as never) : [];
