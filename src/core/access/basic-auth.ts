import { z } from 'zod';
import { error, type Finding } from '../errors/finding.ts';
import type { Secrets } from './secrets.ts';
import { secretKeySelector } from './selectors.ts';

export const basicAuthSpec = z
  .strictObject({
    username: secretKeySelector('The user').optional(),
    password: secretKeySelector('The password').optional(),
  })
  .describe('User and password.');

export type BasicAuthSpec = z.output<typeof basicAuthSpec>;

/** Argo's own rule; paths are relative to the block. */
export function checkBasicAuth(auth: BasicAuthSpec | undefined): Finding[] {
  if (!auth) return [];
  if (!auth.username) return [error('CONFIG_INVALID', [], { problem: 'username missing' })];
  return auth.password ? [] : [error('CONFIG_INVALID', [], { problem: 'password missing' })];
}

/** Rejects as `Secrets` does. */
export async function credentialsOf(
  { username, password }: BasicAuthSpec,
  secrets: Secrets,
  signal?: AbortSignal,
): Promise<{ username: string; password: string }> {
  return {
    username: username ? await secrets.secret(username, signal) : '',
    password: password ? await secrets.secret(password, signal) : '',
  };
}
