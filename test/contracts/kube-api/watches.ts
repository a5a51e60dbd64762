import { describe, expect, test } from 'vitest';
import { type Api, merge, type Watch } from './http.ts';

const seen = (events: Watch['events']): string[] => events.map(({ type, object }) => `${type} ${object.metadata.name}`);

export function watches(api: () => Api): void {
  describe('watches', () => {
    test('changes come in order, each with its resourceVersion', async () => {
      const { core } = await api().namespace();
      const { resourceVersion } = (await api().call('GET', `${core}/configmaps`)).body.metadata;
      await api().call('POST', `${core}/configmaps`, { metadata: { name: 'before' } });

      await using watch = await api().watch(`${core}/configmaps?watch=true&resourceVersion=${resourceVersion}`);
      await api().call('POST', `${core}/configmaps`, { metadata: { name: 'a' } });
      await api().call('PATCH', `${core}/configmaps/a`, { data: { x: '1' } }, merge);
      await api().call('DELETE', `${core}/configmaps/a`);
      const events = await watch.next(4);

      expect(seen(events)).toEqual(['ADDED before', 'ADDED a', 'MODIFIED a', 'DELETED a']);
      const versions = events.map(({ object }) => Number(object.metadata.resourceVersion));
      expect(versions).toEqual([...versions].sort((a, b) => a - b));
      expect(new Set(versions).size).toBe(4);
      expect(events[3]!.object.data).toEqual({ x: '1' });
    });

    test('without a resourceVersion it starts with all that is there', async () => {
      const { core } = await api().namespace();
      await api().call('POST', `${core}/configmaps`, { metadata: { name: 'a' } });

      await using watch = await api().watch(`${core}/configmaps?watch=1`);
      await watch.next(1);
      await api().call('POST', `${core}/configmaps`, { metadata: { name: 'b' } });

      expect(seen(await watch.next(2))).toEqual(['ADDED a', 'ADDED b']);
    });

    test('initial events end with a bookmark when that is asked for', async () => {
      const { core } = await api().namespace();
      await api().call('POST', `${core}/configmaps`, { metadata: { name: 'a' } });

      const query = 'watch=1&sendInitialEvents=true&allowWatchBookmarks=true&resourceVersionMatch=NotOlderThan';
      await using watch = await api().watch(`${core}/configmaps?${query}`);
      const [added, bookmark] = await watch.next(2);

      expect(added).toMatchObject({ type: 'ADDED', object: { metadata: { name: 'a' } } });
      expect(bookmark).toMatchObject({
        type: 'BOOKMARK',
        object: { kind: 'ConfigMap', apiVersion: 'v1', metadata: { annotations: { 'k8s.io/initial-events-end': 'true' } } },
      });
      expect(Number(bookmark!.object.metadata.resourceVersion)).toBeGreaterThanOrEqual(Number(added!.object.metadata.resourceVersion));
    });

    test('an object that starts or stops matching is added or deleted', async () => {
      const { core } = await api().namespace();
      const label = (app: string | null) => api().call('PATCH', `${core}/configmaps/a`, { metadata: { labels: { app } } }, merge);
      const { resourceVersion } = (await api().call('POST', `${core}/configmaps`, { metadata: { name: 'a' } })).body.metadata;

      await using watch = await api().watch(`${core}/configmaps?watch=1&labelSelector=app%3Dweb&resourceVersion=${resourceVersion}`);
      await label('web');
      await api().call('PATCH', `${core}/configmaps/a`, { data: { x: '1' } }, merge);
      const left = (await label('db')).body;
      await label('web');
      const events = await watch.next(4);

      expect(seen(events)).toEqual(['ADDED a', 'MODIFIED a', 'DELETED a', 'ADDED a']);
      expect(events[2]!.object.metadata.labels).toEqual({ app: 'web' });
      expect(events[2]!.object.metadata.resourceVersion).toBe(left.metadata.resourceVersion);
    });

    test('one object can be watched by its name', async () => {
      const { core } = await api().namespace();
      const { resourceVersion } = (await api().call('GET', `${core}/configmaps`)).body.metadata;

      await using watch = await api().watch(
        `${core}/configmaps?watch=1&fieldSelector=metadata.name%3Db&resourceVersion=${resourceVersion}`,
      );
      for (const name of ['a', 'b', 'c']) await api().call('POST', `${core}/configmaps`, { metadata: { name } });
      await api().call('DELETE', `${core}/configmaps/b`);

      expect(seen(await watch.next(2))).toEqual(['ADDED b', 'DELETED b']);
    });

    test('it ends after timeoutSeconds', async () => {
      const { core } = await api().namespace();

      await using watch = await api().watch(`${core}/configmaps?watch=1&timeoutSeconds=1`);

      await expect(watch.ended).resolves.toBeUndefined();
    });

    test('rows can be watched', async () => {
      const { core } = await api().namespace();

      await using watch = await api().watch(`${core}/configmaps?watch=1`, { accept: 'application/json;as=Table;v=v1;g=meta.k8s.io' });
      await api().call('POST', `${core}/configmaps`, { metadata: { name: 'a' }, data: { x: '1' } });
      await api().call('DELETE', `${core}/configmaps/a`);
      const [added, deleted] = await watch.next(2);

      expect(added!.object.columnDefinitions.map((one: { name: string }) => one.name)).toEqual(['Name', 'Data', 'Age']);
      expect(added!.object.rows[0].cells.slice(0, 2)).toEqual(['a', 1]);
      expect(deleted).toMatchObject({
        type: 'DELETED',
        object: { kind: 'Table', columnDefinitions: null, rows: [{ object: { metadata: { name: 'a' } } }] },
      });
    });

    test('two hundred changes by ten writers reach the watcher, none twice', async () => {
      const { core } = await api().namespace();
      const { resourceVersion } = (await api().call('GET', `${core}/configmaps`)).body.metadata;

      await using watch = await api().watch(`${core}/configmaps?watch=1&resourceVersion=${resourceVersion}`);
      const write = async (writer: number) => {
        for (let index = 0; index < 20; index++)
          await api().call('POST', `${core}/configmaps`, { metadata: { name: `w${writer}-${index}` } });
      };
      await Promise.all(Array.from({ length: 10 }, (_, writer) => write(writer)));
      const events = await watch.next(200);

      expect(new Set(seen(events)).size).toBe(200);
    });
  });
}
