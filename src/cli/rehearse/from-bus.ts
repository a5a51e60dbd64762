import { type Peeked, peek } from '../../../eventbus/peek.ts';
import { EngineError } from '../../core/errors/engine-error.ts';
import type { Address } from '../../core/event/event.ts';
import { systemClock } from '../../core/time/clock.ts';
import { askServers } from '../ask-servers.ts';
import { busConfigFrom } from '../connect.ts';
import type { BusFlags } from '../flags.ts';
import type { Given } from './given.ts';

/** Whose events are taken. */
interface Listening {
  readonly namespace: string;
  readonly busName?: string | undefined;
  readonly origins: readonly Address[];
}

/** The last events of a rule that the bus holds, oldest first. Throws CONFIG_MISSING, UNREACHABLE_BUS or REMOTE_BUS*. */
export async function eventsFromBus(
  count: number,
  flags: BusFlags,
  { namespace, busName = 'default', origins }: Listening,
): Promise<Given[]> {
  if (flags.bus === undefined)
    throw new EngineError(
      'CONFIG_MISSING',
      { problem: 'nothing says where the bus is' },
      { hint: 'give its URL with --bus nats://host:4222' },
    );
  // Argo's own stream, and the one of a process that has several buses on its servers.
  const configs = [true, false].map((alone) => busConfigFrom(flags, { namespace, name: busName, alone }));
  const peeked = await askServers(systemClock, (context) => Promise.all(configs.map((config) => peek(config, origins, count, context))));
  return peeked
    .reduce(merged)
    .slice(-count)
    .flatMap(({ event, subject, sequence }) => (event ? [{ event, dependency: undefined, from: `${subject} ${sequence}` }] : []));
}

/** Two streams as one, by the time at which the bus stored their events. Each keeps its order, also where the server's clock went back. */
function merged(one: readonly Peeked[], other: readonly Peeked[]): Peeked[] {
  const events: Peeked[] = [];
  const rest = [...other];
  for (const event of one) {
    while (rest.length > 0 && rest[0]!.storedAt < event.storedAt) events.push(rest.shift()!);
    events.push(event);
  }
  return [...events, ...rest];
}
