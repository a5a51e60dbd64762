import { describe, expect, test } from 'vitest';
import { type Api, failure } from './http.ts';

const aggregated = 'application/json;g=apidiscovery.k8s.io;v=v2;as=APIGroupDiscoveryList';

export function discovery(api: () => Api): void {
  describe('discovery', () => {
    test('the health endpoints say ok', async () => {
      for (const path of ['/healthz', '/readyz', '/livez']) expect(await api().call('GET', path)).toMatchObject({ code: 200, body: 'ok' });
    });

    test('the version is one of the 1.36 line', async () => {
      expect((await api().call('GET', '/version')).body).toMatchObject({ major: '1', minor: '36' });
    });

    test('a wrong token is refused', async () => {
      const reply = await api().call('GET', '/api/v1/services', undefined, { token: 'wrong' });

      expect(reply).toMatchObject({ code: 401, body: failure(401, 'Unauthorized', 'Unauthorized') });
    });

    test('the resources of a group version are listed with their subresources', async () => {
      const { body } = await api().call('GET', '/apis/apps/v1');
      const found = (name: string) => body.resources.find((one: { name: string }) => one.name === name);

      expect(body).toMatchObject({ kind: 'APIResourceList', groupVersion: 'apps/v1' });
      expect(found('deployments')).toMatchObject({
        singularName: 'deployment',
        namespaced: true,
        kind: 'Deployment',
        verbs: ['create', 'delete', 'deletecollection', 'get', 'list', 'patch', 'update', 'watch'],
        shortNames: ['deploy'],
        categories: ['all'],
      });
      expect(found('deployments/status')).toEqual({
        name: 'deployments/status',
        singularName: '',
        namespaced: true,
        kind: 'Deployment',
        verbs: ['get', 'patch', 'update'],
      });
      expect(found('deployments/scale')).toMatchObject({ group: 'autoscaling', version: 'v1', kind: 'Scale' });
    });

    test('groups are listed with their preferred version', async () => {
      const { body } = await api().call('GET', '/apis');

      expect(body.groups.find((group: { name: string }) => group.name === 'networking.k8s.io')).toMatchObject({
        preferredVersion: { groupVersion: 'networking.k8s.io/v1', version: 'v1' },
      });
    });

    test('aggregated discovery holds everything in one document', async () => {
      const { body } = await api().call('GET', '/apis', undefined, { accept: aggregated });
      const group = body.items.find((item: { metadata: { name: string } }) => item.metadata.name === 'networking.k8s.io');

      expect(group.versions[0].resources.find((one: { resource: string }) => one.resource === 'ingresses')).toMatchObject({
        responseKind: { kind: 'Ingress' },
        scope: 'Namespaced',
        singularResource: 'ingress',
        shortNames: ['ing'],
        subresources: [{ subresource: 'status', verbs: ['get', 'patch', 'update'] }],
      });
    });

    test('the OpenAPI index leads to documents that name the patch parameters', async () => {
      const { paths } = (await api().call('GET', '/openapi/v3')).body;
      const { body } = await api().call('GET', paths['apis/networking.k8s.io/v1'].serverRelativeURL);
      const { patch } = body.paths['/apis/networking.k8s.io/v1/namespaces/{namespace}/ingresses/{name}'];

      expect(patch['x-kubernetes-group-version-kind']).toEqual({ group: 'networking.k8s.io', kind: 'Ingress', version: 'v1' });
      expect(patch.parameters.map((one: { name: string }) => one.name)).toContain('fieldValidation');
    });

    test('a resource that is not served is not found', async () => {
      const reply = await api().call('GET', '/api/v1/unicorns');

      expect(reply.code).toBe(404);
    });

    test('who may do everything is told so', async () => {
      const { code, body } = await api().call('POST', '/apis/authorization.k8s.io/v1/selfsubjectaccessreviews', {
        apiVersion: 'authorization.k8s.io/v1',
        kind: 'SelfSubjectAccessReview',
        spec: { resourceAttributes: { verb: 'create', resource: 'pods' } },
      });

      expect(code).toBe(201);
      expect(body.status.allowed).toBe(true);
    });
  });
}
