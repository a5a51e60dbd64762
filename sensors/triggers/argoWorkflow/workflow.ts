/** Workflows that are made of something else: of flags, of a template, of a CronWorkflow, of a Workflow that has run. Pure. */
import { isObject, type JsonObject } from '../../../src/core/json/json.ts';
import type { KubeObject } from '../../../src/core/kube/kube.ts';
import type { Options } from './args.ts';

export const workflowVersion = 'argoproj.io/v1alpha1';

const prefix = 'workflows.argoproj.io/';

/** A Workflow whose name is not made yet. */
export type Unnamed = JsonObject & { metadata: JsonObject };

/** The object in a field; an empty one where there is none. */
export const objectAt = (value: JsonObject, field: string): JsonObject => (isObject(value[field]) ? value[field] : {});

/** The Workflow with what the flags ask for: a parameter is replaced or added, and so is a label. */
export function withOptions(workflow: Unnamed, options: Options): Unnamed {
  const { name, generateName, entrypoint, serviceAccount, priority, labels, parameters } = options;
  const metadata: JsonObject = { ...workflow.metadata };
  if (generateName) metadata['generateName'] = generateName;
  if (name) metadata['name'] = name;
  if (Object.keys(labels).length > 0) metadata['labels'] = { ...objectAt(metadata, 'labels'), ...labels };
  const spec: JsonObject = { ...objectAt(workflow, 'spec') };
  if (entrypoint) spec['entrypoint'] = entrypoint;
  if (serviceAccount) spec['serviceAccountName'] = serviceAccount;
  if (priority !== undefined) spec['priority'] = priority;
  if (parameters.size > 0) spec['arguments'] = withParameters(objectAt(spec, 'arguments'), parameters);
  return { ...workflow, metadata, spec };
}

/** Those that are given come first, as `argo` has it. */
function withParameters(wanted: JsonObject, given: Options['parameters']): JsonObject {
  const old = Array.isArray(wanted['parameters']) ? wanted['parameters'] : [];
  const kept = old.filter((one) => !(isObject(one) && given.has(String(one['name']))));
  return { ...wanted, parameters: [...[...given].map(([name, value]) => ({ name, value })), ...kept] };
}

/** A Workflow that runs a WorkflowTemplate or ClusterWorkflowTemplate. */
export function ofTemplate(name: string, isOfCluster: boolean): Unnamed {
  const label = `${prefix}${isOfCluster ? 'cluster-workflow-template' : 'workflow-template'}`;
  return {
    apiVersion: workflowVersion,
    kind: 'Workflow',
    metadata: { generateName: `${name}-`, labels: { [label]: name } },
    spec: { workflowTemplateRef: isOfCluster ? { name, clusterScope: true } : { name } },
  };
}

/** What a CronWorkflow would run when its time comes; it owns it. */
export function ofCronWorkflow(cron: KubeObject): Unnamed {
  const spec = objectAt(cron, 'spec');
  const given = objectAt(spec, 'workflowMetadata');
  const { name, uid = '' } = cron.metadata;
  const instance = cron.metadata.labels?.[`${prefix}controller-instanceid`];
  return {
    apiVersion: workflowVersion,
    kind: 'Workflow',
    metadata: {
      generateName: `${name}-`,
      ...(given['annotations'] ? { annotations: given['annotations'] } : {}),
      ...(given['finalizers'] ? { finalizers: given['finalizers'] } : {}),
      labels: {
        ...(instance === undefined ? {} : { [`${prefix}controller-instanceid`]: instance }),
        [`${prefix}cron-workflow`]: name,
        ...objectAt(given, 'labels'),
      },
      ownerReferences: [{ apiVersion: workflowVersion, kind: 'CronWorkflow', name, uid, controller: true, blockOwnerDeletion: true }],
    },
    spec: objectAt(spec, 'workflowSpec'),
  };
}

/** Labels that tell how a Workflow went, and who began it. */
const ofItsRun = ['creator', 'creator-email', 'creator-preferred-username', 'phase', 'completed', 'workflow-archiving-status'].map(
  (name) => prefix + name,
);

/** The same Workflow once more, as a new one. */
export function again({ metadata, ...old }: KubeObject): Unnamed {
  const { name, generateName, annotations, ownerReferences } = metadata;
  const { shutdown: _, activeDeadlineSeconds, ...spec } = objectAt(old, 'spec');
  const labels = Object.entries(metadata.labels ?? {}).filter(([label]) => !ofItsRun.includes(label));
  return {
    apiVersion: workflowVersion,
    kind: 'Workflow',
    metadata: {
      generateName: generateName || `${name}-`,
      labels: { ...Object.fromEntries(labels), [`${prefix}resubmitted-from-workflow`]: name },
      ...(annotations ? { annotations } : {}),
      ...(ownerReferences ? { ownerReferences } : {}),
    },
    // A deadline of 0 is how an old controller ended a Workflow.
    spec: activeDeadlineSeconds === undefined || activeDeadlineSeconds === 0 ? spec : { ...spec, activeDeadlineSeconds },
  };
}

export const hasEnded = (workflow: KubeObject): boolean =>
  ['Succeeded', 'Failed', 'Error'].includes(String(objectAt(workflow, 'status')['phase']));
