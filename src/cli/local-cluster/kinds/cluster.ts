import { at, column, createdAt, listAt, wide } from './columns.ts';
import type { Column, Resource } from './resource.ts';
import { row } from './row.ts';

const rbac = 'rbac.authorization.k8s.io/v1';

const names: Column = { ...column('Name', (object) => at(object, 'metadata', 'name')), format: 'name' };
const role = column('Role', (object) => `${at(object, 'roleRef', 'kind')}/${at(object, 'roleRef', 'name')}`);

const subjects = (title: string, kind: string) =>
  wide(title, (object) =>
    listAt(object, 'subjects')
      .filter((one) => at(one, 'kind') === kind)
      .map((one) => (kind === 'ServiceAccount' ? `${at(one, 'namespace') ?? ''}/${at(one, 'name')}` : at(one, 'name')))
      .join(', '),
  );

const bindings = {
  nameRule: 'path',
  columns: [role],
  wideColumns: [subjects('Users', 'User'), subjects('Groups', 'Group'), subjects('ServiceAccounts', 'ServiceAccount')],
} as const;

/** Permissions, leases, limits, storage: what files bring along beside the kinds that do the work. Nothing here enforces them. */
export const clusterKinds: readonly Resource[] = [
  row(rbac, 'roles', 'Role', { nameRule: 'path', allColumns: [names, createdAt] }),
  row(rbac, 'clusterroles', 'ClusterRole', { cluster: true, nameRule: 'path', allColumns: [names, createdAt] }),
  row(rbac, 'rolebindings', 'RoleBinding', bindings),
  row(rbac, 'clusterrolebindings', 'ClusterRoleBinding', { ...bindings, cluster: true }),
  row('coordination.k8s.io/v1', 'leases', 'Lease', { columns: [column('Holder', (object) => at(object, 'spec', 'holderIdentity') ?? '')] }),
  row('policy/v1', 'poddisruptionbudgets', 'PodDisruptionBudget', {
    short: 'pdb',
    status: true,
    generation: true,
    columns: [
      column('Min Available', (object) => String(at(object, 'spec', 'minAvailable') ?? 'N/A')),
      column('Max Unavailable', (object) => String(at(object, 'spec', 'maxUnavailable') ?? 'N/A')),
      column('Allowed Disruptions', (object) => at(object, 'status', 'disruptionsAllowed'), 'integer'),
    ],
  }),
  row('scheduling.k8s.io/v1', 'priorityclasses', 'PriorityClass', {
    short: 'pc',
    cluster: true,
    columns: [
      column('Value', (object) => at(object, 'value'), 'integer'),
      column('Global-Default', (object) => at(object, 'globalDefault') ?? false, 'boolean'),
    ],
  }),
  row('storage.k8s.io/v1', 'storageclasses', 'StorageClass', {
    short: 'sc',
    cluster: true,
    columns: [
      column('Provisioner', (object) => at(object, 'provisioner')),
      column('ReclaimPolicy', (object) => at(object, 'reclaimPolicy')),
      column('VolumeBindingMode', (object) => at(object, 'volumeBindingMode')),
      column('AllowVolumeExpansion', (object) => String(at(object, 'allowVolumeExpansion') ?? false)),
    ],
  }),
];
