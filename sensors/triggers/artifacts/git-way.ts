import type { lookup } from 'node:dns';
import { isIP } from 'node:net';
import { reasonOf } from '../../../src/core/errors/from-unknown.ts';
import { addressesOutside, MetadataAddress } from '../../../src/core/http/metadata.ts';
import { isUrl } from '../../../src/core/http/url.ts';
import { unlessAborted } from '../../../src/core/lifecycle/unless-aborted.ts';
import { cannotRead } from './refuse.ts';

/** What git is told of a repository. */
export interface Way {
  readonly url: string;
  /** Options that come before the command. */
  readonly config: readonly string[];
}

/**
 * The way to the host that was looked at, and to no other: git gets the URL as we have read it, follows no redirection (`ledTo` does), and
 * does not look up the name again, which could have other addresses by then. Only of http and https; any other way asks nobody for a page.
 *
 * Rejects with CONFIG_FILE_MISSING about `name`, without retry where the host has an address of a cloud's metadata. A name that cannot be
 * looked up here is left to git, which may be told of a proxy that can, and which is not started any more once the signal has aborted.
 */
export async function wayTo(written: string, name: string, signal: AbortSignal, find?: typeof lookup): Promise<Way> {
  if (!isUrl(written)) return { url: written, config: [] };
  if (!URL.canParse(written)) throw cannotRead(name, 'it is no http or https URL');
  const url = new URL(written);
  try {
    // A look-up cannot be ended; what it finds later is of no interest.
    const addresses = await unlessAborted(addressesOutside(url.hostname, find), signal);
    return { url: url.href, config: [...stays, ...pinned(url, addresses)] };
  } catch (thrown) {
    if (thrown instanceof MetadataAddress) throw cannotRead(name, reasonOf(thrown), { cause: thrown, retry: 'never' });
    return { url: url.href, config: stays };
  }
}

const stays = ['-c', 'http.followRedirects=false'];

/** An address is not looked up, and curl does not understand that of IPv6 as a name. */
function pinned({ protocol, hostname, port }: URL, addresses: readonly string[]): string[] {
  const asInUrls = addresses.map((address) => (isIP(address) === 6 ? `[${address}]` : address));
  if (asInUrls.includes(hostname)) return [];
  return ['-c', `http.curloptResolve=${hostname}:${port || (protocol === 'https:' ? 443 : 80)}:${asInUrls}`];
}
