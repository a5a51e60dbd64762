/** Calls of the webhooks plugin of Gerrit, and the webhooks themselves where we may make them. See `README.md`. */
import { z } from 'zod';
import { basicAuthSpec, credentialsOf } from '../../src/core/access/basic-auth.ts';
import { error, type Finding } from '../../src/core/errors/finding.ts';
import { basic } from '../../src/core/http/basic.ts';
import { isObject } from '../../src/core/json/json.ts';
import { answerCalls } from '../called/answer-calls.ts';
import { type Hook, type Hooks, hookUrl, sameEvents } from '../called/keep-hooks.ts';
import { ProviderApi } from '../called/provider-api.ts';
import { calledField, checkCalledBlock } from '../called/spec.ts';
import { takeJson } from '../called/take-json.ts';
import { checkUnsigned } from '../called/unsigned.ts';
import { filterField, metadataField, required, requiredList } from '../common-fields.ts';
import { defineEventSource, type EventSourceContext } from '../event-source.ts';

const gerritSpec = z.strictObject({
  webhook: calledField(),
  projects: requiredList('projects cannot be empty').describe('Whose webhooks we make, e.g. `example/web`.'),
  events: requiredList("events can't be empty").describe('What the webhooks that we make send, e.g. `patchset-created`.'),
  gerritBaseURL: required("gerrit base url can't be empty").describe('The address of Gerrit.'),
  hookName: z.string().default('sensorium').describe('The name of the webhooks that we make.'),
  auth: basicAuthSpec.optional(),
  deleteHookOnFinish: z.boolean().default(false).describe('Take the webhooks away when the event source ends.'),
  sslVerify: z.boolean().default(false).describe('True: Gerrit checks our certificate.'),
  maxTries: z.int().optional().describe('How often Gerrit tries to post an event.'),
  metadata: metadataField(),
  filter: filterField(),
});

type GerritSpec = z.output<typeof gerritSpec>;

export const gerrit = defineEventSource({
  type: 'gerrit',
  summary: 'Webhooks of Gerrit: changes, patch sets and reviews.',
  stability: 'alpha',
  spec: gerritSpec,
  examples: [
    {
      title: 'Changes that were merged, told only by who has the token',
      spec: {
        webhook: { port: '12000', endpoint: '/gerrit', method: 'POST', authSecret: { name: 'callers', key: 'token' } },
        projects: ['example/web'],
        events: ['change-merged'],
        gerritBaseURL: 'https://gerrit.example.com',
        auth: { username: { name: 'gerrit', key: 'user' }, password: { name: 'gerrit', key: 'password' } },
      },
    },
  ],
  oneOwner: false,
  check: (spec) => [
    ...checkGerrit(spec),
    ...checkCalledBlock(spec.webhook),
    ...checkUnsigned(
      false,
      spec.webhook,
      'Gerrit signs nothing: keep the address to yourselves, or put a proxy before it that adds the token of authSecret',
    ),
  ],
  run: (spec, context) =>
    answerCalls(
      spec.webhook,
      context,
      takeJson(spec, context, { isDated: (body) => body.includes('"eventCreatedOn":') }),
      gerritHooks(spec, context),
    ),
});

function checkGerrit({ auth }: GerritSpec): Finding[] {
  if (!auth || (auth.username && auth.password)) return [];
  return [error('CONFIG_INVALID', ['auth'], { problem: "username and password can't be empty" })];
}

/** The webhooks to be made; undefined when we have no credentials or no public address. */
function gerritHooks(spec: GerritSpec, context: EventSourceContext): Hooks | undefined {
  const { webhook, auth, projects, events, hookName, sslVerify, maxTries, deleteHookOnFinish } = spec;
  if (!webhook.url || !auth) return undefined;
  const headers = async () => {
    const { username, password } = await credentialsOf(auth, context.secrets, context.signal);
    return { Authorization: basic(username, password) };
  };
  const api = new ProviderApi({ base: `${spec.gerritBaseURL.replace(/\/+$/, '')}/a`, headers }, context);
  const hook = { url: hookUrl(webhook.url, webhook.endpoint), events, sslVerify, ...(maxTries === undefined ? {} : { maxTries }) };
  const hookOf = (project: string): Hook => {
    const path = `/config/server/webhooks~projects/${encodeURIComponent(project)}/remotes/`;
    return {
      of: project,
      async ensure() {
        const all = await api.ask('GET', path);
        const known = isObject(all) ? all[hookName] : undefined;
        const isFound = isObject(known) && known['url'] === hook.url && sameEvents(known['events'], events);
        if (!isFound) await api.ask('PUT', `${path}${encodeURIComponent(hookName)}`, hook);
        const remove = async () => void (await api.ask('DELETE', `${path}${encodeURIComponent(hookName)}`));
        return { done: isFound ? 'found' : known ? 'changed' : 'made', remove };
      },
    };
  };
  return { api, deleteOnFinish: deleteHookOnFinish, wanted: async () => projects.map(hookOf) };
}
