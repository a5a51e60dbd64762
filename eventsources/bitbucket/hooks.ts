import { credentialsOf } from '../../src/core/access/basic-auth.ts';
import { basic } from '../../src/core/http/basic.ts';
import { isObject, type Json } from '../../src/core/json/json.ts';
import { GivenSecrets, type Hook, type Hooks, hookUrl, sameEvents } from '../called/keep-hooks.ts';
import { objectsIn, ProviderApi } from '../called/provider-api.ts';
import type { EventSourceContext } from '../event-source.ts';
import { type BitbucketSpec, bitbucketRepositories } from './spec.ts';

/** The webhooks to be made; undefined when we have no credentials or no public address. */
export function bitbucketHooks(spec: BitbucketSpec, context: EventSourceContext): Hooks | undefined {
  const { webhook, auth, webhookSecret, events, deleteHookOnFinish } = spec;
  const { secrets, signal } = context;
  if (!webhook.url || (!auth?.basic && !auth?.oauthToken)) return undefined;
  const url = hookUrl(webhook.url, webhook.endpoint);
  const headers = async (): Promise<{ Authorization: string }> => {
    if (auth.oauthToken) return { Authorization: `Bearer ${await secrets.secret(auth.oauthToken, signal)}` };
    const { username, password } = await credentialsOf(auth.basic!, secrets, signal);
    return { Authorization: basic(username, password) };
  };
  const api = new ProviderApi({ base: 'https://api.bitbucket.org/2.0', headers }, context);
  const given = new GivenSecrets();
  return {
    api,
    deleteOnFinish: deleteHookOnFinish,
    async wanted() {
      const secret = webhookSecret ? { secret: await secrets.secret(webhookSecret, signal) } : {};
      const wanted = { description: 'Sensorium', url, active: true, events, ...secret };
      return bitbucketRepositories(spec).map((one) => bitbucketHook(`${one.owner}/${one.repositorySlug}`, wanted, api, given));
    },
  };
}

interface Wanted {
  readonly url: string;
  readonly events: string[];
  readonly secret?: string;
}

/** The webhook of a repository `OWNER/SLUG`. */
export function bitbucketHook(of: string, wanted: Wanted, api: ProviderApi, given: GivenSecrets): Hook {
  const path = `/repositories/${of.split('/').map(encodeURIComponent).join('/')}/hooks`;
  return {
    of,
    async ensure() {
      const answer = await api.ask('GET', `${path}?pagelen=100`);
      const known = objectsIn(isObject(answer) ? answer['values'] : undefined).find(({ url }) => url === wanted.url);
      const isFound = known !== undefined && sameEvents(known['events'], wanted.events);
      if (known && !(isFound && given.has(of, wanted.secret))) await api.ask('PUT', `${path}/${idOf(known)}`, { ...wanted });
      const id = idOf(known ?? (await api.ask('POST', path, { ...wanted })));
      given.add(of, wanted.secret);
      const remove = async () => void (await api.ask('DELETE', `${path}/${id}`));
      return { done: isFound ? 'found' : known ? 'changed' : 'made', remove };
    },
  };
}

const idOf = (hook: Json | undefined): string => encodeURIComponent(isObject(hook) ? `${hook['uuid']}` : '');
