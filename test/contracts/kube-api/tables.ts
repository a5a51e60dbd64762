import { describe, expect, test } from 'vitest';
import { type Api, asTable, type Body, deployment } from './http.ts';

const columns = (body: Body) => body.columnDefinitions.map((one: Body) => (one.priority > 0 ? `(${one.name})` : one.name)).join(' ');

export function tables(api: () => Api): void {
  describe('tables', () => {
    test('a Service is a row', async () => {
      const { core } = await api().namespace();
      const made = (
        await api().call('POST', `${core}/services`, {
          metadata: { name: 'web' },
          spec: { selector: { app: 'web' }, ports: [{ port: 80 }] },
        })
      ).body;

      const { body } = await api().call('GET', `${core}/services`, undefined, asTable);

      expect(body).toMatchObject({ kind: 'Table', apiVersion: 'meta.k8s.io/v1' });
      expect(columns(body)).toBe('Name Type Cluster-IP External-IP Port(s) Age (Selector)');
      const { cells, object } = body.rows[0];
      expect([...cells.slice(0, 5), cells[6]]).toEqual(['web', 'ClusterIP', made.spec.clusterIP, '<none>', '80/TCP', 'app=web']);
      expect(cells[5]).toMatch(/^\d+s$/);
      expect(object).toMatchObject({ kind: 'PartialObjectMetadata', apiVersion: 'meta.k8s.io/v1', metadata: { name: 'web' } });
      expect(object.spec).toBeUndefined();
    });

    test('one object is a table of one row', async () => {
      const { of } = await api().namespace();
      const path = `${of('apps/v1')}/deployments`;
      await api().call('POST', path, deployment('a'));

      const { body } = await api().call('GET', `${path}/a?includeObject=Object`, undefined, asTable);

      expect(columns(body)).toBe('Name Ready Up-to-date Available Age (Containers) (Images) (Selector)');
      const { cells, object } = body.rows[0];
      expect([...cells.slice(0, 4), ...cells.slice(5)]).toEqual(['a', '0/1', 0, 0, 'web,side', 'web:1,side:1', 'app=a']);
      expect(object.kind).toBe('Deployment');
    });

    test('an Ingress shows its class and hosts', async () => {
      const { of } = await api().namespace();
      const path = `${of('networking.k8s.io/v1')}/ingresses`;
      const rule = (host: string) => ({
        host,
        http: { paths: [{ path: '/', pathType: 'Prefix', backend: { service: { name: 'web', port: { number: 80 } } } }] },
      });
      await api().call('POST', path, {
        metadata: { name: 'a' },
        spec: { ingressClassName: 'nginx', tls: [{ hosts: ['a.test'] }], rules: ['a', 'b', 'c', 'd'].map((one) => rule(`${one}.test`)) },
      });

      const { body } = await api().call('GET', path, undefined, asTable);

      expect(columns(body)).toBe('Name Class Hosts Address Ports Age');
      expect(body.rows[0].cells.slice(0, 5)).toEqual(['a', 'nginx', 'a.test,b.test,c.test + 1 more...', '', '80, 443']);
    });

    test('pods and jobs show what a scheduler would have made of them', async () => {
      const { core } = await api().namespace();
      await api().call('POST', `${core}/pods`, { metadata: { name: 'p' }, spec: { containers: [{ name: 'c', image: 'i' }] } });

      const { body } = await api().call('GET', `${core}/pods`, undefined, asTable);

      expect(columns(body)).toMatch(/^Name Ready Status Restarts Age \(IP\)/);
      expect(body.rows[0].cells.slice(0, 4)).toEqual(['p', '0/1', 'Pending', expect.anything()]);
    });

    test('bare metadata can be asked for', async () => {
      const { core } = await api().namespace();
      await api().call('POST', `${core}/configmaps`, { metadata: { name: 'a' }, data: { x: '1' } });

      const { body } = await api().call('GET', `${core}/configmaps`, undefined, {
        accept: 'application/json;as=PartialObjectMetadataList;g=meta.k8s.io;v=v1',
      });

      expect(body.kind).toBe('PartialObjectMetadataList');
      expect(body.items[0].metadata.name).toBe('a');
      expect(body.items[0].data).toBeUndefined();
    });

    test('a form that cannot be written is refused', async () => {
      const { body } = await api().call('GET', '/api/v1/configmaps', undefined, { accept: 'text/html' });

      expect(body).toMatchObject({ code: 406, reason: 'NotAcceptable' });
    });
  });
}
