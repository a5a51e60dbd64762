import { type Finding, warning } from '../../src/core/errors/finding.ts';
import type { CalledSpec } from './spec.ts';

/** A word of warning about an entry that takes what anybody posts. `hint` says what to do at the provider. */
export function checkUnsigned(isSigned: boolean, webhook: CalledSpec, hint: string): Finding[] {
  if (isSigned || webhook.authSecret) return [];
  return [warning('CONFIG_INVALID', [], { problem: 'no secret is checked, so anybody who knows the address can post events' }, { hint })];
}
