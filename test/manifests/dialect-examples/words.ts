import { isObject, type Json, type JsonObject } from '../../../src/core/json/json.ts';

/**
 * What an object of Tekton's or Knative's world uses, in words: its kind, with and without its version, and what stands in it
 * (`interceptor:cel`, `workspace:secret`, `delivery:retry`). The list of them, `words.txt`, is made the same way.
 */
export function wordsOf(object: JsonObject): Set<string> {
  const { apiVersion, kind, spec } = object;
  const of: Readonly<Record<string, (object: JsonObject) => string[]>> = {
    EventListener: ({ spec }) => ofListener(spec),
    Trigger: ({ spec }) => ofTektonTrigger(spec),
    Interceptor: ({ spec }) => keysOf(at(spec, 'clientConfig')).map((field) => `clientConfig:${field}`),
    Pipeline: ({ spec }) => ofPipeline(spec),
    Task: ({ spec }) => ofTask(spec),
    StepAction: ({ spec }) => keysOf(spec).map((field) => `step-${field}`),
    PipelineRun: ofRun,
    TaskRun: ofRun,
    ConfigMap: ({ metadata }) => [`config:${at(metadata, 'name')}`],
    CustomResourceDefinition: () => (JSON.stringify(spec).includes('openAPIV3Schema') ? ['crd-schema'] : []),
    ClusterRole: ofRole,
    Role: ofRole,
    ClusterRoleBinding: ({ roleRef }) => keysOf(roleRef).map((field) => `spec.${field}`),
  };
  const isOf = (group: string): boolean => String(apiVersion).includes(`${group}/`);
  const annotations = [...keysOf(at(object, 'metadata', 'annotations')), ...keysOf(at(spec, 'template', 'metadata', 'annotations'))];
  return new Set([
    String(kind),
    `${kind}(${apiVersion})`,
    ...annotations.map((key) => `annotation:${key}`),
    ...(of[String(kind)]?.(object) ?? []),
    ...(isOf('triggers.tekton.dev') ? [...ofParams(at(spec, 'params')), ...ofTemplate(spec)] : []),
    ...(isOf('knative.dev') ? ofKnative(spec) : []),
  ]);
}

function ofListener(spec: Json | undefined): string[] {
  const resource = at(spec, 'resources', 'kubernetesResource');
  const pod = at(resource, 'spec', 'template', 'spec');
  const custom = at(spec, 'resources', 'customResource', 'kind');
  const groups = listOf(at(spec, 'triggerGroups'));
  return [
    ...(at(spec, 'serviceAccountName') ? ['service-account'] : []),
    ...['podTemplate', 'namespaceSelector', 'labelSelector', 'cloudEventURI'].filter((field) => at(spec, field) !== undefined),
    ...(at(spec, 'replicas') ? ['old-field:replicas'] : []),
    ...keysOf(resource).map((field) => `k8sResource:${field}`),
    ...keysOf(pod).map((field) => `pod:${field}`),
    ...(JSON.stringify(pod ?? '').includes('TLS_CERT') ? ['tls'] : []),
    ...(custom ? [`customResource:${custom}`] : []),
    ...(groups.length > 0 ? ['trigger-group'] : []),
    ...groups.flatMap((group) => [
      ...keysOf(at(group, 'triggerSelector')).map((field) => `group-${field}`),
      ...listOf(at(group, 'interceptors')).flatMap(ofInterceptor),
    ]),
    ...listOf(at(spec, 'triggers')).flatMap(ofTektonTrigger),
  ];
}

function ofTektonTrigger(trigger: Json | undefined): string[] {
  const template = at(trigger, 'template');
  return [
    ...(at(trigger, 'triggerRef') ? ['trigger-ref'] : []),
    ...(at(trigger, 'serviceAccountName') ? ['trigger-service-account'] : []),
    ...(at(template, 'ref') ? ['template-ref'] : []),
    ...(at(template, 'name') ? ['old-template-name'] : []),
    ...(at(template, 'spec') ? ['embedded-template', ...ofTemplate(at(template, 'spec'))] : []),
    ...listOf(at(trigger, 'bindings')).flatMap((binding) => [
      ...(at(binding, 'ref') ? [at(binding, 'kind') === 'ClusterTriggerBinding' ? 'cluster-binding' : 'binding-ref'] : []),
      ...(at(binding, 'value') === undefined ? [] : ['inline-binding', ...ofParams([binding])]),
    ]),
    ...listOf(at(trigger, 'interceptors')).flatMap(ofInterceptor),
  ];
}

function ofInterceptor(interceptor: Json): string[] {
  const name = at(interceptor, 'ref', 'name');
  const old = ['github', 'gitlab', 'bitbucket', 'cel'].filter((one) => at(interceptor, one) !== undefined);
  return [
    ...(name ? [`interceptor:${name}`] : []),
    ...(at(interceptor, 'ref', 'kind') === 'NamespacedInterceptor' ? ['interceptor-namespaced'] : []),
    ...(at(interceptor, 'webhook') ? ['webhook-interceptor'] : []),
    ...(at(interceptor, 'webhook', 'header') ? ['webhook-headers'] : []),
    ...listOf(at(interceptor, 'params')).map((param) => (name === 'cel' ? `cel-${at(param, 'name')}` : `param:${at(param, 'name')}`)),
    ...old.map((one) => `old-inline-interceptor:${one}`),
  ];
}

/** Params of a binding: where their values come from. */
function ofParams(params: Json | undefined): string[] {
  const values = listOf(params).map((param) => String(at(param, 'value') ?? ''));
  const having = (word: string, pattern: RegExp) => (values.some((value) => pattern.test(value)) ? [word] : []);
  return [
    ...['body', 'header', 'extensions'].flatMap((root) => having(`reads-${root}`, new RegExp(`\\$\\(${root}`))),
    ...having('jsonpath-index', /\[\d+\]/),
    ...having('jsonpath-filter', /\[\?\(/),
    ...having('static-value', /^[^$]+$/),
  ];
}

function ofTemplate(spec: Json | undefined): string[] {
  const resources = listOf(at(spec, 'resourcetemplates')).filter(isObject);
  return [
    ...(listOf(at(spec, 'params')).some((param) => at(param, 'default') !== undefined) ? ['param-default'] : []),
    ...(resources.some((one) => JSON.stringify(one).includes('$(params.')) ? ['pipeline-variables-inside'] : []),
    ...resources.flatMap((resource) => [`creates:${resource['kind']}(${resource['apiVersion']})`, ...ofRun(resource)]),
  ];
}

function ofRun({ metadata, spec }: JsonObject): string[] {
  return [
    ...(at(metadata, 'generateName') ? ['generateName'] : []),
    ...keysOf(at(metadata, 'annotations')).map((key) => `annotation:${key}`),
    ...['pipelineRef', 'taskRef'].flatMap((ref) => [
      ...(at(spec, ref) ? [ref] : []),
      ...(at(spec, ref, 'resolver') ? [`resolver:${at(spec, ref, 'resolver')}`] : []),
    ]),
    ...(at(spec, 'resources') ? ['old-pipeline-resources'] : []),
    ...['taskRunTemplate', 'taskRunSpecs', 'timeouts', 'timeout', 'retries', 'serviceAccountName', 'podTemplate'].filter(
      (field) => at(spec, field) !== undefined,
    ),
    ...listOf(at(spec, 'params')).map((param) => `param-${typeNameOf(at(param, 'value'))}`),
    ...listOf(at(spec, 'workspaces')).flatMap((workspace) => [
      ...keysOf(workspace).map((field) => `workspace:${field}`),
      ...(at(workspace, 'subPath') ? ['workspace-subPath'] : []),
    ]),
    ...(at(spec, 'pipelineSpec') ? ['embedded-pipelineSpec', ...ofPipeline(at(spec, 'pipelineSpec'))] : []),
    ...(at(spec, 'taskSpec') ? ['embedded-taskSpec', ...ofTask(at(spec, 'taskSpec'))] : []),
  ];
}

const typeNameOf = (value: Json | undefined): string => (Array.isArray(value) ? 'array' : typeof value);

function ofPipeline(spec: Json | undefined): string[] {
  const tasks = [...listOf(at(spec, 'tasks')), ...listOf(at(spec, 'finally'))];
  return [
    ...(at(spec, 'finally') ? ['finally'] : []),
    ...(at(spec, 'results') ? ['pipeline-results'] : []),
    ...tasks.flatMap((task) => [
      ...keysOf(task).map((field) => `task-${field}`),
      ...(at(task, 'taskRef', 'resolver') ? [`task-resolver:${at(task, 'taskRef', 'resolver')}`] : []),
      ...(at(task, 'taskSpec') ? ['embedded-taskSpec', ...ofTask(at(task, 'taskSpec'))] : []),
    ]),
  ];
}

const ofTask = (spec: Json | undefined): string[] => [
  ...keysOf(spec).map((field) => `task-${field}`),
  ...listOf(at(spec, 'steps')).flatMap((step) => keysOf(step).map((field) => `step-${field}`)),
];

function ofRole({ rules, aggregationRule }: JsonObject): string[] {
  const all = listOf(rules);
  const groups = all.flatMap((rule) => listOf(at(rule, 'apiGroups')).map(String));
  return [
    ...groups.map((group) => `rbac:${group}`),
    ...(all.some((rule) => listOf(at(rule, 'verbs')).includes('impersonate')) ? ['rbac-impersonate'] : []),
    ...keysOf(aggregationRule).map((field) => `spec.${field}`),
  ];
}

function ofKnative(spec: Json | undefined): string[] {
  const destinations = ['sink', 'subscriber', 'reply'];
  const resources = listOf(at(spec, 'resources'));
  return [
    ...keysOf(spec).flatMap((field) => [field, `spec.${field}`]),
    ...keysOf(at(spec, 'delivery')).map((field) => `delivery:${field}`),
    ...destinations.flatMap((field) => [
      ...(at(spec, field, 'uri') ? [`${field}-uri`] : []),
      ...(at(spec, field, 'ref', 'kind') ? [`${field}-ref:${at(spec, field, 'ref', 'kind')}`] : []),
    ]),
    ...(at(spec, 'mode') ? [`mode:${at(spec, 'mode')}`] : []),
    ...resources.map((one) => `watches:${at(one, 'kind')}`),
    ...(resources.some((one) => at(one, 'selector') !== undefined) ? ['label-selector'] : []),
    ...(at(spec, 'subject', 'selector') ? ['subject-selector'] : []),
    ...(at(spec, 'job') ? ['job-template'] : []),
  ];
}

function at(value: Json | undefined, ...path: readonly string[]): Json | undefined {
  return path.reduce<Json | undefined>((inner, key) => (isObject(inner) ? inner[key] : undefined), value);
}

const keysOf = (value: Json | undefined): string[] => (isObject(value) ? Object.keys(value) : []);
const listOf = (value: Json | undefined): readonly Json[] => (Array.isArray(value) ? value : []);
