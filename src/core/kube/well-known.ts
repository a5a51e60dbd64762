/** Kinds that every Kubernetes has, with the API version that serves them: only to tell an author of a slip. What a server has, discovery knows. */
const groups = {
  v1: {
    Binding: 'bindings',
    ConfigMap: 'configmaps',
    Endpoints: 'endpoints',
    Event: 'events',
    LimitRange: 'limitranges',
    Namespace: 'namespaces',
    Node: 'nodes',
    PersistentVolume: 'persistentvolumes',
    PersistentVolumeClaim: 'persistentvolumeclaims',
    Pod: 'pods',
    PodTemplate: 'podtemplates',
    ReplicationController: 'replicationcontrollers',
    ResourceQuota: 'resourcequotas',
    Secret: 'secrets',
    Service: 'services',
    ServiceAccount: 'serviceaccounts',
  },
  'apps/v1': {
    ControllerRevision: 'controllerrevisions',
    DaemonSet: 'daemonsets',
    Deployment: 'deployments',
    ReplicaSet: 'replicasets',
    StatefulSet: 'statefulsets',
  },
  'batch/v1': { CronJob: 'cronjobs', Job: 'jobs' },
  'networking.k8s.io/v1': { Ingress: 'ingresses', IngressClass: 'ingressclasses', NetworkPolicy: 'networkpolicies' },
  'autoscaling/v2': { HorizontalPodAutoscaler: 'horizontalpodautoscalers' },
  'policy/v1': { PodDisruptionBudget: 'poddisruptionbudgets' },
  'rbac.authorization.k8s.io/v1': {
    ClusterRole: 'clusterroles',
    ClusterRoleBinding: 'clusterrolebindings',
    Role: 'roles',
    RoleBinding: 'rolebindings',
  },
  'storage.k8s.io/v1': { StorageClass: 'storageclasses' },
} as const satisfies Record<string, Record<string, string>>;

const rows = Object.entries(groups).flatMap(([apiVersion, kinds]) =>
  Object.entries(kinds).map(([kind, resource]) => ({ apiVersion, kind, resource: resource as string })),
);

const groupOf = (apiVersion: string): string => (apiVersion.includes('/') ? apiVersion.slice(0, apiVersion.indexOf('/')) : '');
/** Groups of Kubernetes itself; `extensions` once held what others hold now. `events.k8s.io` has an Event of its own. */
const own = new Set([...Object.keys(groups).map(groupOf), 'extensions']);

/** Where a well-known kind is served, when it is not in the group of this API version; undefined when nothing is wrong or known. */
export function homeOf(apiVersion: string, kind: string): string | undefined {
  const homes = rows.filter((row) => row.kind === kind);
  if (homes.length === 0 || !own.has(groupOf(apiVersion)) || homes.some((row) => groupOf(row.apiVersion) === groupOf(apiVersion)))
    return undefined;
  return homes[0]!.apiVersion;
}

/** The kind that `deployment` or `deployments` stands for, in an API version of Kubernetes itself; undefined for what is spelled right, or not known. */
export function kindLike(apiVersion: string, kind: string): string | undefined {
  const word = kind.toLowerCase();
  const meant = rows.find((row) => row.apiVersion === apiVersion && (row.kind.toLowerCase() === word || row.resource === word))?.kind;
  return meant === kind ? undefined : meant;
}

/** Where a well-known resource is served, as `homeOf` tells of a kind. */
export function homeOfResource(group: string, resource: string): string | undefined {
  const home = rows.find((row) => row.resource === resource);
  return home === undefined || !own.has(group) || groupOf(home.apiVersion) === group ? undefined : home.apiVersion;
}

/** The plural name of a well-known kind, however its case; undefined when it is none. */
export const pluralOf = (kind: string): string | undefined => rows.find((row) => row.kind.toLowerCase() === kind.toLowerCase())?.resource;

/** The well-known kind of a resource. */
export const kindOfResource = (group: string, resource: string): string | undefined =>
  rows.find((row) => row.resource === resource && groupOf(row.apiVersion) === group)?.kind;
