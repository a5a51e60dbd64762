import { z } from 'zod';
import { secretKeySelector } from '../../src/core/access/selectors.ts';
import { calledField } from '../called/spec.ts';
import { filterField, metadataField, required, requiredList } from '../common-fields.ts';

export const gitlabSpec = z.strictObject({
  webhook: calledField(),
  projectID: z.string().optional().describe('One project; the old form of `projects`.'),
  projects: z.array(z.string()).default([]).describe('Ids or paths of projects whose webhooks we make.'),
  groups: z.array(z.string()).default([]).describe('Ids or names of groups whose webhooks we make; GitLab sells these.'),
  events: requiredList("events can't be empty").describe(
    'What the webhooks that we make send, in the words of Argo: `PushEvents`, `MergeRequestsEvents`, `TagPushEvents`.',
  ),
  gitlabBaseURL: required("gitlab base url can't be empty").describe('The address of GitLab, e.g. `https://gitlab.com`.'),
  accessToken: secretKeySelector('A token that may write webhooks').optional(),
  secretToken: secretKeySelector('The secret token of the webhooks; every call must bear it').optional(),
  enableSSLVerification: z.boolean().default(false).describe('True: GitLab checks our certificate.'),
  deleteHookOnFinish: z.boolean().default(false).describe('Take the webhooks away when the event source ends.'),
  metadata: metadataField(),
  filter: filterField(),
});

export type GitlabSpec = z.output<typeof gitlabSpec>;
