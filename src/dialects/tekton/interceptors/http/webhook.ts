/** The older form of an interceptor: it is sent the call, and answers with the headers and the body to go on with. */

import { failureOf } from '../../../../../sensors/triggers/http/judge.ts';
import { canonicalName, type Headers } from '../../../../core/http/call.ts';
import type { JsonObject } from '../../../../core/json/json.ts';
import { setRaw } from '../../../../core/json/set-path/index.ts';
import { goJson } from '../../../../core/json/stringify.ts';
import type { InterceptorEntry } from '../../kinds/interceptor-spec.ts';
import { ListenerCall } from '../../listener/call.ts';
import { code, passes, stops } from '../answer.ts';
import type { Answer, Interceptor } from '../interceptor.ts';
import { odd } from './interceptor.ts';
import { post, shownPost } from './post.ts';

const within = 5_000;

type WebhookHeader = NonNullable<NonNullable<InterceptorEntry['webhook']>['header']>;

/**
 * A refusal of the server (a status of 4xx that is about this call) stops the call, since these servers can say no in no other way; any
 * other status but 200 is an error, tried again where that may help.
 */
export function webhookInterceptor(url: string, header: WebhookHeader = []): Interceptor {
  return {
    name: URL.canParse(url) ? new URL(url).host : url,
    takesForms: true,
    decide: () => undefined,
    async ask({ call, extensions }, context) {
      const headers = sentHeaders(call, header);
      const body = Object.keys(extensions).length === 0 ? call.bytes : withExtensions(call.body, extensions);
      const answer = await post({ url, headers, body, within }, context);
      if (answer.status === 200) return { continue: true, extensions: {}, call: answered(call, answer.headers(), answer.text) };
      const failure = failureOf(shownPost(url), answer, undefined, context.clock.now()) ?? odd(url, answer.status);
      if (isRefusal(answer.status)) return refused(failure.message);
      throw failure;
    },
    unasked: () => ({ answer: passes(), would: `be asked: ${shownPost(url)}` }),
  };
}

const answered = ({ url }: ListenerCall, header: Headers, body = ''): ListenerCall => new ListenerCall({ url, header, body });

/** About the call; not that there is nothing at this address, or that it is too early, too much or too slow. */
const isRefusal = (status: number): boolean => status >= 400 && status < 500 && ![404, 405, 408, 425, 429].includes(status);

const refused = (because: string): Answer => stops(code.failedPrecondition, because);

/** Of one connection, and of the body as it came. */
const own = /^(?:Connection|Keep-Alive|Proxy-.*|Te|Trailer|Transfer-Encoding|Upgrade|Expect|Host|Content-Length|Accept-Encoding)$/;

/** The headers of the call, with those of the entry instead of the same ones, and where the call was sent to. */
export function sentHeaders(call: ListenerCall, header: WebhookHeader): Headers {
  return {
    ...Object.fromEntries(Object.entries(call.header).filter(([name]) => !own.test(name))),
    'Eventlistener-Request-Url': [call.url],
    ...Object.fromEntries(header.map(({ name, value }) => [canonicalName(name), [value].flat()])),
  };
}

/** The body with each extension below its `extensions`. Throws EngineError CONFIG_PATH where the body is no object. */
export function withExtensions(body: string, extensions: JsonObject): string {
  return Object.entries(extensions).reduce((text, [name, value]) => setRaw(text, `extensions.${name}`, goJson(value)), body);
}
