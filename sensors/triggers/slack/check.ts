import { error, type Finding } from '../../../src/core/errors/finding.ts';
import { checkParameters } from '../parameters/index.ts';
import type { SlackSpec } from './spec.ts';

/** What the schema cannot say of a `slack` block. */
export function check({ slackToken, parameters = [] }: SlackSpec, dependencies: readonly string[]): Finding[] {
  const missing = slackToken ? [] : [error('CONFIG_MISSING', ['slackToken'], { problem: "slack token can't be empty" })];
  return [...missing, ...checkParameters(parameters, dependencies, ['parameters'])];
}
