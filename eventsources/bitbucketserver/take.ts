import { type Call, headerOf } from '../../src/core/http/call.ts';
import { isObject, type Json, type JsonObject } from '../../src/core/json/json.ts';
import { goJson } from '../../src/core/json/stringify.ts';
import type { Taken } from '../called/answer-calls.ts';
import { objectText, textOf } from '../called/body.ts';
import { draftOf, headersText } from '../called/draft.ts';
import { keepSecret } from '../called/keep-secret.ts';
import { objectsIn, type ProviderApi } from '../called/provider-api.ts';
import { checkHubSignature } from '../called/signed.ts';
import type { EventSourceContext } from '../event-source.ts';
import { repositoryPath } from './hooks.ts';
import type { BitbucketserverSpec } from './spec.ts';

/** A delivery of a Bitbucket Server. Its test call, which bears no signature, is answered and makes no event. */
export function takeBitbucketserver(
  spec: BitbucketserverSpec,
  context: EventSourceContext,
  api: ProviderApi,
): (call: Call) => Promise<Taken> {
  const { webhook, webhookSecret, metadata, oneEventPerChange, skipBranchRefsChangedOnOpenPR } = spec;
  const secret = webhookSecret && keepSecret(webhookSecret, context);
  return async (call) => {
    const kind = headerOf(call.headers, 'X-Event-Key');
    if (kind === 'diagnostics:ping') return { events: [] };
    const bytes = await call.body(webhook.maxPayloadSize);
    if (secret) checkHubSignature(call, bytes, await secret());
    const whole = objectText(textOf(bytes));
    let bodies = [whole.text];
    if (kind === 'repo:refs_changed' && (oneEventPerChange || skipBranchRefsChangedOnOpenPR)) {
      const changes = objectsIn(whole.object['changes']) as readonly JsonObject[];
      const left = skipBranchRefsChangedOnOpenPR && spec.accessToken ? await withoutOpen(whole.object, changes, api) : changes;
      if (left.length === 0 && changes.length > 0) return { events: [] };
      const groups = oneEventPerChange ? left.map((one) => [one]) : [[...left]];
      bodies =
        left.length === changes.length && groups.length <= 1 ? bodies : groups.map((some) => goJson({ ...whole.object, changes: some }));
    }
    const headers = headersText(call.headers);
    return { events: bodies.map((body) => draftOf(call, { fields: { headers, body }, metadata, namedIn: 'X-Request-Id', body }, context)) };
  };
}

/** The changes without those of branches with an open pull request. Where the server cannot be asked a change stays: better one too many. */
async function withoutOpen(body: JsonObject, changes: readonly JsonObject[], api: ProviderApi): Promise<JsonObject[]> {
  const repository = isObject(body['repository']) ? body['repository'] : {};
  const projectKey = isObject(repository['project']) ? `${repository['project']['key']}` : '';
  const place = repositoryPath({ projectKey, repositorySlug: `${repository['slug']}` });
  const isOpen = async ({ ref, type, toHash, refId }: JsonObject): Promise<boolean> => {
    if (!isObject(ref) || ref['type'] !== 'BRANCH' || type === 'DELETE') return false;
    const answer = await api.ask('GET', `${place}/commits/${encodeURIComponent(`${toHash}`)}/pull-requests`).catch(() => undefined);
    return requestsIn(answer).some(({ state, fromRef }) => state === 'OPEN' && isObject(fromRef) && fromRef['id'] === refId);
  };
  const left: JsonObject[] = [];
  for (const change of changes) if (!(await isOpen(change))) left.push(change);
  return left;
}

const requestsIn = (answer: Json | undefined) => objectsIn(isObject(answer) ? answer['values'] : undefined);
