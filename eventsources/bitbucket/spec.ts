import { z } from 'zod';
import { basicAuthSpec } from '../../src/core/access/basic-auth.ts';
import { secretKeySelector } from '../../src/core/access/selectors.ts';
import { error, type Finding } from '../../src/core/errors/finding.ts';
import { calledField } from '../called/spec.ts';
import { filterField, metadataField } from '../common-fields.ts';

const eventsMissing = 'events must be defined to create a bitbucket webhooks';

export const bitbucketSpec = z.strictObject({
  webhook: calledField(),
  owner: z.string().optional().describe('Of one repository; the old form of `repositories`.'),
  projectKey: z.string().optional().describe('Without effect, as in Argo.'),
  repositorySlug: z.string().optional().describe('The name of one repository; the old form of `repositories`.'),
  repositories: z
    .array(
      z.strictObject({
        owner: z.string().describe('The workspace or user.'),
        repositorySlug: z.string().describe('The name of the repository, as in its address.'),
      }),
    )
    .default([])
    .describe('Whose webhooks we make.'),
  events: z.array(z.string(), { error: eventsMissing }).default([]).describe('What the webhooks that we make send, e.g. `repo:push`.'),
  auth: z
    .strictObject({ basic: basicAuthSpec.optional(), oauthToken: secretKeySelector('A token that may write webhooks').optional() })
    .optional()
    .describe('Who we are when we make webhooks.'),
  webhookSecret: secretKeySelector('The secret of the webhooks; every call must be signed with it. An extension of Sensorium').optional(),
  deleteHookOnFinish: z.boolean().default(false).describe('Take the webhooks away when the event source ends.'),
  metadata: metadataField(),
  filter: filterField(),
});

export type BitbucketSpec = z.output<typeof bitbucketSpec>;

export function bitbucketRepositories({ repositories, owner, repositorySlug }: BitbucketSpec): BitbucketSpec['repositories'] {
  return repositories.length === 0 && owner && repositorySlug ? [{ owner, repositorySlug }] : repositories;
}

export function checkBitbucket(spec: BitbucketSpec): Finding[] {
  const findings: Finding[] = [];
  if (bitbucketRepositories(spec).length === 0)
    findings.push(error('CONFIG_INVALID', [], { problem: 'at least one repository is required' }));
  if (spec.events.length === 0) findings.push(error('CONFIG_INVALID', ['events'], { problem: eventsMissing }));
  return findings;
}
