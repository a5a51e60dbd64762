import { randomUUID } from 'node:crypto';
import { describe, expect, test } from 'vitest';
import { eventually } from '../../support/eventually.ts';
import type { Api, Body } from './http.ts';
import { outlineOf } from './outline.ts';

/** What `kubectl explain` prints of a kind, without the texts: each field with its type. */
async function outline(api: Api, groupVersion: string, resource: string, kind: string): Promise<string[]> {
  const { body } = await api.call('GET', `/openapi/v3/${groupVersion}`);
  return outlineOf(body, kind, [`/${groupVersion}/namespaces/{namespace}/${resource}`, `/${groupVersion}/${resource}`]);
}

export function openapi(api: () => Api): void {
  describe('OpenAPI', () => {
    test('the index links each group and version with a hash', async () => {
      const { paths } = (await api().call('GET', '/openapi/v3')).body;

      for (const groupVersion of ['api/v1', 'apis/apps/v1', 'apis/networking.k8s.io/v1', 'apis/apiextensions.k8s.io/v1']) {
        const url = paths[groupVersion].serverRelativeURL;
        expect(url).toMatch(new RegExp(`^/openapi/v3/${groupVersion}\\?hash=[0-9A-F]+$`));
        expect((await api().call('GET', url)).code).toBe(200);
      }
    });

    test('an Ingress is told field by field', async () => {
      const fields = await outline(api(), 'apis/networking.k8s.io/v1', 'ingresses', 'Ingress');

      expect(fields.filter((line) => line.startsWith('spec'))).toEqual([
        'spec IngressSpec',
        'spec.defaultBackend IngressBackend',
        'spec.defaultBackend.resource TypedLocalObjectReference',
        'spec.defaultBackend.resource.apiGroup string',
        'spec.defaultBackend.resource.kind string -required-',
        'spec.defaultBackend.resource.name string -required-',
        'spec.defaultBackend.service IngressServiceBackend',
        'spec.defaultBackend.service.name string -required-',
        'spec.defaultBackend.service.port ServiceBackendPort',
        'spec.defaultBackend.service.port.name string',
        'spec.defaultBackend.service.port.number integer',
        'spec.ingressClassName string',
        'spec.rules []IngressRule atomic',
        'spec.rules.host string',
        'spec.rules.http HTTPIngressRuleValue',
        'spec.rules.http.paths []HTTPIngressPath -required- atomic',
        'spec.rules.http.paths.backend IngressBackend -required-',
        'spec.rules.http.paths.backend.resource TypedLocalObjectReference',
        'spec.rules.http.paths.backend.resource.apiGroup string',
        'spec.rules.http.paths.backend.resource.kind string -required-',
        'spec.rules.http.paths.backend.resource.name string -required-',
        'spec.rules.http.paths.backend.service IngressServiceBackend',
        'spec.rules.http.paths.backend.service.name string -required-',
        'spec.rules.http.paths.backend.service.port ServiceBackendPort',
        'spec.rules.http.paths.backend.service.port.name string',
        'spec.rules.http.paths.backend.service.port.number integer',
        'spec.rules.http.paths.path string',
        'spec.rules.http.paths.pathType string (Exact|ImplementationSpecific|Prefix) -required-',
        'spec.tls []IngressTLS atomic',
        'spec.tls.hosts []string atomic',
        'spec.tls.secretName string',
      ]);
    });

    test('lists and maps say how they are merged, and patched', async () => {
      const service = await outline(api(), 'api/v1', 'services', 'Service');
      const pod = await outline(api(), 'api/v1', 'pods', 'Pod');
      const line = (lines: string[], field: string) => lines.find((one) => one.startsWith(`${field} `));

      expect(line(service, 'spec.ports')).toBe('spec.ports []ServicePort map by port,protocol patched merge by port');
      expect(line(service, 'spec.selector')).toBe('spec.selector map[string]string atomic');
      expect(line(pod, 'spec.volumes')).toBe('spec.volumes []Volume map by name patched merge,retainKeys by name');
      expect(line(pod, 'metadata.finalizers')).toBe('metadata.finalizers []string set patched merge');
    });

    test('every kind that has a path has a schema', async () => {
      const { body } = await api().call('GET', '/openapi/v3/api/v1');
      const known = Object.values<Body>(body.components.schemas).flatMap((schema) => schema['x-kubernetes-group-version-kind'] ?? []);

      for (const path of ['pods', 'services', 'configmaps', 'secrets', 'events', 'endpoints', 'serviceaccounts']) {
        expect(known).toContainEqual(body.paths[`/api/v1/namespaces/{namespace}/${path}`].get['x-kubernetes-group-version-kind']);
      }
    });

    test('a custom kind appears with the texts of its definition, and goes with it', async () => {
      const group = `o${randomUUID().slice(0, 8)}.example.com`;
      const path = '/apis/apiextensions.k8s.io/v1/customresourcedefinitions';
      const spec = { type: 'object', description: 'What it is.', properties: { size: { type: 'integer', description: 'How large.' } } };
      const openAPIV3Schema = { type: 'object', description: 'A widget.', properties: { spec } };
      await api().call('POST', path, {
        metadata: { name: `widgets.${group}` },
        spec: {
          group,
          scope: 'Namespaced',
          names: { plural: 'widgets', kind: 'Widget' },
          versions: [{ name: 'v1', served: true, storage: true, schema: { openAPIV3Schema } }],
        },
      });

      let document: Body;
      await eventually(async () => {
        document = (await api().call('GET', `/openapi/v3/apis/${group}/v1`)).body;
        return document.components?.schemas !== undefined;
      }, 15_000);
      const schema = document.components.schemas[`com.example.${group.split('.')[0]}.v1.Widget`];
      await api().call('DELETE', `${path}/widgets.${group}`);

      expect(schema).toMatchObject({ description: 'A widget.', properties: { spec, metadata: {}, kind: { type: 'string' } } });
      expect(schema['x-kubernetes-group-version-kind']).toEqual([{ group, kind: 'Widget', version: 'v1' }]);
      await eventually(async () => (await api().call('GET', `/openapi/v3/apis/${group}/v1`)).code === 404, 15_000);
    });
  });
}
