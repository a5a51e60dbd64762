import { credentialsOf } from '../../../src/core/access/basic-auth.ts';
import { hideIn, secretsInHeader } from '../../../src/core/access/hide.ts';
import { secureValue } from '../../../src/core/access/secure-header.ts';
import { EngineError } from '../../../src/core/errors/engine-error.ts';
import { basic } from '../../../src/core/http/basic.ts';
import type { HttpAnswer } from '../../../src/core/http/client.ts';
import { keptHttpClient, keptSecrets } from '../kept-clients.ts';
import type { Outcome, TriggerContext } from '../trigger.ts';
import { type Headers, withHeader } from './headers.ts';
import { failureOf } from './judge.ts';
import { describe, type Rendered } from './render.ts';

/** Sends it, with what the Secrets say now. Rejects as `HttpClient.send` and `Secrets` do, and for an answer that is a failure. */
export async function send(rendered: Rendered, context: TriggerContext): Promise<Outcome> {
  const { clock, signal, policy } = context;
  const { tls, method, url, host, body, within, secureHeaders, basicAuth } = rendered;
  const isSecret = basicAuth !== undefined || secureHeaders.length > 0;
  const { headers, hidden } = isSecret ? await withSecrets(rendered, context) : { headers: rendered.headers };
  const confidential = isSecret ? secureHeaders.map(({ name }) => name!) : undefined;
  const { client, drop } = await keptHttpClient(tls, context);
  let answer: HttpAnswer;
  try {
    answer = await client.send({ method, url, headers, host, body, confidential }, { signal, clock, within });
  } catch (thrown) {
    // The certificates may have been changed meanwhile.
    if (tls && thrown instanceof EngineError && thrown.code === 'UNREACHABLE_RECEIVER') {
      (await keptSecrets(context)).forget();
      drop();
    }
    throw thrown;
  }
  const { status, header } = answer;
  const text = answer.text && hidden ? hideIn(answer.text, hidden) : answer.text;
  if (status === 401) (await keptSecrets(context)).forget();
  const what = describe(rendered);
  const failure = failureOf(what, { status, header, text }, policy, clock.now());
  if (failure) throw failure;
  return { summary: `${what}: ${status}`, detail: text ? { status, body: text } : { status } };
}

async function withSecrets(
  { headers, secureHeaders, basicAuth }: Rendered,
  context: TriggerContext,
): Promise<{ headers: Headers; hidden: string[] }> {
  const secrets = await keptSecrets(context);
  const hidden: string[] = [];
  let all = headers;
  for (const header of secureHeaders) {
    const value = await secureValue(header, secrets);
    if (value === undefined) continue;
    hidden.push(value);
    all = withHeader(all, header.name!, value);
  }
  if (basicAuth) {
    const { username, password } = await credentialsOf(basicAuth, secrets);
    const value = basic(username, password);
    hidden.push(...secretsInHeader(value));
    all = withHeader(all, 'Authorization', value);
  }
  return { headers: all, hidden };
}
