import { reasonOf } from '../errors/from-unknown.ts';
import { badConfig } from './bad-config.ts';
import type { Chosen } from './kubeconfig.ts';

/** What a sign-in plug-in gives. */
export interface SignedIn {
  readonly authorization?: string;
  readonly cert?: string;
  readonly key?: string;
}

/**
 * Signs in by the plug-in of a user (`exec`, `auth-provider`). Nothing else here needs `@kubernetes/client-node`, which takes 0.4 s and 75 MB to
 * load, so it is loaded only now, and need not be installed.
 */
export async function signIn({ cluster, user, userName }: Chosen): Promise<SignedIn> {
  const { KubeConfig } = await import('@kubernetes/client-node').catch((cause: unknown) => {
    throw badConfig(`its user "${userName}" signs in by a plug-in, which needs the package @kubernetes/client-node`, {
      cause,
      hint: 'npm install @kubernetes/client-node',
    });
  });
  const one = {
    clusters: [{ name: 'c', cluster: { server: cluster.server } }],
    users: [{ name: userName, user }],
    contexts: [{ name: 'c', context: { cluster: 'c', user: userName } }],
    'current-context': 'c',
  };
  const options: { headers?: Record<string, string>; cert?: string; key?: string } = {};
  try {
    const config = new KubeConfig();
    config.loadFromString(JSON.stringify(one));
    await config.applyToHTTPSOptions(options);
  } catch (cause) {
    throw badConfig(`its user "${userName}" could not sign in: ${reasonOf(cause).trim()}`, { cause, retry: 'backoff' });
  }
  const authorization = options.headers?.Authorization;
  return {
    ...(authorization === undefined ? {} : { authorization }),
    ...(options.cert ? { cert: String(options.cert) } : {}),
    ...(options.key ? { key: String(options.key) } : {}),
  };
}
