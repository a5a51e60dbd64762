import { EngineError } from '../../../../core/errors/engine-error.ts';
import { type HttpAnswer, HttpClient } from '../../../../core/http/client.ts';
import { shownUrl } from '../../../../core/http/url.ts';
import type { InterceptorContext } from '../interceptor.ts';

/** The most that is read of an answer: as much as the body of a call may have, and the extensions beside it. */
const keep = 32 * 1024 * 1024;

interface Post {
  readonly url: string;
  readonly headers: Readonly<Record<string, string | readonly string[]>>;
  readonly body: string | Uint8Array;
  /** Milliseconds for everything. */
  readonly within: number;
  /** Certificates of the authority that signed the server's, PEM. */
  readonly ca?: string | undefined;
}

/** The whole answer. Rejects with UNREACHABLE_RECEIVER, REMOTE_RECEIVER, and EVENT_RENDERED_INVALID for what cannot be sent. */
export async function post({ url, headers, body, within, ca }: Post, { clients, clock, signal }: InterceptorContext): Promise<HttpAnswer> {
  if (!URL.canParse(url)) throw new EngineError('EVENT_RENDERED_INVALID', { problem: `the interceptor's address "${url}" is no URL` });
  const client = await clients.get(
    `http interceptors ${ca ?? ''}`,
    async () => new HttpClient(ca ? { ca, rejectUnauthorized: true } : undefined),
  );
  return client.send({ method: 'POST', url: new URL(url), headers, body }, { signal, clock, within, keep, isWhole: true });
}

/** `POST http://checks.ci.svc/` */
export const shownPost = (url: string): string => `POST ${shownUrl(url)}`;
