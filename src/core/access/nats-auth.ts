/** The `auth` block of NATS event sources and triggers: its shape, and the credentials that it comes to. */
import { z } from 'zod';
import type { NatsCredentials } from '../nats/connect.ts';
import { basicAuthSpec, credentialsOf } from './basic-auth.ts';
import type { Secrets } from './secrets.ts';
import { secretKeySelector } from './selectors.ts';

export const natsAuthSpec = z
  .strictObject({
    basic: basicAuthSpec.optional(),
    token: secretKeySelector('A token').optional(),
    nkey: secretKeySelector('The seed of an NKey').optional(),
    credential: secretKeySelector('A credentials file: a JWT and the seed of its NKey').optional(),
  })
  .describe('How we prove who we are; of several, the first in this order counts.');

export type NatsAuthSpec = z.output<typeof natsAuthSpec>;

/** Reads what the block names. Undefined without a block, or with an empty one. Rejects as `Secrets` does. */
export async function natsCredentials(
  auth: NatsAuthSpec | undefined,
  secrets: Secrets,
  signal?: AbortSignal,
): Promise<NatsCredentials | undefined> {
  if (auth?.basic) {
    const { username, password } = await credentialsOf(auth.basic, secrets, signal);
    return { user: username, password };
  }
  if (auth?.token) return { token: await secrets.secret(auth.token, signal) };
  if (auth?.nkey) {
    const seed = await secrets.secret(auth.nkey, signal);
    return { nkey: () => seed };
  }
  if (!auth?.credential) return undefined;
  const text = await secrets.secret(auth.credential, signal);
  return { creds: () => text };
}
