/** An interceptor that is a server of its own, asked in Tekton's protocol: the call in, `continue` and extensions out. */

import { failureOf } from '../../../../../sensors/triggers/http/judge.ts';
import { EngineError } from '../../../../core/errors/engine-error.ts';
import type { JsonObject } from '../../../../core/json/json.ts';
import { goJson } from '../../../../core/json/stringify.ts';
import { passes } from '../answer.ts';
import type { Interceptor, InterceptorRequest } from '../interceptor.ts';
import { type Params, valuesOf } from '../params.ts';
import { post, shownPost } from './post.ts';
import { readResponse } from './response.ts';

/** Milliseconds: nothing that a sender waits for may take long. */
const within = 10_000;

interface Server {
  /** What the author calls it. */
  readonly name: string;
  readonly url: string;
  /** PEM. */
  readonly ca: string | undefined;
}

/** Asks rejects as `post` does, with REMOTE_HTTP for any status but 200, and with REMOTE_RECEIVER for an answer that is none. */
export function httpInterceptor({ name, url, ca }: Server, params: Params): Interceptor {
  const settings = valuesOf(params);
  return {
    name,
    decide: () => undefined,
    async ask(request, context) {
      const body = goJson(question(request, settings));
      const answer = await post({ url, headers: { 'Content-Type': 'application/json' }, body, within, ca }, context);
      if (answer.status !== 200) throw failureOf(shownPost(url), answer, undefined, context.clock.now()) ?? odd(url, answer.status);
      return readResponse(answer.text ?? '', new URL(url).host);
    },
    unasked: () => ({ answer: passes(), would: `be asked: ${shownPost(url)}` }),
  };
}

function question({ call, extensions, eventId, triggerId }: InterceptorRequest, settings: JsonObject): JsonObject {
  const header = Object.fromEntries(Object.entries(call.header).map(([name, values]) => [name, [...values]]));
  return {
    body: call.body,
    header,
    extensions,
    interceptor_params: settings,
    context: { event_url: call.url, event_id: eventId, trigger_id: triggerId },
  };
}

/** A success that is none: the protocol knows 200 only. */
export const odd = (url: string, status: number): EngineError =>
  new EngineError('REMOTE_HTTP', { request: shownPost(url), status, text: ', and an interceptor answers with 200' });
