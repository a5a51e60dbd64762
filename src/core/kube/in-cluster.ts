import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fileReasonOf } from '../errors/from-unknown.ts';
import type { Clock } from '../time/clock.ts';
import { badConfig } from './bad-config.ts';
import type { KubeConfig, TlsFiles } from './config.ts';
import { Kept } from './kept.ts';

type Env = Readonly<Record<string, string | undefined>>;

const mounted = '/var/run/secrets/kubernetes.io/serviceaccount';

export const isInCluster = (env: Env): boolean => Boolean(env.KUBERNETES_SERVICE_HOST);

/** The service account of the pod that we run in; `folder` is where its token, CA and namespace are mounted. */
export async function inCluster(env: Env, clock: Clock, folder = mounted): Promise<KubeConfig> {
  const read = (name: string) =>
    readFile(join(folder, name), 'utf8').catch((cause: unknown) => {
      throw badConfig(`this pod has no service account: ${fileReasonOf(cause)}`, { cause, hint: 'is automountServiceAccountToken false?' });
    });
  const host = env.KUBERNETES_SERVICE_HOST ?? '';
  const token = new Kept(async () => `Bearer ${(await read('token')).trim()}`, clock);
  const tls: TlsFiles = { ca: await read('ca.crt') };
  await token.get();
  return {
    server: `https://${host.includes(':') ? `[${host}]` : host}:${env.KUBERNETES_SERVICE_PORT ?? '443'}`,
    namespace: (await read('namespace')).trim(),
    authorization: () => token.get(),
    tls: async () => tls,
    refused: () => token.expire(),
  };
}
