/** Kinds that tests and benchmarks ask API servers for by themselves. */
const core = (resource: string, kind: string) => ({ group: '', version: 'v1', resource, kind, namespaced: true });
const argo = (resource: string, kind: string) => ({ ...core(resource, kind), group: 'argoproj.io', version: 'v1alpha1' });

export const namespaces = { ...core('namespaces', 'Namespace'), namespaced: false };
export const pods = core('pods', 'Pod');
export const services = core('services', 'Service');
export const configMaps = core('configmaps', 'ConfigMap');
export const events = core('events', 'Event');
export const ingresses = { ...core('ingresses', 'Ingress'), group: 'networking.k8s.io' };
export const roles = { ...core('roles', 'Role'), group: 'rbac.authorization.k8s.io' };
export const roleBindings = { ...roles, resource: 'rolebindings', kind: 'RoleBinding' };
export const definitions = {
  ...core('customresourcedefinitions', 'CustomResourceDefinition'),
  group: 'apiextensions.k8s.io',
  namespaced: false,
};
export const eventSources = argo('eventsources', 'EventSource');
export const sensors = argo('sensors', 'Sensor');
export const pipelineRuns = { ...core('pipelineruns', 'PipelineRun'), group: 'tekton.dev' };
