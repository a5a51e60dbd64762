import { describe, expect, test } from 'vitest';
import { type Api, type Body, deployment, json, merge, strategic } from './http.ts';

async function made(api: Api): Promise<(body: unknown, options: { type: string }) => Promise<{ code: number; body: Body }>> {
  const { of } = await api.namespace();
  const path = `${of('apps/v1')}/deployments`;
  await api.call('POST', path, deployment('a'));
  return (body, options) => api.call('PATCH', `${path}/a`, body, options);
}

const podPatch = (spec: object) => ({ spec: { template: { spec } } });
const containers = (body: Body): Body[] => body.spec.template.spec.containers;

export function patches(api: () => Api): void {
  describe('patches', () => {
    test('a merge patch merges maps, replaces lists, and null removes', async () => {
      const patch = await made(api());

      await patch({ metadata: { annotations: { a: '1', b: '2' } } }, merge);
      const { code, body } = await patch(
        { metadata: { annotations: { a: null, c: '3' } }, ...podPatch({ containers: [{ name: 'only', image: 'x' }] }) },
        merge,
      );

      expect(code).toBe(200);
      expect(body.metadata.annotations).toEqual({ b: '2', c: '3' });
      expect(containers(body).map(({ name }) => name)).toEqual(['only']);
    });

    test('a JSON patch does its steps in order', async () => {
      const patch = await made(api());

      const { body } = await patch(
        [
          { op: 'test', path: '/spec/template/spec/containers/0/name', value: 'web' },
          { op: 'replace', path: '/spec/template/spec/containers/0/image', value: 'web:2' },
          { op: 'add', path: '/metadata/annotations', value: {} },
          { op: 'add', path: '/metadata/annotations/example.com~1x', value: 'y' },
          { op: 'add', path: '/spec/template/spec/containers/0/env/-', value: { name: 'C', value: '3' } },
          { op: 'remove', path: '/spec/template/spec/containers/1' },
          { op: 'copy', from: '/metadata/annotations/example.com~1x', path: '/metadata/annotations/z' },
        ],
        json,
      );

      expect(body.metadata.annotations).toEqual({ 'example.com/x': 'y', z: 'y' });
      expect(containers(body)).toHaveLength(1);
      expect(containers(body)[0]).toMatchObject({ image: 'web:2', env: [{ name: 'A' }, { name: 'B' }, { name: 'C', value: '3' }] });
    });

    test('a JSON patch is all or nothing', async () => {
      const patch = await made(api());
      const first = { op: 'replace', path: '/spec/replicas', value: 9 };

      const untrue = await patch([first, { op: 'test', path: '/spec/replicas', value: 8 }], json);
      const missing = await patch([first, { op: 'remove', path: '/spec/nothing' }], json);
      const after = await patch([], json);

      expect([untrue.code, missing.code]).toEqual([422, 422]);
      expect(untrue.body.message).toMatch(/^the server rejected our request due to an error in our request/);
      expect(after.body.spec.replicas).toBe(1);
    });

    test('a strategic patch finds items by their keys', async () => {
      const patch = await made(api());

      const { body } = await patch(
        podPatch({
          containers: [
            {
              name: 'web',
              image: 'web:2',
              env: [
                { name: 'B', value: '9' },
                { name: 'C', value: '3' },
              ],
              ports: [{ containerPort: 81 }],
            },
            { name: 'new', image: 'new:1' },
          ],
        }),
        strategic,
      );

      const found = Object.fromEntries(containers(body).map((one) => [one.name, one]));
      expect(containers(body).map(({ name }) => name)).toEqual(['web', 'new', 'side']);
      expect(found.web.image).toBe('web:2');
      expect(found.web.env.map((one: Body) => `${one.name}=${one.value}`)).toEqual(['A=1', 'B=9', 'C=3']);
      expect(found.web.ports.map((one: Body) => one.containerPort)).toEqual([81, 80]);
    });

    test('directives of a strategic patch delete, replace and order', async () => {
      const patch = await made(api());

      const deleted = (await patch(podPatch({ containers: [{ name: 'side', $patch: 'delete' }] }), strategic)).body;
      const replaced = (
        await patch(podPatch({ containers: [{ name: 'web', env: [{ $patch: 'replace' }, { name: 'Z', value: '0' }] }] }), strategic)
      ).body;
      const ordered = (
        await patch(
          podPatch({
            $setElementOrder: undefined,
            '$setElementOrder/containers': [{ name: 'first' }, { name: 'web' }],
            containers: [{ name: 'first', image: 'f:1' }],
          }),
          strategic,
        )
      ).body;

      expect(containers(deleted).map(({ name }) => name)).toEqual(['web']);
      expect(containers(replaced)[0].env).toEqual([{ name: 'Z', value: '0' }]);
      expect(containers(ordered).map(({ name }) => name)).toEqual(['first', 'web']);
    });

    test('finalizers are a set: they are added, and taken off by name', async () => {
      const { core } = await api().namespace();
      await api().call('POST', `${core}/configmaps`, { metadata: { name: 'a', finalizers: ['example.com/one'] } });
      const patch = async (metadata: object) =>
        (await api().call('PATCH', `${core}/configmaps/a`, { metadata }, strategic)).body.metadata.finalizers;

      expect((await patch({ finalizers: ['example.com/two'] })).sort()).toEqual(['example.com/one', 'example.com/two']);
      expect(await patch({ '$deleteFromPrimitiveList/finalizers': ['example.com/one'] })).toEqual(['example.com/two']);
      await patch({ finalizers: null });
    });

    test('a patch that changes nothing keeps the resourceVersion', async () => {
      const patch = await made(api());

      const first = (await patch({ spec: { replicas: 2 } }, merge)).body;
      const again = (await patch({ spec: { replicas: 2 } }, strategic)).body;

      expect(again.metadata.resourceVersion).toBe(first.metadata.resourceVersion);
    });

    test('a patch that names a stale resourceVersion is a conflict', async () => {
      const patch = await made(api());
      const { resourceVersion } = (await patch({ spec: { replicas: 2 } }, merge)).body.metadata;
      await patch({ spec: { replicas: 3 } }, merge);

      const { body } = await patch({ metadata: { resourceVersion }, spec: { replicas: 4 } }, merge);

      expect(body).toMatchObject({ code: 409, reason: 'Conflict' });
    });

    test('an unknown kind of patch is refused', async () => {
      const patch = await made(api());

      expect((await patch({}, { type: 'application/json' })).body).toMatchObject({ code: 415, reason: 'UnsupportedMediaType' });
    });

    test('a patch of what is not there is not found', async () => {
      const { core } = await api().namespace();

      expect((await api().call('PATCH', `${core}/configmaps/zz`, {}, merge)).body.message).toBe('configmaps "zz" not found');
    });
  });
}
