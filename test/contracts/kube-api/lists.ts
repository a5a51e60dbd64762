import { describe, expect, test } from 'vitest';
import { type Api, type Body, failure } from './http.ts';

const names = (body: Body): string[] => body.items.map((item: Body) => item.metadata.name);

async function filled(api: Api) {
  const namespace = await api.namespace();
  const labels: Record<string, Record<string, string>> = {
    a: { app: 'web', tier: '1' },
    b: { app: 'web', tier: '2' },
    c: { app: 'db' },
    d: { 'example.com/x': 'y' },
    e: {},
  };
  for (const [name, own] of Object.entries(labels)) {
    await api.call('POST', `${namespace.core}/configmaps`, { metadata: { name, labels: own } });
  }
  return `${namespace.core}/configmaps`;
}

export function lists(api: () => Api): void {
  describe('lists', () => {
    test('a list is ordered by name and says what it is', async () => {
      const path = await filled(api());

      const { body } = await api().call('GET', path);

      expect(body).toMatchObject({ kind: 'ConfigMapList', apiVersion: 'v1' });
      expect(body.metadata.resourceVersion).toMatch(/^\d+$/);
      expect(names(body)).toEqual(['a', 'b', 'c', 'd', 'e']);
    });

    test('label selectors choose', async () => {
      const path = await filled(api());
      const chosen = async (selector: string) =>
        names((await api().call('GET', `${path}?labelSelector=${encodeURIComponent(selector)}`)).body).join('');

      expect(await chosen('app=web')).toBe('ab');
      expect(await chosen('app==web,tier!=1')).toBe('b');
      expect(await chosen('app!=web')).toBe('cde');
      expect(await chosen('app')).toBe('abc');
      expect(await chosen('!app')).toBe('de');
      expect(await chosen('app in (web, db)')).toBe('abc');
      expect(await chosen('app notin (web),app')).toBe('c');
      expect(await chosen('tier>1')).toBe('b');
      expect(await chosen('tier<2')).toBe('a');
      expect(await chosen('example.com/x=y')).toBe('d');
    });

    test('field selectors choose', async () => {
      const path = await filled(api());
      const chosen = async (selector: string) =>
        names((await api().call('GET', `${path}?fieldSelector=${encodeURIComponent(selector)}`)).body).join('');

      expect(await chosen('metadata.name=b')).toBe('b');
      expect(await chosen('metadata.name!=b')).toBe('acde');
    });

    test('a field that cannot be selected by is refused', async () => {
      const { body } = await api().call('GET', '/api/v1/pods?fieldSelector=foo%3Dbar');

      expect(body).toEqual(failure(400, 'BadRequest', 'field label not supported: foo'));
    });

    test('a broken label selector is refused', async () => {
      const { body } = await api().call('GET', '/api/v1/pods?labelSelector=a%20in%20(b');

      expect(body).toMatchObject({ code: 400, reason: 'BadRequest' });
      expect(body.message).toMatch(/^unable to parse requirement: /);
    });

    test('all pages show one state, whatever happens meanwhile', async () => {
      const path = await filled(api());

      const first = (await api().call('GET', `${path}?limit=2`)).body;
      await api().call('DELETE', `${path}/c`);
      await api().call('POST', path, { metadata: { name: 'cc' } });
      const second = (await api().call('GET', `${path}?limit=2&continue=${first.metadata.continue}`)).body;
      const third = (await api().call('GET', `${path}?limit=2&continue=${second.metadata.continue}`)).body;

      expect([names(first), names(second), names(third)]).toEqual([['a', 'b'], ['c', 'd'], ['e']]);
      expect(first.metadata.remainingItemCount).toBe(3);
      expect(second.metadata.resourceVersion).toBe(first.metadata.resourceVersion);
      expect(third.metadata.continue ?? '').toBe('');
    });

    test('a list can be asked for as it was', async () => {
      const path = await filled(api());
      const { resourceVersion } = (await api().call('GET', path)).body.metadata;
      await api().call('DELETE', `${path}/a`);

      const { body } = await api().call('GET', `${path}?resourceVersion=${resourceVersion}&resourceVersionMatch=Exact`);

      expect(names(body)).toEqual(['a', 'b', 'c', 'd', 'e']);
      expect(body.metadata.resourceVersion).toBe(resourceVersion);
    });

    test('a broken continue token is refused', async () => {
      const { body } = await api().call('GET', '/api/v1/pods?limit=1&continue=abc');

      expect(body).toMatchObject({ code: 400, reason: 'BadRequest' });
      expect(body.message).toMatch(/^invalid continue token: /);
    });

    test('objects of all namespaces are listed together', async () => {
      const path = await filled(api());
      const namespace = path.split('/')[4]!;

      const { body } = await api().call('GET', `/api/v1/configmaps?fieldSelector=metadata.namespace%3D${namespace}`);

      expect(names(body)).toEqual(['a', 'b', 'c', 'd', 'e']);
    });
  });
}
