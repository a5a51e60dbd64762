/** Calls of the webhooks of a Bitbucket Server or Data Center, and the webhooks themselves where we may make them. See `README.md`. */
import { answerCalls } from '../called/answer-calls.ts';
import { checkCalledBlock } from '../called/spec.ts';
import { checkUnsigned } from '../called/unsigned.ts';
import { defineEventSource } from '../event-source.ts';
import { bitbucketServer } from './hooks.ts';
import { bitbucketserverSpec, checkBitbucketserver } from './spec.ts';
import { takeBitbucketserver } from './take.ts';

export const bitbucketserver = defineEventSource({
  type: 'bitbucketserver',
  summary: 'Webhooks of a Bitbucket Server: what happens in repositories.',
  stability: 'beta',
  spec: bitbucketserverSpec,
  examples: [
    {
      title: 'Pushes to the repositories of a project, one event for each branch or tag',
      spec: {
        webhook: { port: '12000', endpoint: '/bitbucket', method: 'POST', url: 'https://hooks.example.com' },
        bitbucketserverBaseURL: 'https://bitbucket.example.com/rest',
        projects: ['WEB'],
        events: ['repo:refs_changed'],
        accessToken: { name: 'bitbucket', key: 'token' },
        webhookSecret: { name: 'bitbucket', key: 'secret' },
        oneEventPerChange: true,
      },
    },
  ],
  oneOwner: false,
  check: (spec) => [
    ...checkBitbucketserver(spec),
    ...checkCalledBlock(spec.webhook),
    ...checkUnsigned(spec.webhookSecret !== undefined, spec.webhook, 'give the webhook a secret, and name it as webhookSecret'),
  ],
  async run(spec, context) {
    const { api, hooks } = await bitbucketServer(spec, context);
    await using _ = api;
    await answerCalls(spec.webhook, context, takeBitbucketserver(spec, context, api), hooks);
  },
});
