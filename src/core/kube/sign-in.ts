import type { KubeConfig } from '@kubernetes/client-node';
import { reasonOf } from '../errors/from-unknown.ts';
import { badConfig } from './bad-config.ts';
import type { Chosen } from './kubeconfig.ts';

/** What a sign-in plug-in gives. */
export interface SignedIn {
  readonly authorization?: string;
  readonly cert?: string;
  readonly key?: string;
}

/** Signs in by a plug-in, as often as it is asked. */
export interface SignIn {
  /** Rejects with CONFIG_KUBECONFIG. What the plug-in gave is good until the time that it named. */
  identify(): Promise<SignedIn>;
  /** The server refused what the plug-in gave. */
  refused(): void;
}

/**
 * The sign-in of a user by plug-in (`exec`, `auth-provider`). Nothing else here needs `@kubernetes/client-node`, which takes 0.4 s and 75 MB to
 * load, so it is loaded when first asked, and need not be installed.
 */
export function signInOf({ cluster, user, userName }: Chosen): SignIn {
  // Kept, because an OpenID provider may take each refresh token only once.
  let config: Promise<KubeConfig> | undefined;
  return {
    async identify() {
      config ??= load();
      const loaded = await config;
      const options: { headers: Record<string, string>; cert?: string; key?: string } = { headers: {} };
      try {
        await loaded.applyToHTTPSOptions(options);
      } catch (cause) {
        throw badConfig(`its user "${userName}" could not sign in: ${reasonOf(cause).trim()}`, { cause, retry: 'backoff' });
      }
      const authorization = options.headers['Authorization'];
      if (authorization === undefined && !options.cert)
        throw badConfig(`its user "${userName}" could not sign in: the plug-in gave neither a token nor a certificate`, {
          retry: 'backoff',
          hint: 'sign in again with the tool that wrote the kubeconfig',
        });
      return {
        ...(authorization === undefined ? {} : { authorization }),
        ...(options.cert ? { cert: String(options.cert) } : {}),
        ...(options.key ? { key: String(options.key) } : {}),
      };
    },
    refused() {
      if (user.exec) config = undefined;
    },
  };

  async function load(): Promise<KubeConfig> {
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
    const config = new KubeConfig();
    config.loadFromString(JSON.stringify(one));
    return config;
  }
}
