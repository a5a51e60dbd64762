import type { JetStreamConfig } from '../../../../eventbus/config.ts';
import { inspect } from '../../../../eventbus/inspect.ts';
import { EngineError } from '../../../core/errors/engine-error.ts';
import { error, type Finding, type Path } from '../../../core/errors/finding.ts';
import { createTell } from '../../../core/telemetry/tell.ts';
import type { Clock } from '../../../core/time/clock.ts';

/** How long a bus may take to answer, in milliseconds; one that refuses is not waited for. */
const patience = 5000;

/** What a bus lacks. Changes nothing. Rejects with UNREACHABLE_BUS or REMOTE_BUS_AUTH when it cannot be asked. */
export async function askBus(config: JetStreamConfig, path: Path, clock: Clock): Promise<Finding[]> {
  const gone = new AbortController();
  let away: unknown;
  const tell = createTell((name, _happening, fields) => {
    if (name !== 'busAway') return;
    away = fields['error'];
    gone.abort();
  });
  const signal = AbortSignal.any([gone.signal, AbortSignal.timeout(patience)]);
  try {
    const { server, problem } = await inspect(config, { tell, clock, signal });
    return problem === undefined ? [] : [error('CONFIG_INVALID', path, { problem: `the bus at ${server}: ${problem}` })];
  } catch (thrown) {
    throw away instanceof EngineError ? away : thrown;
  }
}
