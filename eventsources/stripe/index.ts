/** Calls of Stripe's webhooks. See `README.md`. */
import { z } from 'zod';
import { secretKeySelector } from '../../src/core/access/selectors.ts';
import { error, type Finding, warning } from '../../src/core/errors/finding.ts';
import { answerCalls } from '../called/answer-calls.ts';
import { hookUrl } from '../called/keep-hooks.ts';
import { calledField, checkCalledBlock } from '../called/spec.ts';
import { checkUnsigned } from '../called/unsigned.ts';
import { metadataField } from '../common-fields.ts';
import { defineEventSource } from '../event-source.ts';
import { takeStripe } from './take.ts';

const stripeSpec = z.strictObject({
  webhook: calledField(),
  createWebhook: z
    .boolean()
    .default(false)
    .describe('Without effect: the endpoint is made by hand, since Stripe tells its signing secret once.'),
  apiKey: secretKeySelector('A key of the API. Without effect').optional(),
  signingSecret: secretKeySelector(
    'The signing secret of the endpoint; every call must be signed with it. An extension of Sensorium',
  ).optional(),
  eventFilter: z.array(z.string()).default([]).describe('Types of events that are taken, e.g. `charge.succeeded`; all when left out.'),
  metadata: metadataField(),
});

export type StripeSpec = z.output<typeof stripeSpec>;

export const stripe = defineEventSource({
  type: 'stripe',
  summary: 'Webhooks of Stripe: payments and all that belongs to them.',
  stability: 'beta',
  spec: stripeSpec,
  examples: [
    {
      title: 'Payments that succeeded',
      spec: {
        webhook: { port: '12000', endpoint: '/stripe', method: 'POST' },
        eventFilter: ['charge.succeeded'],
        signingSecret: { name: 'stripe', key: 'signing' },
      },
    },
  ],
  oneOwner: false,
  check: (spec) => [
    ...checkStripe(spec),
    ...checkCalledBlock(spec.webhook),
    ...checkUnsigned(spec.signingSecret !== undefined, spec.webhook, 'name the signing secret of the endpoint as signingSecret'),
  ],
  run: (spec, context) => answerCalls(spec.webhook, context, takeStripe(spec, context)),
});

function checkStripe({ createWebhook, apiKey, webhook }: StripeSpec): Finding[] {
  if (!createWebhook) return [];
  if (!apiKey) return [error('CONFIG_INVALID', ['apiKey'], { problem: 'api key K8s secret selector not provided' })];
  const url = hookUrl(webhook.url ?? 'https://…', webhook.endpoint);
  const hint = `in Stripe's Dashboard: Developers, Webhooks, Add endpoint, with the URL ${url}; its signing secret is the signingSecret`;
  return [warning('CONFIG_INVALID', ['createWebhook'], { problem: 'the endpoint is not made for you' }, { hint })];
}
