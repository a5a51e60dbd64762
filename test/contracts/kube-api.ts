import { afterAll, beforeAll, describe } from 'vitest';
import { applies } from './kube-api/applies.ts';
import { definitions } from './kube-api/definitions.ts';
import { discovery } from './kube-api/discovery.ts';
import { type Api, connect, type Reachable } from './kube-api/http.ts';
import { kinds } from './kube-api/kinds.ts';
import { lists } from './kube-api/lists.ts';
import { objects } from './kube-api/objects.ts';
import { openapi } from './kube-api/openapi.ts';
import { patches } from './kube-api/patches.ts';
import { tables } from './kube-api/tables.ts';
import { watches } from './kube-api/watches.ts';

/**
 * What a Kubernetes API does, as far as we and the users of our local one depend on it. Runs with the same expectations against the local
 * API and the real kube-apiserver.
 */
export function kubeApiContract(name: string, start: () => Promise<Reachable & { end?(): Promise<void> }>): void {
  describe(name, () => {
    let server: Awaited<ReturnType<typeof start>>;
    let api: Api;
    beforeAll(async () => {
      server = await start();
      api = connect(server);
    }, 90_000);
    afterAll(async () => {
      await api?.close();
      await server?.end?.();
    });
    for (const part of [discovery, openapi, objects, lists, watches, patches, applies, kinds, tables, definitions]) part(() => api);
  });
}
