import type { KubeConfig } from '../../src/core/kube/config.ts';

/** The plainest way to be somebody at an API server: a token that never changes. */
export function tokenConfig(at: { readonly server: string; readonly ca?: string }, token = 'token', namespace = 'default'): KubeConfig {
  const tls = at.ca === undefined ? {} : { ca: at.ca };
  return {
    server: at.server,
    namespace,
    authorization: async () => `Bearer ${token}`,
    tls: async () => tls,
    refused: () => {},
  };
}
