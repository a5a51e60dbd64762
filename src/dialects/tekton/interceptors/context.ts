import { KeptSecrets } from '../../../core/access/kept-secrets.ts';
import type { InterceptorContext } from './interceptor.ts';

/** Milliseconds for which a Secret is taken as it was. */
const freshFor = 5_000;

/** What interceptors are asked with, for triggers of a namespace: its Secrets are read byte for byte, and at most once in five seconds. */
export async function interceptorContext(namespace: string, around: Omit<InterceptorContext, 'secrets'>): Promise<InterceptorContext> {
  const { clients, kube, clock, signal } = around;
  const secrets = await clients.get(
    `interceptor secrets ${namespace}`,
    async () => new KeptSecrets(kube, namespace, clock, { freshFor, keepsNewline: true }),
  );
  return { secrets, kube, clock, signal, clients };
}
