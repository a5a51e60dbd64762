/** Calls of Slack: the Events API, interactive components and slash commands. See `README.md`. */
import { z } from 'zod';
import { secretKeySelector } from '../../src/core/access/selectors.ts';
import { error, type Finding } from '../../src/core/errors/finding.ts';
import { answerCalls } from '../called/answer-calls.ts';
import { calledField, checkCalledBlock } from '../called/spec.ts';
import { filterField, metadataField } from '../common-fields.ts';
import { defineEventSource } from '../event-source.ts';
import { takeSlack } from './take.ts';

const slackSpec = z.strictObject({
  token: secretKeySelector('The verification token of the app, which calls of the Events API bear').optional(),
  signingSecret: secretKeySelector('The signing secret of the app; every call must be signed with it').optional(),
  webhook: calledField(),
  metadata: metadataField().describe('Without effect, as in Argo: the payload is what Slack sends.'),
  filter: filterField(),
});

export type SlackSpec = z.output<typeof slackSpec>;

export const slack = defineEventSource({
  type: 'slack',
  summary: 'Calls of a Slack app: events, buttons and slash commands.',
  stability: 'beta',
  spec: slackSpec,
  examples: [
    {
      title: 'What a Slack app tells',
      spec: {
        webhook: { port: '12000', endpoint: '/slack', method: 'POST' },
        token: { name: 'slack', key: 'verification' },
        signingSecret: { name: 'slack', key: 'signing' },
      },
    },
  ],
  oneOwner: false,
  check: (spec) => [...checkSlack(spec), ...checkCalledBlock(spec.webhook)],
  run: (spec, context) => answerCalls(spec.webhook, context, takeSlack(spec, context)),
});

function checkSlack({ token, signingSecret }: SlackSpec): Finding[] {
  if (!token) return [error('CONFIG_INVALID', ['token'], { problem: 'token not provided' })];
  return signingSecret ? [] : [error('CONFIG_INVALID', ['signingSecret'], { problem: 'signingSecret not provided' })];
}
