/** Kinds that these suites ask API servers for by themselves. */
const core = (resource: string, kind: string) => ({ group: '', version: 'v1', resource, kind, namespaced: true });
const argo = (resource: string, kind: string) => ({ ...core(resource, kind), group: 'argoproj.io', version: 'v1alpha1' });

export const namespaces = { ...core('namespaces', 'Namespace'), namespaced: false };
export const pods = core('pods', 'Pod');
export const configMaps = core('configmaps', 'ConfigMap');
export const events = core('events', 'Event');
export const definitions = {
  ...core('customresourcedefinitions', 'CustomResourceDefinition'),
  group: 'apiextensions.k8s.io',
  namespaced: false,
};
export const eventSources = argo('eventsources', 'EventSource');
export const sensors = argo('sensors', 'Sensor');
