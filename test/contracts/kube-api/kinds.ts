import { describe, expect, test } from 'vitest';
import { type Api, apply, deployment, failure, merge, strategic } from './http.ts';

const ingress = (path: object) => ({
  metadata: { name: 'a' },
  spec: { rules: [{ host: 'a.test', http: { paths: [path] } }] },
});
const backend = { service: { name: 'web', port: { number: 80 } } };

export function kinds(api: () => Api): void {
  describe('kinds', () => {
    test('a Service gets its defaults and keeps its address', async () => {
      const { core } = await api().namespace();

      const { body } = await api().call('POST', `${core}/services`, {
        metadata: { name: 'web' },
        spec: { selector: { app: 'web' }, ports: [{ port: 80 }] },
      });
      const again = await api().call('PUT', `${core}/services/web`, {
        metadata: { name: 'web', resourceVersion: body.metadata.resourceVersion },
        spec: { selector: { app: 'web' }, ports: [{ port: 81, targetPort: 'http' }] },
      });

      expect(body.spec).toMatchObject({
        type: 'ClusterIP',
        sessionAffinity: 'None',
        ports: [{ port: 80, protocol: 'TCP', targetPort: 80 }],
      });
      expect(body.spec.clusterIP).toMatch(/^10\./);
      expect(body.status).toEqual({ loadBalancer: {} });
      expect(again.body.spec.clusterIP).toBe(body.spec.clusterIP);
      expect(again.body.spec.ports).toEqual([{ port: 81, protocol: 'TCP', targetPort: 'http' }]);
    });

    test('a Service without ports is refused', async () => {
      const { core } = await api().namespace();

      const { body } = await api().call('POST', `${core}/services`, { metadata: { name: 'web' }, spec: {} });

      expect(body.message).toBe('Service "web" is invalid: spec.ports: Required value');
    });

    test('the stringData of a Secret becomes data', async () => {
      const { core } = await api().namespace();

      const { body } = await api().call('POST', `${core}/secrets`, { metadata: { name: 's' }, stringData: { a: 'hello' } });

      expect(body).toMatchObject({ type: 'Opaque', data: { a: 'aGVsbG8=' } });
      expect(body.stringData).toBeUndefined();
    });

    test('an Ingress needs a pathType', async () => {
      const { of } = await api().namespace();

      const refused = await api().call('POST', `${of('networking.k8s.io/v1')}/ingresses`, ingress({ path: '/', backend }));
      const made = await api().call('POST', `${of('networking.k8s.io/v1')}/ingresses`, ingress({ path: '/', pathType: 'Prefix', backend }));

      expect(refused.body.message).toBe(
        'Ingress.networking.k8s.io "a" is invalid: spec.rules[0].http.paths[0].pathType: Required value: pathType must be specified',
      );
      expect(made.body).toMatchObject({ metadata: { generation: 1 }, status: { loadBalancer: {} } });
    });

    test('an Ingress without a port is refused', async () => {
      const { of } = await api().namespace();

      const { body } = await api().call(
        'POST',
        `${of('networking.k8s.io/v1')}/ingresses`,
        ingress({ path: '/', pathType: 'Prefix', backend: { service: { name: 'web' } } }),
      );

      expect(body.message).toBe(
        'Ingress.networking.k8s.io "a" is invalid: spec.rules[0].http.paths[0].backend: Required value: port name or number is required',
      );
    });

    test('a Deployment gets its defaults', async () => {
      const { of } = await api().namespace();

      const { body } = await api().call('POST', `${of('apps/v1')}/deployments`, deployment('a'));

      expect(body.spec).toMatchObject({
        replicas: 1,
        strategy: { type: 'RollingUpdate', rollingUpdate: { maxSurge: '25%', maxUnavailable: '25%' } },
        revisionHistoryLimit: 10,
      });
      expect(body.spec.template.spec.containers[0]).toMatchObject({
        imagePullPolicy: 'IfNotPresent',
        ports: [{ containerPort: 80, protocol: 'TCP' }],
      });
      expect(body.status).toEqual({});
    });

    test('a Deployment without a template is refused with every cause', async () => {
      const { of } = await api().namespace();

      const { body } = await api().call('POST', `${of('apps/v1')}/deployments`, { metadata: { name: 'd' } });

      expect(body.message).toBe(
        'Deployment.apps "d" is invalid: [spec.selector: Required value, spec.template.metadata.labels: Invalid value: null: `selector` does not match template `labels`, spec.template.spec.containers: Required value]',
      );
    });

    test.each([
      [
        'ingresses',
        ingress({ path: '/', pathType: 'Prefix', backend: { service: { name: 'web', port: { number: '80' } } } }),
        'string into Go struct field ServiceBackendPort.spec.rules.IngressRuleValue.http.paths.backend.service.port.number of type int32',
      ],
      [
        'ingresses',
        ingress({ path: '/', pathType: 'Prefix', backend: { service: { name: 'web', port: { number: 80.5 } } } }),
        'number 80.5 into Go struct field ServiceBackendPort.spec.rules.IngressRuleValue.http.paths.backend.service.port.number of type int32',
      ],
      ['configmaps', { metadata: { name: 'a' }, data: { x: 1 } }, 'number into Go struct field ConfigMap.data of type string'],
      ['configmaps', { metadata: { name: 'a' }, data: [] }, 'array into Go struct field ConfigMap.data of type map[string]string'],
      [
        'configmaps',
        { metadata: { name: 'a', labels: { x: true } } },
        'bool into Go struct field ObjectMeta.metadata.labels of type string',
      ],
      ['services', { metadata: { name: 'a' }, spec: 'x' }, 'string into Go struct field Service.spec of type v1.ServiceSpec'],
      [
        'services',
        { metadata: { name: 'a' }, spec: { ports: { port: 1 } } },
        'object into Go struct field ServiceSpec.spec.ports of type []v1.ServicePort',
      ],
      [
        'services',
        { metadata: { name: 'a' }, spec: { ports: [{ port: 1, targetPort: true }] } },
        'bool into Go struct field ServicePort.spec.ports.targetPort of type int32',
      ],
      [
        'pods',
        { metadata: { name: 'a' }, spec: { containers: [{ name: 'a', env: [{ name: 'A', value: 1 }] }] } },
        'number into Go struct field EnvVar.spec.containers.env.value of type string',
      ],
    ])('%s with a field of the wrong type are refused', async (resource, object, problem) => {
      const { core, of } = await api().namespace();

      const { body } = await api().call('POST', `${resource === 'ingresses' ? of('networking.k8s.io/v1') : core}/${resource}`, object);

      const kind = { ingresses: 'Ingress', configmaps: 'ConfigMap', services: 'Service', pods: 'Pod' }[resource];
      expect(body).toEqual(
        failure(400, 'BadRequest', `${kind} in version "v1" cannot be handled as a ${kind}: json: cannot unmarshal ${problem}`),
      );
    });

    test('unknown fields of kinds that are built in are left out with a warning, or refused', async () => {
      const { core } = await api().namespace();
      const service = { metadata: { name: 'a', foo: 1 }, spec: { ports: [{ port: 1, bar: 2 }], x: 1 }, zz: 1 };

      const refused = await api().call('POST', `${core}/services?fieldValidation=Strict`, service);
      const made = await api().call('POST', `${core}/services`, service);

      expect(refused.body.message).toBe(
        'Service in version "v1" cannot be handled as a Service: strict decoding error: unknown field "metadata.foo", unknown field "spec.ports[0].bar", unknown field "spec.x", unknown field "zz"',
      );
      expect(made.warnings).toEqual(
        ['metadata.foo', 'spec.ports[0].bar', 'spec.x', 'zz'].map((path) => `299 - "unknown field \\"${path}\\""`),
      );
      expect(made.body.spec.x).toBeUndefined();
    });

    test('a patch cannot bring in a wrong type either', async () => {
      const { core } = await api().namespace();
      await api().call('POST', `${core}/configmaps`, { metadata: { name: 'a' } });

      for (const options of [merge, strategic, apply]) {
        const object = { apiVersion: 'v1', kind: 'ConfigMap', metadata: { name: 'a' }, data: { x: 1 } };
        expect((await api().call('PATCH', `${core}/configmaps/a?fieldManager=me`, object, options)).code).toBeGreaterThanOrEqual(400);
      }
    });

    test('a Namespace is active, and labelled with its name', async () => {
      const { core, name } = await api().namespace();

      const { body } = await api().call('GET', core);

      expect(body).toMatchObject({
        metadata: { labels: { 'kubernetes.io/metadata.name': name } },
        spec: { finalizers: ['kubernetes'] },
        status: { phase: 'Active' },
      });
    });

    test('a Pod stays pending', async () => {
      const { core } = await api().namespace();

      const { body } = await api().call('POST', `${core}/pods`, {
        metadata: { name: 'p' },
        spec: { containers: [{ name: 'c', image: 'i' }] },
      });
      const chosen = await api().call('GET', `${core}/pods?fieldSelector=status.phase%3DPending`);

      expect(body).toMatchObject({ spec: { restartPolicy: 'Always', dnsPolicy: 'ClusterFirst' }, status: { phase: 'Pending' } });
      expect(chosen.body.items).toHaveLength(1);
    });

    test('an Event has the field names of the group that is asked', async () => {
      const { core, of, name } = await api().namespace();
      const involvedObject = { kind: 'Pod', name: 'p', namespace: name };
      await api().call('POST', `${core}/events`, {
        metadata: { name: 'e' },
        involvedObject,
        reason: 'Testing',
        message: 'hello',
        type: 'Normal',
      });

      const { body } = await api().call('GET', `${of('events.k8s.io/v1')}/events/e`);
      const chosen = await api().call('GET', `${core}/events?fieldSelector=involvedObject.name%3Dp,reason%3DTesting`);

      expect(body).toMatchObject({ apiVersion: 'events.k8s.io/v1', note: 'hello', regarding: involvedObject, reason: 'Testing' });
      expect(chosen.body.items).toHaveLength(1);
    });
  });
}
