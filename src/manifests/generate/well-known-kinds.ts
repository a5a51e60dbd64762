/** Kinds whose plural and scope are known without an API server: `group/Kind`, `Kind` in the core group. */
const namespaced: Readonly<Record<string, string>> = {
  ConfigMap: 'configmaps',
  Endpoints: 'endpoints',
  Event: 'events',
  LimitRange: 'limitranges',
  PersistentVolumeClaim: 'persistentvolumeclaims',
  Pod: 'pods',
  PodTemplate: 'podtemplates',
  ReplicationController: 'replicationcontrollers',
  ResourceQuota: 'resourcequotas',
  Secret: 'secrets',
  Service: 'services',
  ServiceAccount: 'serviceaccounts',
  'apps/ControllerRevision': 'controllerrevisions',
  'apps/DaemonSet': 'daemonsets',
  'apps/Deployment': 'deployments',
  'apps/ReplicaSet': 'replicasets',
  'apps/StatefulSet': 'statefulsets',
  'argoproj.io/AnalysisRun': 'analysisruns',
  'argoproj.io/AnalysisTemplate': 'analysistemplates',
  'argoproj.io/Application': 'applications',
  'argoproj.io/ApplicationSet': 'applicationsets',
  'argoproj.io/AppProject': 'appprojects',
  'argoproj.io/CronWorkflow': 'cronworkflows',
  'argoproj.io/EventBus': 'eventbus',
  'argoproj.io/EventSource': 'eventsources',
  'argoproj.io/Rollout': 'rollouts',
  'argoproj.io/Sensor': 'sensors',
  'argoproj.io/Workflow': 'workflows',
  'argoproj.io/WorkflowTaskSet': 'workflowtasksets',
  'argoproj.io/WorkflowTemplate': 'workflowtemplates',
  'autoscaling/HorizontalPodAutoscaler': 'horizontalpodautoscalers',
  'batch/CronJob': 'cronjobs',
  'batch/Job': 'jobs',
  'cert-manager.io/Certificate': 'certificates',
  'cert-manager.io/Issuer': 'issuers',
  'coordination.k8s.io/Lease': 'leases',
  'discovery.k8s.io/EndpointSlice': 'endpointslices',
  'events.k8s.io/Event': 'events',
  'gateway.networking.k8s.io/Gateway': 'gateways',
  'gateway.networking.k8s.io/HTTPRoute': 'httproutes',
  'image.openshift.io/ImageStream': 'imagestreams',
  'networking.k8s.io/Ingress': 'ingresses',
  'networking.k8s.io/NetworkPolicy': 'networkpolicies',
  'policy/PodDisruptionBudget': 'poddisruptionbudgets',
  'rbac.authorization.k8s.io/Role': 'roles',
  'rbac.authorization.k8s.io/RoleBinding': 'rolebindings',
  'serving.knative.dev/Service': 'services',
  'tekton.dev/Pipeline': 'pipelines',
  'tekton.dev/PipelineRun': 'pipelineruns',
  'tekton.dev/Task': 'tasks',
  'tekton.dev/TaskRun': 'taskruns',
};

const clusterWide: Readonly<Record<string, string>> = {
  Namespace: 'namespaces',
  Node: 'nodes',
  PersistentVolume: 'persistentvolumes',
  'apiextensions.k8s.io/CustomResourceDefinition': 'customresourcedefinitions',
  'argoproj.io/ClusterWorkflowTemplate': 'clusterworkflowtemplates',
  'cert-manager.io/ClusterIssuer': 'clusterissuers',
  'image.openshift.io/Image': 'images',
  'networking.k8s.io/IngressClass': 'ingressclasses',
  'rbac.authorization.k8s.io/ClusterRole': 'clusterroles',
  'rbac.authorization.k8s.io/ClusterRoleBinding': 'clusterrolebindings',
  'scheduling.k8s.io/PriorityClass': 'priorityclasses',
  'storage.k8s.io/StorageClass': 'storageclasses',
  'storage.k8s.io/VolumeAttachment': 'volumeattachments',
};

interface KnownKind {
  readonly resource: string;
  readonly isNamespaced: boolean;
}

/** Undefined for a kind that only an API server knows. */
export function wellKnownKind(group: string, kind: string): KnownKind | undefined {
  const id = group === '' ? kind : `${group}/${kind}`;
  const resource = namespaced[id];
  if (resource !== undefined) return { resource, isNamespaced: true };
  const wide = clusterWide[id];
  return wide === undefined ? undefined : { resource: wide, isNamespaced: false };
}

/** True for a resource that lives in no namespace. */
export const isClusterWide = (group: string, resource: string): boolean =>
  Object.entries(clusterWide).some(([id, plural]) => plural === resource && (id.includes('/') ? id.split('/')[0] : '') === group);
