import { describe, expect, test } from 'vitest';
import { type Api, deployment } from './http.ts';

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
