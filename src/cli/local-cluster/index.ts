import { type Clock, systemClock } from '../../core/time/clock.ts';
import { handle } from './handle.ts';
import { writeKubeconfig } from './kubeconfig.ts';
import { createRegistry } from './registry.ts';
import { listen, makeToken } from './server.ts';
import { createStore } from './store.ts';
import { makeCertificates } from './tls/certificates.ts';
import { makeNamespace } from './verbs/namespaces.ts';
import type { Admit, World } from './world.ts';

export interface LocalClusterOptions {
  /** 0 or nothing: a free one. */
  readonly port?: number;
  readonly clock?: Clock;
  /** The last word on every create and update. */
  readonly admit?: Admit;
  /** How many changes of each kind a watch can go back; 10,000 when nothing is said. */
  readonly history?: number;
}

export interface LocalCluster extends AsyncDisposable {
  /** `https://127.0.0.1:PORT` */
  readonly server: string;
  /** The authority's certificate, PEM; made at start, like the token. */
  readonly ca: string;
  readonly token: string;
  /** A kubeconfig, as YAML text, for the namespace `default`. */
  readonly kubeconfig: string;
  kubeconfigFor(namespace: string): string;
  /** Ends every connection and forgets everything. */
  close(): Promise<void>;
}

/**
 * A small Kubernetes API in this process, for `sensorium run` without a cluster and for tests: HTTPS on loopback, a token, everything in
 * memory and gone at the end.
 *
 * It keeps objects as the real API server does (versions, conflicts, watches, patches, server-side apply, owners of fields, definitions
 * of custom kinds), so kubectl and other clients work on it. Nothing runs in it: there are no controllers, so Pods stay Pending and owned
 * objects outlive their owners.
 *
 * Rejects when the port is taken.
 */
export async function startLocalCluster(options: LocalClusterOptions = {}): Promise<LocalCluster> {
  const { port = 0, clock = systemClock, admit = async () => ({ allowed: true }), history = 10_000 } = options;
  const store = createStore(history);
  const world: World = { store, registry: createRegistry(store), clock, admit };
  for (const namespace of ['default', 'kube-system']) makeNamespace(world, namespace);
  const certificates = makeCertificates(clock.now());
  const token = makeToken();
  const server = await listen(port, certificates, token, (request) => handle(world, request));
  const access = { server: `https://127.0.0.1:${server.port}`, ca: certificates.ca, token };
  const close = () => server.close();
  return {
    ...access,
    kubeconfig: writeKubeconfig({ ...access, namespace: 'default' }),
    kubeconfigFor: (namespace) => writeKubeconfig({ ...access, namespace }),
    close,
    [Symbol.asyncDispose]: close,
  };
}
