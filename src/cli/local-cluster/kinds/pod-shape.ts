import { atomic, fields, listBy, type Shape, set } from './shape.ts';

const valueFrom = fields({ fieldRef: atomic, resourceFieldRef: atomic, configMapKeyRef: atomic, secretKeyRef: atomic });
const volumeSource = fields({
  configMap: fields({}),
  projected: fields({}),
  flexVolume: fields({ secretRef: atomic }),
  csi: fields({ nodePublishSecretRef: atomic }),
});

const container = fields({
  ports: listBy('containerPort protocol', {}, { protocol: 'TCP' }),
  env: listBy('name', fields({ valueFrom })),
  volumeMounts: listBy('mountPath'),
  volumeDevices: listBy('devicePath'),
  resources: fields({ claims: listBy('name') }),
});

/** Of a pod's `spec`, wherever it stands: in a Pod, a Deployment's template, a CronJob's template of a template. */
export const podSpec: Shape = fields({
  containers: listBy('name', container),
  initContainers: listBy('name', container),
  ephemeralContainers: listBy('name', container),
  volumes: listBy('name', volumeSource),
  imagePullSecrets: listBy('name'),
  hostAliases: listBy('ip'),
  topologySpreadConstraints: listBy('topologyKey whenUnsatisfiable'),
  resourceClaims: listBy('name'),
  schedulingGates: listBy('name'),
  nodeSelector: atomic,
});

export const podTemplate: Shape = fields({
  metadata: fields({ finalizers: set, ownerReferences: listBy('uid') }),
  spec: podSpec,
});

export const conditions: Shape = listBy('type');
export const withConditions: Shape = fields({ conditions });
