import { isObject, type Json, type JsonObject } from '../../../core/json/json.ts';
import type { KubeObject } from '../../../core/kube/kube.ts';
import { at, column, joined, listAt, mapIn, wide } from './columns.ts';
import { eventRows } from './events.ts';
import { podRows } from './pods.ts';
import { quotaRows } from './quotas.ts';
import type { Resource } from './resource.ts';
import { row } from './row.ts';
import { serviceRows } from './services.ts';

const count = (value: unknown): number => (isObject(value) ? Object.keys(value).length : 0);

/** The kinds of the group without a name. */
export const coreKinds: readonly Resource[] = [
  row('v1', 'namespaces', 'Namespace', {
    short: 'ns',
    cluster: true,
    status: true,
    nameRule: 'label',
    selectable: ['status.phase'],
    columns: [column('Status', (object) => at(object, 'status', 'phase'))],
    complete: completeNamespace,
  }),
  row('v1', 'configmaps', 'ConfigMap', {
    short: 'cm',
    columns: [column('Data', (object) => count(at(object, 'data')) + count(at(object, 'binaryData')))],
  }),
  row('v1', 'secrets', 'Secret', {
    selectable: ['type'],
    columns: [column('Type', (object) => at(object, 'type')), column('Data', (object) => count(at(object, 'data')))],
    complete: completeSecret,
  }),
  row('v1', 'serviceaccounts', 'ServiceAccount', {
    short: 'sa',
  }),
  ...podRows,
  ...serviceRows,
  ...eventRows,
  row('v1', 'nodes', 'Node', {
    short: 'no',
    cluster: true,
    status: true,
    selectable: ['spec.unschedulable'],
    columns: [column('Status', (object) => (conditionOf(object, 'Ready') === 'True' ? 'Ready' : 'Unknown')), column('Roles', rolesOf)],
    wideColumns: [
      wide('Internal-IP', (object) => listAt(object, 'status', 'addresses').map((one) => at(one, 'address'))[0]),
      wide('Version', (object) => at(object, 'status', 'nodeInfo', 'kubeletVersion')),
    ],
  }),
  row('v1', 'persistentvolumeclaims', 'PersistentVolumeClaim', {
    short: 'pvc',
    status: true,
    columns: [
      column('Status', (object) => at(object, 'status', 'phase')),
      column('Volume', (object) => at(object, 'spec', 'volumeName') ?? ''),
      column('Capacity', (object) => at(object, 'status', 'capacity', 'storage') ?? ''),
      column('Access Modes', (object) => listAt(object, 'status', 'accessModes').join(',')),
      column('StorageClass', (object) => at(object, 'spec', 'storageClassName') ?? ''),
      column('VolumeAttributesClass', (object) => at(object, 'spec', 'volumeAttributesClassName') ?? '<unset>'),
    ],
    wideColumns: [wide('VolumeMode', (object) => at(object, 'spec', 'volumeMode'))],
  }),
  row('v1', 'persistentvolumes', 'PersistentVolume', {
    short: 'pv',
    cluster: true,
    status: true,
    columns: [
      column('Capacity', (object) => at(object, 'spec', 'capacity', 'storage') ?? ''),
      column('Access Modes', (object) => joined(listAt(object, 'spec', 'accessModes'))),
      column('Status', (object) => at(object, 'status', 'phase')),
      column('StorageClass', (object) => at(object, 'spec', 'storageClassName') ?? ''),
    ],
  }),
  row('v1', 'endpoints', 'Endpoints', {
    short: 'ep',
    singular: 'endpoints',
    columns: [
      column('Endpoints', (object) =>
        joined(
          listAt(object, 'subsets').flatMap((one) => listAt(one, 'addresses').map((address) => at(address, 'ip'))),
          3,
        ),
      ),
    ],
  }),
  ...quotaRows,
];

function conditionOf(object: Json, type: string): unknown {
  return at(
    listAt(object, 'status', 'conditions').find((one) => at(one, 'type') === type),
    'status',
  );
}

function rolesOf(object: Json): string {
  const prefix = 'node-role.kubernetes.io/';
  const labels = Object.keys((at(object, 'metadata', 'labels') as JsonObject | undefined) ?? {});
  return joined(labels.filter((label) => label.startsWith(prefix)).map((label) => label.slice(prefix.length)));
}

function completeNamespace(object: KubeObject): void {
  object.metadata.labels = { ...object.metadata.labels, 'kubernetes.io/metadata.name': object.metadata.name };
  const spec = mapIn(object, 'spec');
  spec.finalizers ??= ['kubernetes'];
  object.status ??= { phase: 'Active' };
}

/** `stringData` is only a way to write `data`: plain text in, base64 kept. */
function completeSecret(object: KubeObject): void {
  const { stringData } = object;
  if (!isObject(stringData)) return;
  const data: JsonObject = isObject(object.data) ? object.data : {};
  for (const [key, text] of Object.entries(stringData)) data[key] = Buffer.from(String(text)).toString('base64');
  object.data = data;
  delete object.stringData;
}
