import { busesOn } from '../../../eventbus/buses.ts';
import { openBus } from '../../../eventbus/open.ts';
import { EngineError } from '../../core/errors/engine-error.ts';
import { createTell } from '../../core/telemetry/tell.ts';
import { systemClock } from '../../core/time/clock.ts';
import { busConfigFrom } from '../connect.ts';
import type { BusFlags } from '../flags.ts';
import { busesThroughDoor, type ReachedBus } from './through-door.ts';

/** How long servers may take to answer, in milliseconds; those that refuse are not waited for. */
const patience = 5_000;

export interface ReachedBuses extends AsyncDisposable {
  readonly buses: readonly ReachedBus[];
}

/**
 * The buses that a command is about: those on the servers that `--bus` names, else those of the process that was started in this folder.
 * Nothing is made on a server that only is looked at. Throws CONFIG_MISSING, UNREACHABLE_BUS, REMOTE_BUS*, UNREACHABLE_PROCESS.
 */
export async function reachBuses(flags: BusFlags): Promise<ReachedBuses> {
  if (flags.bus !== undefined) return onServers(flags);
  const buses = await busesThroughDoor();
  if (buses) return { buses, [Symbol.asyncDispose]: async () => {} };
  const hint = 'give its URL with --bus nats://host:4222, or call this in the folder in which `sensorium run` was started';
  throw new EngineError('CONFIG_MISSING', { problem: 'nothing says where the bus is' }, { hint });
}

async function onServers(flags: BusFlags): Promise<ReachedBuses> {
  const gone = new AbortController();
  let away: unknown;
  const tell = createTell((name, _happening, fields) => {
    if (name !== 'busAway') return;
    away = fields['error'];
    gone.abort();
  });
  const context = { tell, clock: systemClock, signal: AbortSignal.any([gone.signal, AbortSignal.timeout(patience)]) };
  try {
    const config = busConfigFrom(flags, { namespace: 'default', name: 'default', alone: true });
    const found = await busesOn(config, context);
    const buses = await Promise.all((found.length > 0 ? found : [config]).map((one) => openBus(one, { ...context, visiting: true })));
    return {
      buses,
      async [Symbol.asyncDispose]() {
        await Promise.all(buses.map((bus) => bus[Symbol.asyncDispose]()));
      },
    };
  } catch (thrown) {
    throw away ?? thrown;
  }
}
