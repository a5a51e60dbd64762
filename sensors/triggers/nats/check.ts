import { checkTls } from '../../../src/core/access/tls.ts';
import { type Finding, under } from '../../../src/core/errors/finding.ts';
import { parseServers } from '../../../src/core/nats/servers.ts';
import { problemOf } from '../../checked.ts';
import { checkParameters } from '../parameters/index.ts';
import type { NatsSpec } from './spec.ts';

/** What the schema cannot say of a `nats` block. */
export function check({ url, payload, parameters = [], tls }: NatsSpec, dependencies: readonly string[]): Finding[] {
  const unreadable = problemOf(['url'], () => parseServers(url.split(',')));
  return [
    ...(unreadable ? [unreadable] : []),
    ...checkParameters(parameters, dependencies, ['parameters']),
    ...checkParameters(payload, dependencies, ['payload']),
    ...under('tls', checkTls(tls)),
  ];
}
