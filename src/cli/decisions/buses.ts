import { busesOn } from '../../../eventbus/buses.ts';
import { openBus } from '../../../eventbus/open.ts';
import { EngineError } from '../../core/errors/engine-error.ts';
import { systemClock } from '../../core/time/clock.ts';
import { askServers } from '../ask-servers.ts';
import { busConfigFrom } from '../connect.ts';
import type { BusFlags } from '../flags.ts';
import { busesThroughDoor, type ReachedBus } from './through-door.ts';

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
  const config = busConfigFrom(flags, { namespace: 'default', name: 'default', alone: true });
  const buses = await askServers(systemClock, async (context) => {
    const found = await busesOn(config, context);
    return Promise.all((found.length > 0 ? found : [config]).map((one) => openBus(one, { ...context, visiting: true })));
  });
  return {
    buses,
    async [Symbol.asyncDispose]() {
      await Promise.all(buses.map((bus) => bus[Symbol.asyncDispose]()));
    },
  };
}
