import { error, type Finding, type Path } from '../../src/core/errors/finding.ts';
import { checkUnsigned } from '../called/unsigned.ts';
import { type GithubSpec, githubPlaces } from './spec.ts';

/** Argo's rules, in Argo's words and order, and what would be sent unsigned. */
export function checkGithub(spec: GithubSpec): Finding[] {
  const { organizations, repositories, owner, repository, events, githubBaseURL, githubUploadURL, webhookSecret } = spec;
  const findings: Finding[] = [];
  const refuse = (path: Path, problem: string): void => void findings.push(error('CONFIG_INVALID', path, { problem }));
  if (githubPlaces(spec).length === 0) refuse([], 'either repositories or organizations is required');
  if (organizations.length > 0 && (repositories.length > 0 || (owner && repository)))
    refuse(['organizations'], 'only one of repositories and organizations is allowed');
  if (events.length === 0) refuse(['events'], 'events must be defined to create a github webhook');
  if (githubUploadURL && !githubBaseURL) refuse(['githubUploadURL'], 'githubBaseURL is required when githubUploadURL is set');
  if (githubBaseURL && !githubUploadURL) refuse(['githubBaseURL'], 'githubUploadURL is required when githubBaseURL is set');
  return [
    ...findings,
    ...checkUnsigned(webhookSecret !== undefined, spec.webhook, 'give the webhook a secret, and name it as webhookSecret'),
  ];
}
