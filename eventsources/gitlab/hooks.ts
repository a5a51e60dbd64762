import type { Json } from '../../src/core/json/json.ts';
import { isObject } from '../../src/core/json/json.ts';
import { type Hook, type Hooks, hookUrl } from '../called/keep-hooks.ts';
import { objectsIn, ProviderApi } from '../called/provider-api.ts';
import type { EventSourceContext } from '../event-source.ts';
import { gitlabEvents, gitlabField } from './events.ts';
import type { GitlabSpec } from './spec.ts';

/** The webhooks to be made; undefined without a public address, or with nothing to make them of. */
export function gitlabHooks(spec: GitlabSpec, { ...context }: EventSourceContext): Hooks | undefined {
  const { webhook, projects, projectID, groups, accessToken, secretToken, deleteHookOnFinish } = spec;
  const { secrets, signal } = context;
  const ids = projects.length > 0 || !projectID ? projects : [projectID];
  const places = [...ids.map((id) => `projects/${encodeURIComponent(id)}`), ...groups.map((id) => `groups/${encodeURIComponent(id)}`)];
  if (!webhook.url || !accessToken || places.length === 0) return undefined;
  const url = hookUrl(webhook.url, webhook.endpoint);
  const headers = async () => ({ 'PRIVATE-TOKEN': await secrets.secret(accessToken, signal) });
  const api = new ProviderApi({ base: `${spec.gitlabBaseURL.replace(/\/+$/, '')}/api/v4`, headers }, context);
  return {
    api,
    deleteOnFinish: deleteHookOnFinish,
    async wanted() {
      const token = secretToken ? { token: await secrets.secret(secretToken, signal) } : {};
      const flags = { ...flagsOf(spec), enable_ssl_verification: spec.enableSSLVerification };
      return places.map((place) => hookOf(place, url, flags, token, api));
    },
  };
}

/** Every event that GitLab knows, on or off: pushes are on where nothing is said. */
const flagsOf = ({ events }: GitlabSpec): Record<string, boolean> =>
  Object.fromEntries([...gitlabEvents, ...events].map((event) => [gitlabField(event), events.includes(event)]));

function hookOf(place: string, url: string, flags: Record<string, boolean>, token: { token?: string }, api: ProviderApi): Hook {
  const path = `/${place}/hooks`;
  const isAsWanted = (hook: { readonly [name: string]: Json }): boolean =>
    Object.entries(flags).every(([name, wanted]) => (hook[name] ?? false) === wanted);
  return {
    of: place,
    async ensure() {
      const known = objectsIn(await api.ask('GET', `${path}?per_page=100`)).find((hook) => hook['url'] === url);
      const isFound = known !== undefined && isAsWanted(known);
      const wanted = { url, ...flags, ...token };
      let id = known?.['id'];
      if (known && !isFound) await api.ask('PUT', `${path}/${id}`, wanted);
      if (!known) {
        const made = await api.ask('POST', path, wanted);
        id = isObject(made) ? made['id'] : undefined;
      }
      const remove = async () => void (await api.ask('DELETE', `${path}/${id}`));
      return { done: isFound ? 'found' : known ? 'changed' : 'made', remove };
    },
  };
}
