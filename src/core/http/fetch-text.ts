import type { Agent, Dispatcher } from 'undici';
import { EngineError } from '../errors/engine-error.ts';
import { reasonOf } from '../errors/from-unknown.ts';
import { basicOf } from './basic.ts';
import { lookupOutside, MetadataAddress, refuseMetadata } from './metadata.ts';
import { isUrl, shownUrl } from './url.ts';

export interface FetchOptions {
  readonly signal?: AbortSignal | undefined;
  /** False to take any certificate. */
  readonly verify?: boolean | undefined;
  /** The most bytes that are read. */
  readonly limit?: number;
  /** Milliseconds for everything, redirections too. */
  readonly within?: number;
}

const mostRedirections = 5;

/**
 * The text at an http or https URL, 1 MiB and 20 s at the most unless said otherwise. Follows redirections, but never from https to http.
 * A user and password in the URL are sent to its own host only. Rejects with CONFIG_FILE_MISSING that says why, or the signal's reason.
 */
export async function fetchText(text: string, options: FetchOptions = {}): Promise<string> {
  return ((await fetchPage(text, options)) as Page).text;
}

/** A text, and what tells it from an older or newer one: its ETag, or when it was changed last. */
export interface Page {
  readonly text: string;
  readonly mark: string | undefined;
}

/** As `fetchText`; with the `mark` of a page that we have, `same` when it has not changed since. */
export async function fetchPage(
  text: string,
  { signal, verify = true, limit = 1024 * 1024, within = 20_000, mark }: FetchOptions & { mark?: string | undefined } = {},
): Promise<Page | 'same'> {
  const refuse = (reason: string, cause?: unknown): EngineError =>
    new EngineError(
      'CONFIG_FILE_MISSING',
      { file: shownUrl(text), reason },
      { cause, retry: cause instanceof MetadataAddress ? 'never' : 'backoff' },
    );
  if (!isUrl(text) || !URL.canParse(text)) throw refuse('it is no http or https URL');
  const deadline = AbortSignal.timeout(within);
  const { Agent } = await import('./undici.ts');
  const agent = new Agent({ connect: { rejectUnauthorized: verify, timeout: within, lookup: lookupOutside() } });
  try {
    const answer = await answerOf(new URL(text), agent, signal ? AbortSignal.any([signal, deadline]) : deadline, { refuse, mark });
    if (answer.statusCode === 304) return 'same';
    return { text: await bodyOf(answer, limit, refuse), mark: markOf(answer.headers) };
  } catch (thrown) {
    if (signal?.aborted) throw signal.reason;
    if (thrown instanceof EngineError) throw thrown;
    throw refuse(deadline.aborted ? `it did not come within ${within / 1000} s` : reasonOf(thrown), thrown);
  } finally {
    await agent.destroy();
  }
}

type Refuse = (reason: string) => EngineError;

/** An ETag is in quotes, a time is not. */
function markOf({ etag, 'last-modified': changed }: Dispatcher.ResponseData['headers']): string | undefined {
  const mark = etag ?? changed;
  return typeof mark === 'string' ? mark : undefined;
}

const unlessSame = (mark: string | undefined): Record<string, string> =>
  mark === undefined ? {} : mark.includes('"') ? { 'if-none-match': mark } : { 'if-modified-since': mark };

async function answerOf(
  first: URL,
  agent: Agent,
  signal: AbortSignal,
  { refuse, mark }: { refuse: Refuse; mark: string | undefined },
): Promise<Dispatcher.ResponseData> {
  let url = first;
  for (let redirections = 0; redirections <= mostRedirections; redirections++) {
    const authorization = basicOf(url);
    refuseMetadata(url.hostname);
    const headers = { 'user-agent': 'sensorium', ...(authorization ? { authorization } : {}), ...unlessSame(mark) };
    const answer = await agent.request({ origin: url.origin, path: url.pathname + url.search, method: 'GET', headers, signal });
    const { location } = answer.headers;
    if (answer.statusCode === 200 || (answer.statusCode === 304 && mark !== undefined)) return answer;
    if (![301, 302, 303, 307, 308].includes(answer.statusCode) || typeof location !== 'string')
      throw refuse(`the server answered ${answer.statusCode}`);
    const next = new URL(location, url);
    if (!isUrl(next.href) || (url.protocol === 'https:' && next.protocol === 'http:'))
      throw refuse(`it leads to ${next.protocol}//${next.host}, which is not safe`);
    url = next;
  }
  throw refuse(`it leads on more than ${mostRedirections} times`);
}

async function bodyOf({ body, headers }: Dispatcher.ResponseData, limit: number, refuse: Refuse): Promise<string> {
  const tooLarge = () => refuse(`it has more than ${limit} bytes`);
  if (Number(headers['content-length'] ?? 0) > limit) throw tooLarge();
  const chunks: Buffer[] = [];
  let size = 0;
  for await (const chunk of body as AsyncIterable<Buffer>) {
    size += chunk.length;
    if (size > limit) throw tooLarge();
    chunks.push(chunk);
  }
  return Buffer.concat(chunks).toString('utf8');
}
