/**
 * Where clouds tell the credentials of a machine to whoever runs on it. A URL in a rule, or one that a server redirects to, never leads there:
 * neither by its address, nor by a name for it.
 */
import { type LookupAddress, lookup } from 'node:dns';
import { BlockList, isIP, type LookupFunction } from 'node:net';

/** A connection that is not made. */
export class MetadataAddress extends Error {
  override readonly name = 'MetadataAddress';

  constructor(address: string) {
    super(`${address} is where a cloud tells the credentials of its machines, and no rule goes there`);
  }
}

const addresses = {
  /** EC2, GCE, Azure, OpenStack and others; ECS; EKS; Alibaba; Oracle. */
  ipv4: ['169.254.169.254', '169.254.170.2', '169.254.170.23', '100.100.100.200', '192.0.0.192'],
  /** EC2; EKS; GCE. */
  ipv6: ['fd00:ec2::254', 'fd00:ec2::23', 'fd20:ce::254'],
} as const;

const list = new BlockList();
for (const family of ['ipv4', 'ipv6'] as const) for (const address of addresses[family]) list.addAddress(address, family);
/** A look into the list costs as much as a call. What Node takes for IPv4 is written in one way only. */
const ofIpv4: ReadonlySet<string> = new Set(addresses.ipv4);

/** Throws MetadataAddress for such an address, also as IPv4 in IPv6 and in the brackets of a URL. Names pass: see `lookupOutside`. */
export function refuseMetadata(host: string): void {
  const address = host.replace(/^\[(.*)\]$/, '$1');
  const family = isIP(address);
  if (family === 6 ? list.check(address, 'ipv6') : ofIpv4.has(address)) throw new MetadataAddress(address);
}

/** What `node:net` finds a name's addresses with; it fails for a name that has such an address, whatever others it has. */
export const lookupOutside =
  (find: typeof lookup = lookup): LookupFunction =>
  (name, options, done) => {
    find(name, options, (error: NodeJS.ErrnoException | null, found: string | LookupAddress[], family?: number) => {
      const refused = error ? undefined : refusedOf([found].flat().map((one) => (typeof one === 'string' ? one : one.address)));
      if (refused) done(refused, '', 0);
      else done(error, found, family);
    });
  };

/** The addresses of a URL's host, for a program that connects by itself. Rejects with MetadataAddress, or as the look-up does. */
export async function addressesOutside(host: string, find: typeof lookup = lookup): Promise<string[]> {
  const address = host.replace(/^\[(.*)\]$/, '$1');
  refuseMetadata(address);
  if (isIP(address)) return [address];
  return new Promise((resolve, reject) => {
    lookupOutside(find)(host, { all: true }, (error, found) => {
      if (error) reject(error);
      else resolve((found as LookupAddress[]).map((one) => one.address));
    });
  });
}

function refusedOf(addresses: readonly string[]): Error | undefined {
  try {
    for (const address of addresses) refuseMetadata(address);
    return undefined;
  } catch (thrown) {
    return thrown as Error;
  }
}
