import type { BasicAuthSpec } from '../../../src/core/access/basic-auth.ts';
import { type SecureHeaderSpec, shownSecureValue } from '../../../src/core/access/secure-header.ts';
import type { TlsSpec } from '../../../src/core/access/tls.ts';
import { EngineError } from '../../../src/core/errors/engine-error.ts';
import { basicOf } from '../../../src/core/http/basic.ts';
import { shownUrl } from '../../../src/core/http/url.ts';
import type { Json } from '../../../src/core/json/json.ts';
import type { Clock } from '../../../src/core/time/clock.ts';
import { type Pieces, piecemeal } from '../../../src/core/time/pieces.ts';
import { type Block, compileBlock } from '../parameters/block.ts';
import { compilePayload, type Payload } from '../parameters/payload.ts';
import { compileSource, type Source } from '../parameters/source.ts';
import type { Firing } from '../trigger.ts';
import { check } from './check.ts';
import { type Headers, hasHeader, isOurs, shownHeaders, withHeader } from './headers.ts';
import { type HttpSpec, httpSpec } from './spec.ts';

/** An `http` block made ready for many firings. */
interface Prepared {
  readonly spec: HttpSpec;
  /** Without user and password; undefined for what is no http or https URL. */
  readonly url: URL | undefined;
  /** What the URL's user and password come to. */
  readonly authorization: string | undefined;
  readonly headers: Headers;
  readonly secureHeaders: readonly SecureHeaderSpec[];
  readonly dynamicHeaders: readonly { readonly name: string; readonly source: Source }[];
  readonly payload: Payload;
}

export type Ready = Block<Prepared>;

/** What a firing would send. What is in Secrets is not in it: that is read when it is sent. */
export interface Rendered {
  readonly method: string;
  /** Without user and password. */
  readonly url: URL;
  readonly host: string | undefined;
  readonly headers: Headers;
  readonly body: string | undefined;
  readonly secureHeaders: readonly SecureHeaderSpec[];
  readonly basicAuth: BasicAuthSpec | undefined;
  readonly tls: TlsSpec | undefined;
  /** Milliseconds. */
  readonly within: number;
}

export function compile(spec: HttpSpec, clock: Clock): Ready {
  const make = (read: HttpSpec): Prepared => ({
    spec: read,
    ...addressOf(read.url),
    secureHeaders: (read.secureHeaders ?? []).filter(({ name }) => name && !isOurs(name)),
    headers: Object.entries(read.headers ?? {}).reduce((headers, [name, value]) => withHeader(headers, name, value), {}),
    dynamicHeaders: (read.dynamicHeaders ?? []).map(({ dest, src }) => ({ name: dest, source: compileSource(src, { clock }) })),
    payload: compilePayload(read.payload ?? [], { clock }),
  });
  return compileBlock(spec, { schema: httpSpec, check: (read) => check(read, []), make }, clock);
}

/** Throws EngineError EVENT_*. */
export const render = piecemeal(function* (ready: Ready, _loaded: Json | undefined, firing: Firing): Pieces<Rendered> {
  const { spec, url, authorization, headers, secureHeaders, dynamicHeaders, payload } = yield* ready.pieces(firing.events);
  if (!url) throw new EngineError('EVENT_RENDERED_INVALID', { problem: `http.url: "${shownUrl(spec.url)}" is no http or https URL` });
  let all = headers;
  for (const { name, source } of dynamicHeaders) {
    const value = source(firing.events);
    if (value) all = withHeader(all, name, value.text);
    yield;
  }
  return {
    method: spec.method || 'POST',
    host: spec.host || undefined,
    headers: withDefaults(all, authorization, firing),
    url,
    body: yield* payload.pieces(firing.events),
    secureHeaders,
    basicAuth: spec.basicAuth,
    tls: spec.tls,
    within: (spec.timeout && spec.timeout > 0 ? spec.timeout : 60) * 1000,
  };
});

/** User and password go into a header, as Go's client sends them. */
function addressOf(text: string): Pick<Prepared, 'url' | 'authorization'> {
  const url = URL.canParse(text) ? new URL(text) : undefined;
  if (!url || !['http:', 'https:'].includes(url.protocol)) return { url: undefined, authorization: undefined };
  const authorization = basicOf(url);
  url.username = '';
  url.password = '';
  return { url, authorization };
}

/** The firing's id, by which a target can tell a repeat, the trace that an event belongs to, and who we are; the author's own words win. */
function withDefaults(headers: Headers, authorization: string | undefined, { id, events }: Firing): Headers {
  const all: Record<string, string> = {};
  const unlessSaid = (name: string, value: string | undefined): void => {
    if (value !== undefined && !hasHeader(headers, name)) all[name] = value;
  };
  unlessSaid('User-Agent', 'sensorium');
  unlessSaid('Idempotency-Key', id);
  for (const { extensions } of events.values()) {
    if (extensions['traceparent'] === undefined) continue;
    unlessSaid('traceparent', extensions['traceparent']);
    unlessSaid('tracestate', extensions['tracestate']);
    break;
  }
  unlessSaid('Authorization', authorization);
  for (const name in headers) all[name] = headers[name]!;
  return all;
}

/** One line; the query is left out, since keys are often in it. */
export const describe = ({ method, url }: Rendered): string => `${method} ${url.origin}${url.pathname}`;

export function show({ method, url, host, headers, body, secureHeaders, basicAuth }: Rendered): Json {
  const secure = Object.fromEntries(secureHeaders.map((header) => [header.name!, shownSecureValue(header)]));
  return {
    method,
    url: url.href,
    ...(host ? { host } : {}),
    headers: { ...shownHeaders(headers), ...secure, ...(basicAuth ? { Authorization: '<user and password of a Secret>' } : {}) },
    ...(body === undefined ? {} : { body }),
  };
}
