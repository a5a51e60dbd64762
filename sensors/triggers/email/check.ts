import { error, type Finding } from '../../../src/core/errors/finding.ts';
import { checkParameters } from '../parameters/index.ts';
import type { EmailSpec } from './spec.ts';

/** What the schema cannot say of an `email` block. */
export function check({ port = 0, parameters = [] }: EmailSpec, dependencies: readonly string[]): Finding[] {
  const problem = `port: ${port}, port should be between 0-65535`;
  return [
    ...(port < 0 || port > 65535 ? [error('CONFIG_INVALID', ['port'], { problem })] : []),
    ...checkParameters(parameters, dependencies, ['parameters']),
  ];
}
