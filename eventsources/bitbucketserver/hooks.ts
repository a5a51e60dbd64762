import { tlsOptions } from '../../src/core/access/tls.ts';
import { isObject, type Json } from '../../src/core/json/json.ts';
import { parseDuration } from '../../src/core/time/duration.ts';
import { GivenSecrets, type Hook, type Hooks, hookUrl, sameEvents } from '../called/keep-hooks.ts';
import { objectsIn, ProviderApi } from '../called/provider-api.ts';
import type { EventSourceContext } from '../event-source.ts';
import type { BitbucketserverSpec, Repository } from './spec.ts';

/** The server's API, and the webhooks to be made: none without a token, a public address, or anything to make them of. */
export async function bitbucketServer(
  spec: BitbucketserverSpec,
  context: EventSourceContext,
): Promise<{ api: ProviderApi; hooks: Hooks | undefined }> {
  const { webhook, accessToken, webhookSecret, projects, events, checkInterval } = spec;
  const { secrets, signal } = context;
  const tls = await tlsOptions(spec.tls, secrets, signal);
  const headers = async (): Promise<Record<string, string>> =>
    accessToken ? { Authorization: `Bearer ${await secrets.secret(accessToken, signal)}` } : {};
  const api = new ProviderApi({ base: spec.bitbucketserverBaseURL, headers, tls }, context);
  const named = namedRepositories(spec);
  if (!webhook.url || !accessToken || named.length + projects.length === 0) return { api, hooks: undefined };
  const url = hookUrl(webhook.url, webhook.endpoint);
  const given = new GivenSecrets();
  const hooks: Hooks = {
    api,
    deleteOnFinish: spec.deleteHookOnFinish,
    every: parseDuration(checkInterval) || 60_000,
    async wanted() {
      const secret = webhookSecret ? { configuration: { secret: await secrets.secret(webhookSecret, signal) } } : {};
      const wanted = { name: 'Sensorium', url, active: true, events, ...secret };
      const repositories = [...named];
      for (const project of projects) repositories.push(...(await repositoriesOf(project, api)));
      return repositories.map((one) => hookOf(one, wanted, api, given));
    },
  };
  return { api, hooks };
}

const namedRepositories = ({ repositories, projectKey, repositorySlug }: BitbucketserverSpec): Repository[] =>
  repositories.length === 0 && projectKey && repositorySlug ? [{ projectKey, repositorySlug }] : repositories;

async function repositoriesOf(projectKey: string, api: ProviderApi): Promise<Repository[]> {
  const found = await all(`/api/1.0/projects/${encodeURIComponent(projectKey)}/repos`, api);
  return found.map(({ slug }) => ({ projectKey, repositorySlug: `${slug}` }));
}

/** All pages of a list. */
async function all(path: string, api: ProviderApi): Promise<{ readonly [name: string]: Json }[]> {
  const found = [];
  for (let start: Json | undefined = 0; start !== undefined; ) {
    const page: Json | undefined = await api.ask('GET', `${path}?limit=1000&start=${start}`);
    if (!isObject(page)) break;
    found.push(...objectsIn(page['values']));
    start = page['isLastPage'] === false ? page['nextPageStart'] : undefined;
  }
  return found;
}

export const repositoryPath = ({ projectKey, repositorySlug }: Repository): string =>
  `/api/1.0/projects/${encodeURIComponent(projectKey)}/repos/${encodeURIComponent(repositorySlug)}`;

interface Wanted {
  readonly url: string;
  readonly events: string[];
  readonly configuration?: { readonly secret: string };
}

function hookOf(repository: Repository, wanted: Wanted, api: ProviderApi, given: GivenSecrets): Hook {
  const path = `${repositoryPath(repository)}/webhooks`;
  const of = `${repository.projectKey}/${repository.repositorySlug}`;
  const secret = wanted.configuration?.secret;
  return {
    of,
    async ensure() {
      const known = (await all(path, api)).find(({ url }) => url === wanted.url);
      const isFound = known !== undefined && sameEvents(known['events'], wanted.events) && known['active'] !== false;
      if (known && !(isFound && given.has(of, secret))) await api.ask('PUT', `${path}/${known['id']}`, { ...wanted });
      const made = known ?? (await api.ask('POST', path, { ...wanted }));
      given.add(of, secret);
      const remove = async () => void (await api.ask('DELETE', `${path}/${isObject(made) ? made['id'] : ''}`));
      return { done: isFound ? 'found' : known ? 'changed' : 'made', remove };
    },
  };
}
