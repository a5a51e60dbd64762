import type { lookup } from 'node:dns';
import { isIP } from 'node:net';
import { reasonOf } from '../../../src/core/errors/from-unknown.ts';
import { isUrl } from '../../../src/core/http/fetch-text.ts';
import { addressesOutside, MetadataAddress } from '../../../src/core/http/metadata.ts';
import { cannotRead } from './refuse.ts';

/** What git is told of a repository. */
export interface Way {
  readonly url: string;
  /** Options that come before the command. */
  readonly config: readonly string[];
}

/**
 * The way to the host that was looked at, and to no other: git gets the URL as we have read it, follows no redirection, and does not look
 * up the name again, which could have other addresses by then. Only of http and https; any other way asks nobody for a page.
 *
 * Rejects with CONFIG_FILE_MISSING about `name`, without retry where the host has an address of a cloud's metadata. A name that cannot be
 * looked up here is left to git, which may be told of a proxy that can.
 */
export async function wayTo(written: string, name: string, find?: typeof lookup): Promise<Way> {
  if (!isUrl(written)) return { url: written, config: [] };
  if (!URL.canParse(written)) throw cannotRead(name, 'it is no http or https URL');
  const url = new URL(written);
  try {
    return { url: url.href, config: [...stays, ...pinned(url, await addressesOutside(url.hostname, find))] };
  } catch (thrown) {
    if (thrown instanceof MetadataAddress) throw cannotRead(name, reasonOf(thrown), { cause: thrown, retry: 'never' });
    return { url: url.href, config: stays };
  }
}

const stays = ['-c', 'http.followRedirects=false'];

function pinned({ protocol, hostname, port }: URL, addresses: readonly string[]): string[] {
  const to = addresses.map((address) => (isIP(address) === 6 ? `[${address}]` : address)).join(',');
  return ['-c', `http.curloptResolve=${hostname}:${port || (protocol === 'https:' ? 443 : 80)}:${to}`];
}
