import { EngineError } from '../errors/engine-error.ts';
import type { NatsCredentials } from './connect.ts';

/** Credentials are taken out of the URLs; a user without a password is a token. Throws CONFIG_INVALID. */
export function parseServers(urls: readonly string[]): { servers: string[]; credentials: NatsCredentials | undefined } {
  let credentials: NatsCredentials | undefined;
  const servers = urls.map((text) => {
    const at = text.includes('://') ? text.trim() : `nats://${text.trim()}`;
    const url = URL.canParse(at) ? new URL(at) : undefined;
    if (!url || !['nats:', 'tls:'].includes(url.protocol) || !url.hostname)
      throw new EngineError(
        'CONFIG_INVALID',
        { problem: `"${hideCredentials(text)}" is no URL of a NATS server` },
        { hint: 'write nats://host:4222' },
      );
    if (url.username) {
      const user = decodeURIComponent(url.username);
      credentials = url.password ? { user, password: decodeURIComponent(url.password) } : { token: user };
    }
    return `${url.protocol}//${url.host}`;
  });
  return { servers, credentials };
}

/** A URL as it may be shown. */
export const hideCredentials = (url: string): string => url.replace(/\/\/[^@/]*@/g, '//');
