/** Who somebody is at an API server, where, and by whose certificate it is known. */
interface Identity {
  readonly server: string;
  readonly caFile?: string;
  readonly token?: string;
  /** Of the context. */
  readonly namespace?: string;
}

/** The text of a kubeconfig with one context. */
export function kubeconfig({ server, caFile, token, namespace }: Identity): string {
  const name = 'test';
  const cluster = { server, ...(caFile === undefined ? {} : { 'certificate-authority': caFile }) };
  const context = { cluster: name, user: name, ...(namespace === undefined ? {} : { namespace }) };
  // JSON is YAML.
  return JSON.stringify({
    apiVersion: 'v1',
    kind: 'Config',
    clusters: [{ name, cluster }],
    users: [{ name, user: token === undefined ? {} : { token } }],
    contexts: [{ name, context }],
    'current-context': name,
  });
}

/** Of an API server that nobody can reach: for programs that need none, and would otherwise look for that of this machine. */
export const kubeconfigOfNone: string = kubeconfig({ server: 'http://127.0.0.1:9' });
