import { z } from 'zod';
import { secretKeySelector } from '../../src/core/access/selectors.ts';
import { checkTls, tlsSpec } from '../../src/core/access/tls.ts';
import { error, type Finding, under } from '../../src/core/errors/finding.ts';
import { parseDuration } from '../../src/core/time/duration.ts';
import { calledField } from '../called/spec.ts';
import { filterField, metadataField, required, requiredList } from '../common-fields.ts';

export const bitbucketserverSpec = z.strictObject({
  webhook: calledField(),
  projectKey: z.string().optional().describe('The project of one repository; the old form of `repositories`.'),
  repositorySlug: z.string().optional().describe('The name of one repository; the old form of `repositories`.'),
  projects: z.array(z.string()).default([]).describe('Keys of projects, for webhooks of all their repositories.'),
  repositories: z
    .array(
      z.strictObject({
        projectKey: z.string().describe('The key of the project.'),
        repositorySlug: z.string().describe('The name of the repository, as in its address.'),
      }),
    )
    .default([])
    .describe('Whose webhooks we make.'),
  events: requiredList('events must be defined to create a bitbucket server webhook').describe(
    'What the webhooks that we make send, e.g. `repo:refs_changed`.',
  ),
  bitbucketserverBaseURL: required("bitbucket server base url can't be empty").describe('The address of its API, which ends in `/rest`.'),
  accessToken: secretKeySelector('A token that may write webhooks').optional(),
  webhookSecret: secretKeySelector('The secret of the webhooks; every call must be signed with it').optional(),
  skipBranchRefsChangedOnOpenPR: z
    .boolean()
    .default(false)
    .describe('Leave out a change of a branch that has an open pull request. The server is asked, which needs the `accessToken`.'),
  oneEventPerChange: z
    .boolean()
    .default(false)
    .describe('Make one event of each branch and tag that a push has changed, and not one of all.'),
  deleteHookOnFinish: z.boolean().default(false).describe('Take the webhooks away when the event source ends.'),
  checkInterval: z.string().default('1m').describe('How often we look whether the webhooks are still there.'),
  tls: tlsSpec.optional(),
  metadata: metadataField(),
  filter: filterField(),
});

export type BitbucketserverSpec = z.output<typeof bitbucketserverSpec>;
export type Repository = BitbucketserverSpec['repositories'][number];

export function checkBitbucketserver({ checkInterval, tls }: BitbucketserverSpec): Finding[] {
  const findings = under('tls', checkTls(tls));
  if (checkInterval === '') return findings;
  const interval = parseDuration(checkInterval);
  if (interval !== undefined && interval > 0) return findings;
  const reason = interval === undefined ? `time: invalid duration ${JSON.stringify(checkInterval)}` : 'it must be more than 0';
  const problem = `failed to parse webhook check interval duration: ${reason}`;
  return [...findings, error('CONFIG_INVALID', ['checkInterval'], { problem }, { hint: 'such as 1m' })];
}
