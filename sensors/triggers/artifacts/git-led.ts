import type { EngineError } from '../../../src/core/errors/engine-error.ts';
import { reasonOf } from '../../../src/core/errors/from-unknown.ts';
import { basicOf } from '../../../src/core/http/basic.ts';
import { HttpClient, type SendOptions } from '../../../src/core/http/client.ts';
import { mayKnow } from '../../../src/core/http/redirect.ts';
import { cannotRead } from './refuse.ts';

/** Where a repository is, and whether that place may know the user and password of the rule. */
export interface Place {
  readonly url: string;
  readonly isKnown: boolean;
}

/** Milliseconds for all redirections. */
const within = 20_000;

/** What git asks a server for first. */
const asked = '/info/refs?service=git-upload-pack';

/**
 * Where the server of a repository leads to: a URL with the same user and password as before, where it may know them. Redirections of what
 * git asks for first count, as in Argo; git itself follows none, since it would go anywhere. Undefined where they lead to no repository.
 *
 * `authorization` is what the server may want to see. Rejects with CONFIG_FILE_MISSING about `name`, without retry where it leads to where
 * a cloud keeps credentials, or with the signal's reason.
 */
export async function ledTo(
  url: string,
  name: string,
  authorization: string | undefined,
  { signal, clock }: Pick<SendOptions, 'signal' | 'clock'>,
): Promise<Place | undefined> {
  const first = new URL(url);
  const wanted = authorization ?? basicOf(first);
  const headers: Record<string, string> = wanted === undefined ? {} : { Authorization: wanted };
  const start = new URL(url.replace(/\/*$/, asked));
  await using client = new HttpClient();
  const last = await client.send({ method: 'GET', url: start, headers }, { signal, clock, within }).catch((cause: EngineError) => {
    signal.throwIfAborted();
    throw cannotRead(name, `the server leads to another place: ${reasonOf(cause)}`, { cause, retry: cause.retry });
  });
  if (!last.url.href.endsWith(asked)) return undefined;
  const place = new URL(last.url.href.slice(0, -asked.length));
  const isKnown = mayKnow(first, place);
  if (isKnown) Object.assign(place, { username: first.username, password: first.password });
  return { url: place.href, isKnown };
}
