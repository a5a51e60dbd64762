/** The `sasl` block of Kafka event sources and triggers: its shape, what may stand in it, what it comes to. */
import { z } from 'zod';
import { error, type Finding } from '../errors/finding.ts';
import type { Secrets } from './secrets.ts';
import { secretKeySelector } from './selectors.ts';

const theirs = ['PLAIN', 'OAUTHBEARER', 'SCRAM-SHA-256', 'SCRAM-SHA-512', 'GSSAPI'] as const;

const ours = ['PLAIN', 'SCRAM-SHA-256', 'SCRAM-SHA-512'] as const;

export const saslSpec = z
  .strictObject({
    mechanism: z.string().optional().describe('How the password is shown: `PLAIN` (the default), `SCRAM-SHA-256` or `SCRAM-SHA-512`.'),
    userSecret: secretKeySelector('The user').optional(),
    passwordSecret: secretKeySelector('The password').optional(),
  })
  .describe('How we prove who we are.');

export type SaslSpec = z.output<typeof saslSpec>;

/** Argo's own rules, and the mechanisms that we do not speak; paths are relative to the block. */
export function checkSasl(sasl: SaslSpec | undefined): Finding[] {
  if (!sasl) return [];
  const mechanism = sasl.mechanism || 'PLAIN';
  if (!(theirs as readonly string[]).includes(mechanism)) {
    const problem =
      'invalid sasl config. Possible values for SASL Mechanism are `OAUTHBEARER`, `PLAIN`, `SCRAM-SHA-256`, `SCRAM-SHA-512` and `GSSAPI`';
    return [error('CONFIG_INVALID', [], { problem })];
  }
  if (!(ours as readonly string[]).includes(mechanism)) {
    const because = `a user and a password are all that we can show: use ${ours.join(', ')}`;
    return [error('CONFIG_UNSUPPORTED', ['mechanism'], { what: `the SASL mechanism ${mechanism}`, because })];
  }
  if (sasl.userSecret && sasl.passwordSecret) return [];
  return [error('CONFIG_INVALID', [], { problem: 'invalid sasl config, both userSecret and passwordSecret must be defined' })];
}

export interface SaslOptions {
  readonly mechanism: (typeof ours)[number];
  readonly username: string;
  readonly password: string;
}

/** Reads what the block names. Undefined without a block. Rejects as `Secrets` does. */
export async function saslOptions(sasl: SaslSpec | undefined, secrets: Secrets, signal?: AbortSignal): Promise<SaslOptions | undefined> {
  if (!sasl) return undefined;
  return {
    mechanism: (sasl.mechanism || 'PLAIN') as SaslOptions['mechanism'],
    username: sasl.userSecret ? await secrets.secret(sasl.userSecret, signal) : '',
    password: sasl.passwordSecret ? await secrets.secret(sasl.passwordSecret, signal) : '',
  };
}
