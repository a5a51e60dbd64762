import { isObject, type Json } from '../../src/core/json/json.ts';
import { GivenSecrets, type Hook, type Hooks, hookUrl } from '../called/keep-hooks.ts';
import { objectsIn, ProviderApi } from '../called/provider-api.ts';
import type { EventSourceContext } from '../event-source.ts';
import { gitlabEvents, gitlabField } from './events.ts';
import type { GitlabSpec } from './spec.ts';

/** The webhooks to be made; undefined without a public address, or with nothing to make them of. */
export function gitlabHooks(spec: GitlabSpec, context: EventSourceContext): Hooks | undefined {
  const { webhook, projects, projectID, groups, accessToken, secretToken, deleteHookOnFinish } = spec;
  const { secrets, signal } = context;
  const ids = projects.length > 0 || !projectID ? projects : [projectID];
  const places = [...ids.map((id) => `projects/${encodeURIComponent(id)}`), ...groups.map((id) => `groups/${encodeURIComponent(id)}`)];
  if (!webhook.url || !accessToken || places.length === 0) return undefined;
  const url = hookUrl(webhook.url, webhook.endpoint);
  const headers = async () => ({ 'PRIVATE-TOKEN': await secrets.secret(accessToken, signal) });
  const api = new ProviderApi({ base: `${spec.gitlabBaseURL.replace(/\/+$/, '')}/api/v4`, headers }, context);
  const given = new GivenSecrets();
  return {
    api,
    deleteOnFinish: deleteHookOnFinish,
    async wanted() {
      const token = secretToken ? { token: await secrets.secret(secretToken, signal) } : {};
      const flags = { ...flagsOf(spec), enable_ssl_verification: spec.enableSSLVerification };
      return places.map((place) => hookOf(place, url, flags, token, api, given));
    },
  };
}

/** Every event that GitLab knows, on or off: pushes are on where nothing is said. */
const flagsOf = ({ events }: GitlabSpec): Record<string, boolean> =>
  Object.fromEntries([...gitlabEvents, ...events].map((event) => [gitlabField(event), events.includes(event)]));

function hookOf(
  place: string,
  url: string,
  flags: Record<string, boolean>,
  token: { readonly token?: string },
  api: ProviderApi,
  given: GivenSecrets,
): Hook {
  const path = `/${place}/hooks`;
  const wanted = { url, ...flags, ...token };
  const isAsWanted = (hook: { readonly [name: string]: Json }): boolean =>
    Object.entries(flags).every(([name, value]) => (hook[name] ?? false) === value);
  return {
    of: place,
    async ensure() {
      const known = objectsIn(await api.ask('GET', `${path}?per_page=100`)).find((hook) => hook['url'] === url);
      const isFound = known !== undefined && isAsWanted(known);
      if (known && !(isFound && given.has(place, token.token))) await api.ask('PUT', `${path}/${known['id']}`, wanted);
      const made = known ?? (await api.ask('POST', path, wanted));
      given.add(place, token.token);
      const remove = async () => void (await api.ask('DELETE', `${path}/${isObject(made) ? made['id'] : ''}`));
      return { done: isFound ? 'found' : known ? 'changed' : 'made', remove };
    },
  };
}
