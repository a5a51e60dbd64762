import type { JsonObject } from '../src/core/json/json.ts';

/** What a resource source publishes for a Service that was applied with kubectl: about 2 KB. */
export const serviceEvent: JsonObject = {
  type: 'ADD',
  group: '',
  version: 'v1',
  resource: 'services',
  body: {
    apiVersion: 'v1',
    kind: 'Service',
    metadata: {
      name: 'web',
      namespace: 'playground',
      uid: '0b9f5d0e-3d0c-4a1e-9b1f-1f2d3c4b5a69',
      resourceVersion: '81234',
      creationTimestamp: '2026-07-18T12:00:00Z',
      labels: { app: 'web', tier: 'frontend', 'app.kubernetes.io/name': 'web', 'app.kubernetes.io/part-of': 'shop' },
      annotations: {
        'autodeploy-ingress-host': 'web.example.com',
        'kubectl.kubernetes.io/last-applied-configuration': `${JSON.stringify({
          apiVersion: 'v1',
          kind: 'Service',
          metadata: { annotations: {}, labels: { app: 'web', tier: 'frontend' }, name: 'web', namespace: 'playground' },
          spec: { ports: [{ name: 'http', port: 80, targetPort: 8080 }], selector: { app: 'web' } },
        })}\n`,
      },
      managedFields: [
        {
          manager: 'kubectl-client-side-apply',
          operation: 'Update',
          apiVersion: 'v1',
          time: '2026-07-18T12:00:00Z',
          fieldsType: 'FieldsV1',
          fieldsV1: {
            'f:metadata': {
              'f:annotations': { '.': {}, 'f:autodeploy-ingress-host': {} },
              'f:labels': { '.': {}, 'f:app': {}, 'f:tier': {} },
            },
            'f:spec': {
              'f:internalTrafficPolicy': {},
              'f:ports': {
                '.': {},
                'k:{"port":80,"protocol":"TCP"}': { '.': {}, 'f:name': {}, 'f:port': {}, 'f:protocol': {}, 'f:targetPort': {} },
              },
              'f:selector': {},
              'f:sessionAffinity': {},
              'f:type': {},
            },
          },
        },
      ],
    },
    spec: {
      ports: [
        { name: 'http', protocol: 'TCP', port: 80, targetPort: 8080 },
        { name: 'https', protocol: 'TCP', port: 443, targetPort: 8443 },
        { name: 'metrics', protocol: 'TCP', port: 9090, targetPort: 9090 },
      ],
      selector: { app: 'web' },
      clusterIP: '10.96.14.7',
      clusterIPs: ['10.96.14.7'],
      type: 'ClusterIP',
      sessionAffinity: 'None',
      ipFamilies: ['IPv4'],
      ipFamilyPolicy: 'SingleStack',
      internalTrafficPolicy: 'Cluster',
    },
    status: { loadBalancer: {} },
  },
};
