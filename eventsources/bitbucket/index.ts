/** Calls of the webhooks of Bitbucket Cloud, and the webhooks themselves where we may make them. See `README.md`. */
import { answerCalls } from '../called/answer-calls.ts';
import { keepSecret } from '../called/keep-secret.ts';
import { checkHubSignature } from '../called/signed.ts';
import { checkCalledBlock } from '../called/spec.ts';
import { takeJson } from '../called/take-json.ts';
import { checkUnsigned } from '../called/unsigned.ts';
import { defineEventSource } from '../event-source.ts';
import { bitbucketHooks } from './hooks.ts';
import { bitbucketSpec, checkBitbucket } from './spec.ts';

export const bitbucket = defineEventSource({
  type: 'bitbucket',
  summary: 'Webhooks of Bitbucket Cloud: what happens in repositories.',
  stability: 'beta',
  spec: bitbucketSpec,
  examples: [
    {
      title: 'Pushes to a repository, with a webhook that we make',
      spec: {
        webhook: { port: '12000', endpoint: '/bitbucket', method: 'POST', url: 'https://hooks.example.com' },
        auth: { oauthToken: { name: 'bitbucket', key: 'token' } },
        repositories: [{ owner: 'example', repositorySlug: 'web' }],
        events: ['repo:push'],
        webhookSecret: { name: 'bitbucket', key: 'secret' },
      },
    },
  ],
  oneOwner: false,
  check: (spec) => [
    ...checkBitbucket(spec),
    ...checkCalledBlock(spec.webhook),
    ...checkUnsigned(spec.webhookSecret !== undefined, spec.webhook, 'give the webhook a secret, and name it as webhookSecret'),
  ],
  async run(spec, context) {
    const secret = spec.webhookSecret && keepSecret(spec.webhookSecret, context);
    const take = takeJson(spec, context, {
      async check(call, bytes) {
        if (secret) checkHubSignature(call, bytes, await secret());
      },
    });
    await answerCalls(spec.webhook, context, take, bitbucketHooks(spec, context));
  },
});
