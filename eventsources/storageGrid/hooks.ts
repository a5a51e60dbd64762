import { tlsOptions } from '../../src/core/access/tls.ts';
import { isObject } from '../../src/core/json/json.ts';
import { type Hooks, hookUrl } from '../called/keep-hooks.ts';
import { objectsIn, ProviderApi } from '../called/provider-api.ts';
import type { EventSourceContext } from '../event-source.ts';
import type { StorageGridSpec } from './index.ts';

/** Our address in the grid, and the bucket that sends to it; undefined without a public address. */
export async function storageGridHooks(spec: StorageGridSpec, context: EventSourceContext): Promise<Hooks | undefined> {
  const { webhook, apiURL, authToken, topicArn, bucket, events } = spec;
  const { secrets, signal, eventName } = context;
  if (!webhook.url) return undefined;
  const tls = await tlsOptions(spec.tls, secrets, signal);
  const headers = async () => ({ Authorization: `Bearer ${await secrets.secret(authToken!, signal)}` });
  const api = new ProviderApi({ base: apiURL, headers, tls }, context);
  const url = hookUrl(webhook.url, webhook.endpoint);
  const endpoint = { displayName: eventName, endpointURI: url, endpointURN: topicArn, authType: 'anonymous', insecureTLS: true };
  const topic = `<TopicConfiguration><Id>${xml(eventName)}</Id><Topic>${xml(topicArn)}</Topic>${events.map((event) => `<Event>${xml(event)}</Event>`).join('')}</TopicConfiguration>`;
  const notification = `<NotificationConfiguration>${topic}</NotificationConfiguration>`;
  return {
    api,
    deleteOnFinish: false,
    wanted: async () => [
      {
        of: bucket,
        async ensure() {
          const answer = await api.ask('GET', '/org/endpoints');
          const isKnown = objectsIn(isObject(answer) ? answer['data'] : undefined).some(({ endpointURN }) => endpointURN === topicArn);
          if (!isKnown) await api.ask('POST', '/org/endpoints', endpoint);
          await api.ask('PUT', `/org/containers/${encodeURIComponent(bucket)}/notification`, { notification });
          return { done: isKnown ? 'found' : 'made', remove: async () => {} };
        },
      },
    ],
  };
}

const xml = (text: string): string => text.replace(/[<>&'"]/g, (one) => `&#${one.charCodeAt(0)};`);
