import { busesOn } from '../../../eventbus/buses.ts';
import { openBus } from '../../../eventbus/open.ts';
import { systemClock } from '../../core/time/clock.ts';
import { askServers } from '../ask-servers.ts';
import { busConfigFrom } from '../connect.ts';
import type { BusFlags } from '../flags.ts';
import type { ReachedBuses } from './buses.ts';

/** All buses on the servers that `--bus` names. Nothing is made there. Throws UNREACHABLE_BUS, REMOTE_BUS*, CONFIG_*. */
export async function busesOnServers(flags: BusFlags): Promise<ReachedBuses> {
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
