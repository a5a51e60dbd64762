/** Places as deliveries meet them: found when an event is sent, because what is asked about may come, go and move. */

import { EngineError } from '../../../core/errors/engine-error.ts';
import type { DialectWorld } from '../../dialect.ts';
import { listenerAddress } from '../../listener-call.ts';
import { entered } from '../broker/enter.ts';
import { asReplyTo } from '../broker/replies.ts';
import type { Around, Resolve, Target } from '../delivery/index.ts';
import { addressIn } from './address.ts';
import { asListenerCall } from './listener-call.ts';
import type { Place } from './place.ts';

/** A place that is called or that takes events as they are. */
export type Reachable = Exclude<Place, { readonly kind: 'work' }>;

export function resolverOf(place: Reachable, world: DialectWorld): Resolve {
  switch (place.kind) {
    case 'bus':
      return () => busTarget(place, world);
    case 'listener': {
      const { namespace, name, url } = place;
      return () => (world.isHeard(namespace, listenerAddress(name)) ? listenerTarget(place, world) : { kind: 'http', url: new URL(url) });
    }
    case 'url': {
      const target: Target = { kind: 'http', url: new URL(place.url), caCerts: place.caCerts };
      return () => target;
    }
    case 'object':
      return (around) => objectTarget(place, world, around);
    case 'nowhere':
      return () => {
        throw new EngineError('UNREACHABLE_RECEIVER', { server: 'the receiver', reason: place.problem });
      };
  }
}

function busTarget({ rule, address, url }: Extract<Place, { kind: 'bus' }>, world: DialectWorld): Target {
  const { kind, namespace, name } = rule;
  return {
    kind: 'here',
    name: `${kind} ${name}`,
    url,
    async take(event, { clock }, cause) {
      const passed = asReplyTo(cause, event);
      const inside = kind === 'Broker' ? entered(passed, clock.now()) : passed;
      if (!inside) return `dropped, as events go in a circle through Broker ${name}`;
      await world.publish(namespace, address, inside);
      return undefined;
    },
  };
}

const listenerTarget = ({ namespace, name, url }: Extract<Place, { kind: 'listener' }>, world: DialectWorld): Target => ({
  kind: 'here',
  name: `EventListener ${name}`,
  url,
  async take(event) {
    await world.publish(namespace, listenerAddress(name), asListenerCall(event, url));
    return undefined;
  },
});

async function objectTarget(place: Extract<Place, { kind: 'object' }>, world: DialectWorld, around: Around): Promise<Target> {
  const { ref, path, caCerts } = place;
  const { kind, namespace, name } = ref;
  const given = kind === 'Service' ? world.sinkOf(namespace, name) : undefined;
  if (given !== undefined) return { kind: 'http', url: path === undefined ? new URL(given) : new URL(path, given) };
  const { display } = world;
  // No name of a cluster leads anywhere from the local API.
  if (display && ref.apiVersion === 'v1' && kind === 'Service') return shown(name, display);
  try {
    return { kind: 'http', url: new URL(await addressIn(place, around)), caCerts };
  } catch (thrown) {
    if (display && kind === 'Service' && thrown instanceof EngineError && thrown.code !== 'UNREACHABLE_KUBE') return shown(name, display);
    throw thrown;
  }
}

const shown = (service: string, display: NonNullable<DialectWorld['display']>): Target => ({
  kind: 'here',
  name: `${service}, played on the screen`,
  async take(event) {
    display(service, event);
    return undefined;
  },
});
