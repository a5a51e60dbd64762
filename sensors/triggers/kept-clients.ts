/** What triggers of several kinds keep between firings, each of them once for a sensor. */
import { KeptSecrets } from '../../src/core/access/kept-secrets.ts';
import { type TlsSpec, tlsOptions } from '../../src/core/access/tls.ts';
import type { HttpClient } from '../../src/core/http/client.ts';
import type { TriggerContext } from './trigger.ts';

type Around = Pick<TriggerContext, 'clients' | 'clock' | 'kube' | 'firing' | 'signal'>;

/** The Secrets of the sensor's namespace, each read at most once in ten seconds. */
export const keptSecrets = ({ clients, clock, kube, firing: { namespace } }: Around): Promise<KeptSecrets> =>
  clients.get(`secrets ${namespace}`, async () => new KeptSecrets(kube, namespace, clock));

/** What sends requests with these certificates; `drop` it when they may have changed. */
export async function keptHttpClient(tls: TlsSpec | undefined, around: Around): Promise<{ client: HttpClient; drop: () => void }> {
  const { clients, firing, signal } = around;
  const key = `http ${firing.namespace} ${JSON.stringify(tls ?? null)}`;
  const client = await clients.get(key, async () => {
    const { HttpClient } = await import('../../src/core/http/client.ts');
    return new HttpClient(await tlsOptions(tls, await keptSecrets(around), signal));
  });
  return { client, drop: () => void clients.drop(key) };
}
