/** Which buses a command asks. What speaks to servers is loaded when one is named: these commands shall answer at once. */
import { EngineError } from '../../core/errors/engine-error.ts';
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
  if (flags.bus !== undefined) {
    const { busesOnServers } = await import('./buses-on-servers.ts');
    return busesOnServers(flags);
  }
  const buses = await busesThroughDoor();
  if (buses) return { buses, [Symbol.asyncDispose]: async () => {} };
  const hint = 'give its URL with --bus nats://host:4222, or call this in the folder in which `sensorium run` was started';
  throw new EngineError('CONFIG_MISSING', { problem: 'nothing says where the bus is' }, { hint });
}
