/** Where an answer sends a request on to, as Go's client goes there. */
export interface HttpRequest<Value = string> {
  readonly method: string;
  readonly url: URL;
  /** Names as they are to be written; no two differ by case only. */
  readonly headers: Readonly<Record<string, Value>>;
  /** What the `Host` header says where it is not the URL's host. */
  readonly host?: string | undefined;
  readonly body?: string | Uint8Array | undefined;
  /** Names of headers that are for this server alone, beside those that prove who we are. */
  readonly confidential?: readonly string[] | undefined;
}

/** Not shown to other hosts than the one that the author named. */
const secret = /^(?:authorization|www-authenticate|cookie|cookie2)$/i;
const ofBody = /^content-/i;

/**
 * The request that follows; undefined when the answer is the last one. 301, 302 and 303 become a GET without a body (a HEAD stays one),
 * 307 and 308 are sent again as they are. What proves who we are and what is confidential is left out for another host, though not for
 * one below the first, and where https leads to http.
 * Throws a TypeError for a `location` that is no URL.
 */
export function redirected<Value>(
  request: HttpRequest<Value>,
  status: number,
  location: string | undefined,
  first: URL,
): HttpRequest<Value> | undefined {
  if (![301, 302, 303, 307, 308].includes(status) || !location) return undefined;
  const url = new URL(location, request.url);
  const keepsBody = status === 307 || status === 308;
  const isKnown = mayKnow(first, url);
  const { confidential = [] } = request;
  const mayGo = (name: string) => isKnown || !(secret.test(name) || confidential.includes(name));
  const headers = Object.entries(request.headers).filter(([name]) => mayGo(name) && (keepsBody || !ofBody.test(name)));
  return {
    method: keepsBody || request.method === 'HEAD' ? request.method : 'GET',
    url,
    headers: Object.fromEntries(headers),
    confidential,
    ...(keepsBody ? { body: request.body } : {}),
    // A place on the same server is asked for under the same name.
    ...(URL.canParse(location) ? {} : { host: request.host }),
  };
}

/** Whether what proves who we are to the first place may be shown to another one. */
export function mayKnow(first: URL, other: URL): boolean {
  const isSafe = first.protocol === 'http:' || other.protocol === 'https:';
  return isSafe && (other.hostname === first.hostname || other.hostname.endsWith(`.${first.hostname}`));
}
