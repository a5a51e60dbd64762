import { z } from 'zod';
import { secretKeySelector } from '../../src/core/access/selectors.ts';
import { calledField } from '../called/spec.ts';
import { filterField, metadataField } from '../common-fields.ts';

export const githubSpec = z.strictObject({
  id: z.int().optional().describe('Without effect, as in Argo.'),
  webhook: calledField(),
  owner: z.string().optional().describe('Of one repository; the old form of `repositories`.'),
  repository: z.string().optional().describe('The name of one repository; the old form of `repositories`.'),
  repositories: z
    .array(
      z.strictObject({
        owner: z.string().describe('The user or organization.'),
        names: z.array(z.string()).describe('Names of its repositories.'),
      }),
    )
    .default([])
    .describe('Whose webhooks we make.'),
  organizations: z.array(z.string()).default([]).describe('Whose webhooks we make, for all their repositories at once.'),
  events: z
    .array(z.string(), { error: 'events must be defined to create a github webhook' })
    .describe('Which events the webhooks that we make send, e.g. `push`; `*` for all.'),
  apiToken: secretKeySelector('A token that may write webhooks').optional(),
  githubApp: z
    .strictObject({
      privateKey: secretKeySelector('The private key of the app, as PEM'),
      appID: z.int().describe('The id of the app.'),
      installationID: z.int().describe('The id of its installation.'),
    })
    .optional()
    .describe('A GitHub App that may write webhooks, in place of a token.'),
  webhookSecret: secretKeySelector('The secret of the webhooks; every call must be signed with it').optional(),
  insecure: z.boolean().default(false).describe('True: GitHub takes any certificate of ours.'),
  active: z.boolean().default(true).describe('Whether the webhooks that we make send anything.'),
  contentType: z
    .enum(['json', 'form'], { error: 'content type must be "json" or "form"' })
    .default('json')
    .describe('How the webhooks that we make send their events. Both are read.'),
  githubBaseURL: z.string().optional().describe('The address of a GitHub Enterprise Server.'),
  githubUploadURL: z
    .string()
    .optional()
    .describe('The address for uploads of a GitHub Enterprise Server. Without effect, but Argo wants it beside `githubBaseURL`.'),
  deleteHookOnFinish: z.boolean().default(false).describe('Take the webhooks away when the event source ends.'),
  metadata: metadataField(),
  filter: filterField(),
});

export type GithubSpec = z.output<typeof githubSpec>;

/** What webhooks are wanted of: `repos/OWNER/NAME` and `orgs/NAME`. */
export function githubPlaces({ repositories, owner, repository, organizations }: GithubSpec): string[] {
  const old = repositories.length === 0 && owner && repository ? [{ owner, names: [repository] }] : [];
  const repos = [...repositories, ...old].flatMap((one) =>
    one.names.map((name) => `repos/${encodeURIComponent(one.owner)}/${encodeURIComponent(name)}`),
  );
  return [...repos, ...organizations.map((name) => `orgs/${encodeURIComponent(name)}`)];
}
