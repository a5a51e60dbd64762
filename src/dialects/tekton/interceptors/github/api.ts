import type { Retry } from '../../../../core/errors/codes.ts';
import { EngineError } from '../../../../core/errors/engine-error.ts';
import { type HttpAnswer, HttpClient } from '../../../../core/http/client.ts';
import { retryAfter } from '../../../../core/http/retry-after.ts';
import type { Json } from '../../../../core/json/json.ts';
import { parseJson } from '../../../../core/json/parse.ts';
import { unmet } from '../answer.ts';
import type { Answer, InterceptorContext, InterceptorRequest } from '../interceptor.ts';

/** Where GitHub is asked. */
export interface Places {
  /** The address of the API of github.com. */
  readonly api: string;
  /** Enterprise servers that may be asked with our token, where a call says that it comes from one. */
  readonly enterpriseHosts: readonly string[];
}

/** Milliseconds for one question, and the most that is read of an answer. */
const within = 10_000;
const keep = 16 * 1024 * 1024;
const mostPages = 100;

const hostHeader = 'X-Github-Enterprise-Host';

/** Stops a call that wants our token sent to a server that is not listed: anybody can write that header. */
export function checkHost({ call }: InterceptorRequest, { enterpriseHosts }: Places): Answer | undefined {
  const host = call.header[hostHeader]?.[0];
  if (!host || enterpriseHosts.includes(host)) return undefined;
  return unmet(`${hostHeader} is \`${host}\`, and that server is not among enterpriseHosts`);
}

/** The API of the server that a call comes from, asked with this token where there is one. */
export class GithubApi {
  readonly #base: string;
  readonly #token: string | undefined;
  readonly #context: InterceptorContext;

  constructor({ call }: InterceptorRequest, { api }: Places, token: string | undefined, context: InterceptorContext) {
    const host = call.header[hostHeader]?.[0];
    this.#base = host ? `https://${host}/api/v3` : api.replace(/\/+$/, '');
    this.#token = token;
    this.#context = context;
  }

  /**
   * The answer; undefined where there is nothing (404). Rejects with UNREACHABLE_RECEIVER, REMOTE_RECEIVER and REMOTE_RECEIVER_AUTH.
   */
  async get(path: string): Promise<Json | undefined> {
    return (await this.#ask(path))?.json;
  }

  /** The lists of all pages, one page at a time; undefined instead of the first where there is nothing. */
  async *pages(path: string): AsyncGenerator<readonly Json[] | undefined> {
    for (let page = 1; page <= mostPages; page++) {
      const answer = await this.#ask(`${path}?per_page=100&page=${page}`);
      yield answer && (Array.isArray(answer.json) ? answer.json : []);
      if (!answer?.hasNext) return;
    }
  }

  async #ask(path: string): Promise<{ json: Json; hasNext: boolean } | undefined> {
    const { clients, clock, signal } = this.#context;
    const url = new URL(`${this.#base}${path}`);
    const client = await clients.get('http github', async () => new HttpClient());
    const headers = {
      Accept: 'application/vnd.github+json',
      'User-Agent': 'sensorium',
      'X-GitHub-Api-Version': '2022-11-28',
      ...(this.#token ? { Authorization: `Bearer ${this.#token}` } : {}),
    };
    const answer = await client.send({ method: 'GET', url, headers }, { signal, clock, within, keep, isWhole: true });
    if (answer.status === 404) return undefined;
    if (answer.status < 200 || answer.status > 299) throw refusal(url, answer, clock.now());
    try {
      return { json: parseJson(answer.text ?? ''), hasNext: /rel="next"/.test(answer.header('link') ?? '') };
    } catch (cause) {
      throw new EngineError('REMOTE_RECEIVER', { server: url.host, reason: `GET ${url.pathname} is answered with no JSON` }, { cause });
    }
  }
}

/** Limits of GitHub's own end at a time that it names; who may not see something may be let see it later. */
function refusal(url: URL, { status, header, text }: HttpAnswer, now: number): EngineError {
  const reason = `GET ${url.pathname} is answered with ${status}${text ? `: ${text.slice(0, 300)}` : ''}`;
  const isLimit = status === 429 || header('x-ratelimit-remaining') === '0' || header('retry-after') !== undefined;
  const seconds = Number(header('x-ratelimit-reset') ?? Number.NaN);
  const reset = Number.isNaN(seconds) ? undefined : Math.max(1_000, Math.min(3_600_000, seconds * 1000 - now));
  const after = isLimit ? (retryAfter(header('retry-after'), now) ?? reset) : undefined;
  const retry: Retry = after === undefined ? 'backoff' : { after };
  const isAuth = (status === 401 || status === 403) && !isLimit;
  return new EngineError(
    isAuth ? 'REMOTE_RECEIVER_AUTH' : 'REMOTE_RECEIVER',
    { server: url.host, reason },
    { retry, ...(isAuth ? { hint: 'check the Secret that `personalAccessToken` names' } : {}) },
  );
}
