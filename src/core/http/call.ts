/** A call of a route, as the one who answers it sees it. */
export interface Call {
  /** As sent, in capitals for all usual methods. */
  readonly method: string;
  /** With its escapes undone, without the query. */
  readonly path: string;
  /** What stands behind the `?`, as sent; empty when there is none. */
  readonly query: string;
  /** By canonical name, such as `X-Github-Event`, each with all its values. `Host` is not among them. */
  readonly headers: Headers;
  /**
   * The whole body. Rejects with a Refusal as soon as more than `limit` bytes are announced or have come (413), when the calls in work
   * hold too much already (503), and when the caller breaks off (400). Asked for at most once.
   */
  body(limit: number): Promise<Uint8Array>;
}

export type Headers = Readonly<Record<string, readonly string[]>>;

export interface Answer {
  readonly status: number;
  /** The body, in plain text unless `headers` says otherwise. */
  readonly text: string;
  readonly headers?: Readonly<Record<string, string>>;
}

/** For who calls what is about to end: another process takes the call. */
export const stopping: Answer = { status: 503, text: 'stopping', headers: { 'Retry-After': '1' } };

/** Rejects with a Refusal for what the caller did wrong. */
export type Answering = (call: Call) => Promise<Answer>;

/** A call that goes no further: its answer, with a status from 400 on. */
export class Refusal extends Error {
  override readonly name = 'Refusal';
  readonly answer: Answer;

  constructor(status: number, text: string, headers?: Answer['headers'], cause?: unknown) {
    super(text, cause === undefined ? undefined : { cause });
    this.answer = { status, text, ...(headers ? { headers } : {}) };
  }
}

/** The first value of a header; `name` in its canonical form. */
export const headerOf = (headers: Headers, name: string): string | undefined => headers[name]?.[0];

const usual =
  'Accept Accept-Encoding Accept-Language Authorization Cache-Control Connection Content-Encoding Content-Length Content-Type Expect Host Origin Referer Traceparent Transfer-Encoding User-Agent X-Forwarded-For X-Forwarded-Host X-Forwarded-Port X-Forwarded-Proto X-Real-Ip X-Request-Id';

/** What most calls come with, by the two ways in which callers write it: making a name out of another takes a microsecond. */
const canonicalNames: ReadonlyMap<string, string> = new Map(
  usual.split(' ').flatMap((name) => [
    [name, name],
    [name.toLowerCase(), name],
  ]),
);

/** A header's name as Go writes it: a capital at the beginning and after each `-`. What is no token stays as it is. */
export function canonicalName(name: string): string {
  const known = canonicalNames.get(name);
  if (known !== undefined) return known;
  if (!/^[\w!#$%&'*+\-.^`|~]+$/.test(name)) return name;
  return name.toLowerCase().replace(/(?:^|-)[a-z]/g, (start) => start.toUpperCase());
}

/** Node's flat list of names and values. */
export function headersOf(raw: readonly string[]): Headers {
  const headers: Record<string, string[]> = Object.create(null);
  for (let at = 0; at + 1 < raw.length; at += 2) {
    const name = canonicalName(raw[at]!);
    if (name === 'Host') continue;
    headers[name] ??= [];
    headers[name].push(raw[at + 1]!);
  }
  return headers;
}
