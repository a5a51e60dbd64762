import { closest } from '../../src/core/errors/closest.ts';
import { error, type Finding, warning } from '../../src/core/errors/finding.ts';
import { gitlabEvents } from './events.ts';
import type { GitlabSpec } from './spec.ts';

export function checkGitlab({ accessToken, events }: GitlabSpec): Finding[] {
  const findings = accessToken ? [] : [error('CONFIG_INVALID', ['accessToken'], { problem: "access token can't be nil" })];
  events.forEach((event, index) => {
    if (gitlabEvents.includes(event)) return;
    const near = closest(event, gitlabEvents);
    const problem = `GitLab has no ${event}, so no webhook sends it`;
    findings.push(warning('CONFIG_INVALID', ['events', index], { problem }, near ? { hint: `did you mean ${near}?` } : {}));
  });
  return findings;
}
