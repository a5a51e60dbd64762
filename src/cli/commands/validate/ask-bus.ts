import type { JetStreamConfig } from '../../../../eventbus/config.ts';
import { inspect } from '../../../../eventbus/inspect.ts';
import { error, type Finding, type Path } from '../../../core/errors/finding.ts';
import type { Clock } from '../../../core/time/clock.ts';
import { askServers } from '../../ask-servers.ts';

/** What a bus lacks. Changes nothing. Rejects with UNREACHABLE_BUS or REMOTE_BUS_AUTH when it cannot be asked. */
export async function askBus(config: JetStreamConfig, path: Path, clock: Clock): Promise<Finding[]> {
  const { server, problem } = await askServers(clock, (context) => inspect(config, context));
  return problem === undefined ? [] : [error('CONFIG_INVALID', path, { problem: `the bus at ${server}: ${problem}` })];
}
