import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { openKube } from '../../../src/core/kube/client.ts';
import type { Kube, KubeObject, ResourceType, Unfolding } from '../../../src/core/kube/kube.ts';
import { type WatchSelection, watchResources } from '../../../src/core/kube/watch.ts';
import { systemClock } from '../../../src/core/time/clock.ts';
import { type ApiServer, haveApiServer, startApiServer, uniqueName } from '../../support/kube-apiserver.ts';
import { record } from '../../support/record.ts';
import { tokenConfig } from '../../support/token-config.ts';

const configMap = (name: string, data: Record<string, string> = {}, labels: Record<string, string> = {}): KubeObject => ({
  apiVersion: 'v1',
  kind: 'ConfigMap',
  metadata: { name, labels },
  data,
});

describe.runIf(haveApiServer())('watching a real kube-apiserver', () => {
  let server: ApiServer;
  let kube: Kube;
  const told = record();
  let configMaps: ResourceType;

  beforeAll(async () => {
    server = await startApiServer();
    kube = openKube(tokenConfig(server, server.token), { tell: told.tell, clock: systemClock });
    configMaps = await kube.kind('v1', 'ConfigMap');
  });
  afterAll(async () => {
    await kube?.[Symbol.asyncDispose]();
    await server?.[Symbol.asyncDispose]();
  });

  async function freshNamespace(): Promise<string> {
    const name = uniqueName('watch');
    await kube.create(await kube.kind('v1', 'Namespace'), { apiVersion: 'v1', kind: 'Namespace', metadata: { name } });
    return name;
  }

  /** Collects what a watch yields, one word a change. */
  function follow(
    selection: WatchSelection,
    { as = kube, type = configMaps }: { as?: Kube; type?: ResourceType | (() => Promise<ResourceType>) } = {},
  ) {
    const told = record();
    const abort = new AbortController();
    const words: string[] = [];
    let version = '';
    const context = { signal: abort.signal, clock: systemClock, tell: told.tell };
    const done = (async () => {
      for await (const unfolding of watchResources(as, type, selection, context)) {
        words.push(...wordsOf(unfolding));
        version = unfolding.kind === 'snapshot' ? unfolding.resourceVersion : unfolding.changes.at(-1)!.object.metadata.resourceVersion!;
      }
    })();
    return {
      told,
      words,
      get version() {
        return version;
      },
      seen: (expected: string[]) => expect.poll(() => words, { timeout: 20_000 }).toEqual(expected),
      async [Symbol.asyncDispose]() {
        abort.abort();
        await done;
      },
    };
  }

  const wordsOf = (unfolding: Unfolding): string[] =>
    unfolding.kind === 'snapshot'
      ? [`[${unfolding.items.map((item) => item.metadata.name).join(' ')}]`]
      : unfolding.changes.map(({ gone, object }) => (gone ? '-' : '+') + object.metadata.name);

  test('objects come, change and go', async () => {
    const namespace = await freshNamespace();
    const at = { namespace };
    await kube.create(configMaps, { ...configMap('a'), metadata: { name: 'a', ...at } });
    await using it = follow(at);
    await it.seen(['[a]']);

    await kube.create(configMaps, { ...configMap('b'), metadata: { name: 'b', ...at } });
    await kube.patch(configMaps, { name: 'b', ...at }, { data: { x: 'y' } }, 'application/merge-patch+json');
    await kube.delete(configMaps, { name: 'a', ...at });

    await it.seen(['[a]', '+b', '+b', '-a']);
  });

  test('an object that leaves the selection is gone', async () => {
    const namespace = await freshNamespace();
    await using it = follow({ namespace, labelSelector: 'app=web' });
    await it.seen(['[]']);

    await kube.create(configMaps, { ...configMap('a'), metadata: { name: 'a', namespace, labels: { app: 'web' } } });
    await kube.create(configMaps, { ...configMap('b'), metadata: { name: 'b', namespace, labels: { app: 'other' } } });
    await kube.patch(configMaps, { name: 'a', namespace }, { metadata: { labels: { app: 'other' } } }, 'application/merge-patch+json');

    await it.seen(['[]', '+a', '-a']);
  });

  test('a stopped watch goes on from where it was, and from a version that the server never had with a snapshot', async () => {
    const namespace = await freshNamespace();
    const first = follow({ namespace });
    await first.seen(['[]']);
    await kube.create(configMaps, { ...configMap('a'), metadata: { name: 'a', namespace } });
    await first.seen(['[]', '+a']);
    await first[Symbol.asyncDispose]();
    await kube.create(configMaps, { ...configMap('b'), metadata: { name: 'b', namespace } });
    await kube.delete(configMaps, { name: 'a', namespace });

    await using second = follow({ namespace, from: first.version });
    await second.seen(['+b', '-a']);

    await using garbage = follow({ namespace, from: 'garbage' });
    await garbage.seen(['[b]']);
  });

  test('a version that the server has not reached yet, as after a restored backup, gives a snapshot', async () => {
    const namespace = await freshNamespace();

    await using it = follow({ namespace, from: '987654321' });

    await it.seen(['[]']);
  });

  test('the API server is killed and comes back: its history is gone, what happened meanwhile is not, and each change is told once', async () => {
    const namespace = await freshNamespace();
    await using it = follow({ namespace });
    await it.seen(['[]']);
    const before = it.version;
    await kube.create(configMaps, { ...configMap('a'), metadata: { name: 'a', namespace } });
    await it.seen(['[]', '+a']);

    await server.kill();
    await it.told.seen('watchLost');
    await told.seen('kubeAway');
    await server.restart();
    await kube.create(configMaps, { ...configMap('b'), metadata: { name: 'b', namespace } });

    await expect.poll(() => it.words.at(-1), { timeout: 20_000 }).toMatch(/^\+b$|^\[a b\]$/);
    expect(it.told.of('watchLost').length).toBe(1);
    expect(told.of('kubeAway').length).toBe(1);
    expect(told.of('kubeBack').length).toBe(1);
    await using old = follow({ namespace, from: before });
    await old.seen(['[a b]']);
  });

  test('rights that are given later, and a kind that is installed later, are waited for', async () => {
    const namespace = await freshNamespace();
    const nobody = openKube(tokenConfig(server, server.nobody), { tell: record().tell, clock: systemClock });
    const group = `${uniqueName('late')}.example`;
    await using forbidden = follow({ namespace }, { as: nobody });
    await using unknown = follow({ namespace }, { type: () => kube.resource(group, 'v1', 'cheeses') });
    await forbidden.told.seen('watchRefused');
    await unknown.told.seen('watchRefused');

    await kube.raw('POST', `/apis/rbac.authorization.k8s.io/v1/namespaces/${namespace}/roles`, {
      metadata: { name: 'reader' },
      rules: [{ apiGroups: [''], resources: ['configmaps'], verbs: ['list', 'watch'] }],
    });
    await kube.raw('POST', `/apis/rbac.authorization.k8s.io/v1/namespaces/${namespace}/rolebindings`, {
      metadata: { name: 'reader' },
      roleRef: { apiGroup: 'rbac.authorization.k8s.io', kind: 'Role', name: 'reader' },
      subjects: [{ kind: 'User', name: 'nobody', apiGroup: 'rbac.authorization.k8s.io' }],
    });
    await kube.raw('POST', '/apis/apiextensions.k8s.io/v1/customresourcedefinitions', {
      metadata: { name: `cheeses.${group}` },
      spec: {
        group,
        scope: 'Namespaced',
        names: { plural: 'cheeses', singular: 'cheese', kind: 'Cheese' },
        versions: [{ name: 'v1', served: true, storage: true, schema: { openAPIV3Schema: { type: 'object' } } }],
      },
    });

    await forbidden.seen(['[]']);
    await unknown.seen(['[]']);
    await forbidden.told.seen('watchAccepted');
    await unknown.told.seen('watchAccepted');
    await nobody[Symbol.asyncDispose]();
  });

  test('a burst arrives whole and in order', async () => {
    const namespace = await freshNamespace();
    await using it = follow({ namespace });
    await it.seen(['[]']);
    const names = Array.from({ length: 300 }, (_, index) => `burst-${index}`);

    await Promise.all(names.map((name) => kube.create(configMaps, { ...configMap(name), metadata: { name, namespace } })));
    await Promise.all(names.map((name) => kube.delete(configMaps, { name, namespace })));

    await expect.poll(() => it.words.length, { timeout: 20_000 }).toBe(601);
    for (const name of names) expect(it.words.indexOf(`+${name}`)).toBeLessThan(it.words.indexOf(`-${name}`));
  });
});
