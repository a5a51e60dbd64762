import { createHash } from 'node:crypto';

/** What a bus calls its things on a server. Stream names and buckets allow few characters, so names of ours are encoded, no two alike. */
export interface BusNames {
  /** "argo-events/default", for descriptions. */
  readonly bus: string;
  /** The stream of events, and the first token of their subjects. */
  readonly stream: string;
  readonly queues: string;
  readonly parked: string;
  readonly leases: string;
  bucket(name: string): string;
  durable(name: string): string;
}

/**
 * A bus is the pair of namespace and EventBus. Where it is the only one on its servers, its stream has Argo's own name
 * (`default`), so that Argo's parts meet ours there; otherwise every name carries the pair.
 */
export function busNames({ namespace, name, alone }: { namespace: string; name: string; alone: boolean }): BusNames {
  return named(`${namespace}/${name}`, alone ? '' : `__${encodeName(namespace)}__${encodeName(name)}`);
}

/** The names of the bus whose stream of events this is; undefined for a stream that is none. */
export function busNamesOf(stream: string): BusNames | undefined {
  const [, pair] = /^default((?:__.+__.+)?)$/.exec(stream) ?? [];
  return pair === undefined ? undefined : named(stream, pair);
}

function named(bus: string, pair: string): BusNames {
  return {
    bus,
    stream: `default${pair}`,
    queues: `sensorium-queue${pair}`,
    parked: `sensorium-parked${pair}`,
    leases: `sensorium_leases${pair}`,
    bucket: (bucket) => `sensorium${pair}-${encodeName(bucket)}`,
    durable: (subscription) => `sensorium-${encodeName(subscription)}`,
  };
}

/** Letters, digits and `-` stay; everything else becomes `_` and two hex digits a byte. A long name ends in a hash instead. */
export function encodeName(name: string): string {
  let encoded = '';
  for (const byte of Buffer.from(name, 'utf8')) {
    const character = String.fromCharCode(byte);
    encoded += /[A-Za-z0-9-]/.test(character) ? character : `_${byte.toString(16).padStart(2, '0')}`;
  }
  if (encoded.length <= longest) return encoded;
  return `${encoded.slice(0, longest - 66)}_z${createHash('sha256').update(name).digest('hex')}`;
}

/** A server's stream names end at 255 characters; three of these and our own words must fit. */
const longest = 72;
