import { sign } from 'node:crypto';
import { EngineError } from '../../src/core/errors/engine-error.ts';
import { reasonOf } from '../../src/core/errors/from-unknown.ts';
import { isObject, type Json } from '../../src/core/json/json.ts';
import { GivenSecrets, type Hook, type Hooks, hookUrl, sameEvents } from '../called/keep-hooks.ts';
import { hasStatus, objectsIn, ProviderApi } from '../called/provider-api.ts';
import type { EventSourceContext } from '../event-source.ts';
import { type GithubSpec, githubPlaces } from './spec.ts';

/** The webhooks to be made; undefined when we have no credentials or no public address. */
export function githubHooks(spec: GithubSpec, context: EventSourceContext): Hooks | undefined {
  const { webhook, apiToken, githubApp, githubBaseURL, webhookSecret, deleteHookOnFinish } = spec;
  const { secrets, signal } = context;
  if (!webhook.url || (!apiToken && !githubApp)) return undefined;
  const url = hookUrl(webhook.url, webhook.endpoint);
  const token = apiToken
    ? () => secrets.secret(apiToken, signal)
    : appTokens(githubApp!, (own, path) => api.ask('POST', path, undefined, own), context);
  const base = githubBaseURL ? enterprise(githubBaseURL) : 'https://api.github.com';
  const api = new ProviderApi({ base, headers: async () => headersFor(await token()) }, context);
  const given = new GivenSecrets();
  return {
    api,
    deleteOnFinish: deleteHookOnFinish,
    async wanted() {
      const secret = webhookSecret ? { secret: await secrets.secret(webhookSecret, signal) } : {};
      const config = { url, content_type: spec.contentType, insecure_ssl: spec.insecure ? '1' : '0', ...secret };
      return githubPlaces(spec).map((place) => hookOf(place, { active: spec.active, events: spec.events, config }, api, given));
    },
  };
}

interface Wanted {
  readonly active: boolean;
  readonly events: string[];
  readonly config: { readonly url: string; readonly content_type: string; readonly insecure_ssl: string; readonly secret?: string };
}

function hookOf(place: string, wanted: Wanted, api: ProviderApi, given: GivenSecrets): Hook {
  const path = `/${place}/hooks`;
  const { url, secret } = wanted.config;
  const find = async () =>
    objectsIn(await api.ask('GET', `${path}?per_page=100`)).find(({ config }) => isObject(config) && config['url'] === url);
  const make = async () => {
    const made = await api.ask('POST', path, { name: 'web', ...wanted }).catch(async (thrown) => {
      // 422: somebody else has made it meanwhile, or GitHub knows no such event.
      const other = hasStatus(thrown, 422) ? await find() : undefined;
      if (!other) throw thrown;
      return other;
    });
    return isObject(made) ? made['id'] : undefined;
  };
  return {
    of: place,
    async ensure() {
      const known = await find();
      const isAsWanted = known !== undefined && sameEvents(known['events'], wanted.events) && known['active'] === wanted.active;
      if (known && !(isAsWanted && given.has(place, secret))) await api.ask('PATCH', `${path}/${known['id']}`, { ...wanted });
      const id = known ? known['id'] : await make();
      given.add(place, secret);
      const remove = async () => void (await api.ask('DELETE', `${path}/${id}`));
      return { done: isAsWanted ? 'found' : known ? 'changed' : 'made', remove };
    },
  };
}

const headersFor = (token: string) => ({
  Accept: 'application/vnd.github+json',
  'X-GitHub-Api-Version': '2022-11-28',
  Authorization: `Bearer ${token}`,
});

/** The API of an Enterprise Server is below `/api/v3`, which may be left out. */
const enterprise = (base: string): string => (/\/api\/v3\/?$|\/\/api\.|\.api\./.test(base) ? base : `${base.replace(/\/+$/, '')}/api/v3`);

/** Tokens of an app, which last for an hour: each is asked for with a text that the app has signed, and used for half of that. */
function appTokens(
  { privateKey, appID, installationID }: NonNullable<GithubSpec['githubApp']>,
  post: (headers: Readonly<Record<string, string>>, path: string) => Promise<Json | undefined>,
  { clock, secrets, signal }: EventSourceContext,
): () => Promise<string> {
  let kept: { readonly token: string; readonly since: number } | undefined;
  return async () => {
    if (kept && clock.monotonic() - kept.since < 1_800_000) return kept.token;
    const pem = await secrets.secret(privateKey, signal);
    const name = `the Secret ${privateKey.name}.${privateKey.key}`;
    const answer = await post(headersFor(signedText(pem, appID, clock.now(), name)), `/app/installations/${installationID}/access_tokens`);
    if (!isObject(answer) || typeof answer['token'] !== 'string')
      throw new EngineError('REMOTE_RECEIVER', { server: 'GitHub', reason: 'it gives the app no token' });
    kept = { token: answer['token'], since: clock.monotonic() };
    return kept.token;
  };
}

/** A JSON Web Token that says which app we are, for ten minutes. */
function signedText(pem: string, app: number, now: number, name: string): string {
  const part = (value: object): string => Buffer.from(JSON.stringify(value)).toString('base64url');
  const seconds = Math.floor(now / 1000);
  const claims = `${part({ alg: 'RS256', typ: 'JWT' })}.${part({ iat: seconds - 60, exp: seconds + 540, iss: `${app}` })}`;
  try {
    return `${claims}.${sign('RSA-SHA256', Buffer.from(claims), pem).toString('base64url')}`;
  } catch (cause) {
    throw new EngineError('CONFIG_CERTIFICATE', { name, reason: reasonOf(cause) }, { cause });
  }
}
