/** Calls of GitLab's webhooks, and the webhooks themselves where we may make them. See `README.md`. */

import { same } from '../../src/core/access/same.ts';
import { headerOf, Refusal } from '../../src/core/http/call.ts';
import { answerCalls } from '../called/answer-calls.ts';
import { keepSecret } from '../called/keep-secret.ts';
import { checkCalledBlock } from '../called/spec.ts';
import { takeJson } from '../called/take-json.ts';
import { checkUnsigned } from '../called/unsigned.ts';
import { defineEventSource } from '../event-source.ts';
import { checkGitlab } from './check.ts';
import { gitlabHooks } from './hooks.ts';
import { gitlabSpec } from './spec.ts';

export const gitlab = defineEventSource({
  type: 'gitlab',
  summary: 'Webhooks of GitLab: what happens in projects and groups.',
  stability: 'beta',
  spec: gitlabSpec,
  examples: [
    {
      title: 'Pushes and merge requests of a project, with webhooks that we make',
      spec: {
        webhook: { port: '12000', endpoint: '/gitlab', method: 'POST', url: 'https://hooks.example.com' },
        projects: ['example/web'],
        events: ['PushEvents', 'MergeRequestsEvents'],
        gitlabBaseURL: 'https://gitlab.com',
        accessToken: { name: 'gitlab', key: 'token' },
        secretToken: { name: 'gitlab', key: 'secret' },
        enableSSLVerification: true,
      },
    },
  ],
  oneOwner: false,
  check: (spec) => [
    ...checkGitlab(spec),
    ...checkCalledBlock(spec.webhook),
    ...checkUnsigned(spec.secretToken !== undefined, spec.webhook, 'give the webhook a secret token, and name it as secretToken'),
  ],
  async run(spec, context) {
    const secret = spec.secretToken && keepSecret(spec.secretToken, context);
    const take = takeJson(spec, context, {
      async check({ headers }) {
        if (secret && !same(headerOf(headers, 'X-Gitlab-Token') ?? '', await secret())) throw new Refusal(400, 'token mismatch');
      },
      secret: secret ? ['X-Gitlab-Token'] : [],
    });
    await answerCalls(spec.webhook, context, take, gitlabHooks(spec, context));
  },
});
