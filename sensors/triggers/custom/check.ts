import { error, type Finding } from '../../../src/core/errors/finding.ts';
import { checkParameters } from '../parameters/index.ts';
import type { CustomSpec } from './spec.ts';

/** What the schema cannot say of a `custom` block. */
export function check({ secure, certSecret, parameters = [], payload = [] }: CustomSpec, dependencies: readonly string[]): Finding[] {
  const problem = "certSecret can't be nil when the trigger server connection is secure";
  return [
    ...(secure && !certSecret ? [error('CONFIG_MISSING', ['certSecret'], { problem })] : []),
    ...checkParameters(parameters, dependencies, ['parameters']),
    ...checkParameters(payload, dependencies, ['payload']),
  ];
}
