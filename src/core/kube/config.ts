/**
 * Where an API server is and who we are there.
 *
 * Programs call `kubeConfigFrom` once and give the result to `openKube`. Kubeconfigs and service accounts are read by ourselves; only users
 * that sign in by a plug-in (`exec`, `auth-provider`) need the optional package `@kubernetes/client-node`. Files that may be
 * renewed while we run (tokens, certificates) are read again each minute.
 */
import { homedir } from 'node:os';
import { delimiter, join } from 'node:path';
import { type Clock, systemClock } from '../time/clock.ts';
import { inCluster, isInCluster } from './in-cluster.ts';
import { readKubeconfigs } from './kubeconfig.ts';
import { configOf } from './user.ts';

export interface KubeConfig {
  /** `https://host:port`, where needed with a path. */
  readonly server: string;
  /** The namespace of the context or of the pod. */
  readonly namespace: string;
  /** The value of the Authorization header; asked before each request, so it must be quick when nothing changed. */
  authorization(): Promise<string | undefined>;
  /** For new connections. The same object as long as nothing changed. */
  tls(): Promise<TlsFiles>;
  /** The server answered 401: credentials that are kept should be fetched anew. */
  refused(): void;
}

/** In the words of `node:tls`; PEM texts. */
export interface TlsFiles {
  readonly ca?: string;
  readonly cert?: string;
  readonly key?: string;
  readonly servername?: string;
  readonly rejectUnauthorized?: boolean;
}

interface ConfigSource {
  /** A path; without one the places are, in this order: KUBECONFIG, the pod's service account, `~/.kube/config`. */
  readonly kubeconfig?: string | undefined;
  /** The name of a context; else the kubeconfig's current one. */
  readonly context?: string | undefined;
  readonly env: Readonly<Record<string, string | undefined>>;
  readonly clock?: Clock;
}

/** Rejects with CONFIG_KUBECONFIG when there is none or it cannot be used. Connects to nothing. */
export async function kubeConfigFrom({ kubeconfig, context, env, clock = systemClock }: ConfigSource): Promise<KubeConfig> {
  if (kubeconfig !== undefined) return configOf(await readKubeconfigs([kubeconfig], { context, mustExist: true }), clock);
  const listed = env.KUBECONFIG?.split(delimiter).filter((path) => path !== '') ?? [];
  if (listed.length === 0 && context === undefined && isInCluster(env)) return await inCluster(env, clock);
  const paths = listed.length > 0 ? listed : [join(env.HOME ?? homedir(), '.kube', 'config')];
  return configOf(await readKubeconfigs(paths, { context, mustExist: false }), clock);
}
