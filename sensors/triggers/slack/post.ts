import { hideIn } from '../../../src/core/access/hide.ts';
import { EngineError } from '../../../src/core/errors/engine-error.ts';
import type { HttpAnswer } from '../../../src/core/http/client.ts';
import { retryAfter } from '../../../src/core/http/retry-after.ts';
import { isObject, type JsonObject } from '../../../src/core/json/json.ts';
import { keptHttpClient, keptSecrets } from '../kept-clients.ts';
import type { Outcome, TriggerContext } from '../trigger.ts';
import type { Rendered } from './render.ts';
import { Threads } from './threads.ts';

/** Slack's words for a token that it does not take. */
const refusals = [
  'not_authed',
  'invalid_auth',
  'account_inactive',
  'token_revoked',
  'token_expired',
  'no_permission',
  'org_login_required',
];
/** … and for what is wrong with the message, and would be the next time. */
const hopeless =
  /^(?:no_text|msg_too_long|msg_blocks_too_long|too_many_attachments|attachment_payload_limit_exceeded|invalid_(?:blocks|attachments|arguments|metadata).*)$/;

/** Posts it. Rejects with UNREACHABLE_RECEIVER, REMOTE_RECEIVER_AUTH or REMOTE_RECEIVER, and as `Secrets` do. */
export async function post(rendered: Rendered, context: TriggerContext): Promise<Outcome> {
  const { clients, firing } = context;
  const { url, threadKey, message, broadcast } = rendered;
  if (threadKey === undefined) await send(rendered, message, context);
  else {
    const threads = await clients.get(`slack ${firing.namespace} ${firing.sensor} ${url}`, async () => new Threads());
    await threads.post(`${message.channel} ${threadKey}`, (thread) =>
      send(rendered, thread === undefined ? message : { ...message, thread_ts: thread, reply_broadcast: broadcast }, context),
    );
  }
  return { summary: `posted to the channel ${message.channel}` };
}

/** Answers the timestamp by which Slack names the message. */
async function send({ url, token }: Rendered, message: JsonObject, context: TriggerContext): Promise<string> {
  const { clock, signal } = context;
  const secrets = await keptSecrets(context);
  const { client } = await keptHttpClient(undefined, context);
  const shown = token ? await secrets.secret(token) : '';
  const headers = {
    'User-Agent': 'sensorium',
    'Content-Type': 'application/json; charset=utf-8',
    Authorization: `Bearer ${shown}`,
  };
  const request = { method: 'POST', url: new URL(url), headers, body: JSON.stringify(message) };
  const answer = await client.send(request, { signal, clock, within: 30_000, keep: 64 * 1024 });
  const { ok, ts, error } = answerOf(answer);
  if (answer.status === 200 && ok === true) return String(ts);
  const reason = typeof error === 'string' ? hideIn(error, [shown]) : `the answer was ${answer.status}`;
  if (refusals.includes(reason)) {
    secrets.forget();
    throw new EngineError('REMOTE_RECEIVER_AUTH', { server: request.url.host, reason });
  }
  const after = retryAfter(answer.header('retry-after'), clock.now());
  const retry = hopeless.test(reason) ? 'never' : after === undefined ? 'backoff' : { after };
  throw new EngineError('REMOTE_RECEIVER', { server: request.url.host, reason }, { retry });
}

function answerOf({ text }: HttpAnswer): Record<string, unknown> {
  try {
    const value = JSON.parse(text ?? '');
    return isObject(value) ? value : {};
  } catch {
    return {};
  }
}
