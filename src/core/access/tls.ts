/** The `tls` block that event sources and triggers share: its shape, what may stand in it, what it comes to. */
import { z } from 'zod';
import { error, type Finding } from '../errors/finding.ts';
import type { Secrets } from './secrets.ts';
import { secretKeySelector } from './selectors.ts';

export const tlsSpec = z
  .strictObject({
    caCertSecret: secretKeySelector('The certificate authority that signed the certificate of the server').optional(),
    clientCertSecret: secretKeySelector('Our certificate').optional(),
    clientKeySecret: secretKeySelector('The private key of our certificate').optional(),
    insecureSkipVerify: z.boolean().optional().describe('Takes any certificate. False when left out.'),
    enabled: z.boolean().optional().describe('Speaks TLS and trusts the authorities of the system; for a server without a `caCertSecret`.'),
  })
  .describe('How the connection is encrypted.');

export type TlsSpec = z.output<typeof tlsSpec>;

/** What the schema cannot say, with paths relative to the block: Argo's own rules. */
export function checkTls(tls: TlsSpec | undefined): Finding[] {
  if (!tls || tls.insecureSkipVerify) return [];
  const { caCertSecret, clientCertSecret, clientKeySecret, enabled } = tls;
  const refuse = (problem: string) => [error('CONFIG_INVALID', [], { problem: `invalid tls config, ${problem}` })];
  if (!caCertSecret && !clientCertSecret && !clientKeySecret)
    return enabled ? [] : refuse('please configure either caCertSecret, or clientCertSecret and clientKeySecret, or both');
  if (Boolean(clientCertSecret) !== Boolean(clientKeySecret))
    return refuse('both clientCertSecret and clientKeySecret need to be configured');
  return [];
}

/** PEM texts, in the names of `node:tls`. */
export interface TlsOptions {
  readonly ca?: string;
  readonly cert?: string;
  readonly key?: string;
  readonly rejectUnauthorized: boolean;
}

/** Reads what the block names. Undefined without a block. Rejects as `Secrets` does. */
export async function tlsOptions(tls: TlsSpec | undefined, secrets: Secrets, signal?: AbortSignal): Promise<TlsOptions | undefined> {
  if (!tls) return undefined;
  const { caCertSecret, clientCertSecret, clientKeySecret, insecureSkipVerify } = tls;
  return {
    rejectUnauthorized: !insecureSkipVerify,
    ...(caCertSecret ? { ca: await secrets.secret(caCertSecret, signal) } : {}),
    ...(clientCertSecret ? { cert: await secrets.secret(clientCertSecret, signal) } : {}),
    ...(clientKeySecret ? { key: await secrets.secret(clientKeySecret, signal) } : {}),
  };
}
