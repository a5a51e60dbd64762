/** Calls of GitHub's webhooks, and the webhooks themselves where we may make them. See `README.md`. */
import { answerCalls } from '../called/answer-calls.ts';
import { checkCalledBlock } from '../called/spec.ts';
import { defineEventSource } from '../event-source.ts';
import { checkGithub } from './check.ts';
import { githubHooks } from './hooks.ts';
import { githubSpec } from './spec.ts';
import { takeGithub } from './take.ts';

const token = { name: 'github', key: 'token' };

export const github = defineEventSource({
  type: 'github',
  summary: 'Webhooks of GitHub: pushes, pull requests, releases and all else that happens in repositories or organizations.',
  stability: 'beta',
  spec: githubSpec,
  examples: [
    {
      title: 'Webhooks that were made by hand, with a secret',
      spec: {
        webhook: { port: '12000', endpoint: '/github', method: 'POST' },
        organizations: ['example'],
        events: ['push'],
        webhookSecret: { name: 'github', key: 'secret' },
      },
    },
    {
      title: 'Webhooks that we make and take away',
      spec: {
        webhook: { port: '12000', endpoint: '/github', method: 'POST', url: 'https://hooks.example.com' },
        repositories: [{ owner: 'example', names: ['web', 'api'] }],
        events: ['push', 'pull_request'],
        apiToken: token,
        webhookSecret: { name: 'github', key: 'secret' },
        deleteHookOnFinish: true,
      },
    },
  ],
  oneOwner: false,
  check: (spec) => [...checkGithub(spec), ...checkCalledBlock(spec.webhook)],
  run: (spec, context) => answerCalls(spec.webhook, context, takeGithub(spec, context), githubHooks(spec, context)),
});
