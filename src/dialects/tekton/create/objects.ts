import { generatedName, labelValue } from '../../../../sensors/triggers/k8s/marks.ts';
import type { Firing } from '../../../../sensors/triggers/trigger.ts';
import { EngineError } from '../../../core/errors/engine-error.ts';
import { isObject, type Json, type JsonObject } from '../../../core/json/json.ts';
import type { KubeObject } from '../../../core/kube/kube.ts';

/** What an object is created for. */
export interface Cause {
  readonly eventListener: string;
  /** Empty for a trigger without a name. */
  readonly trigger: string;
  /** The trigger's; that of an object which names none. */
  readonly namespace: string;
  readonly eventId: string;
}

/**
 * The resources of a template as they are created, with Tekton's labels and definite names: a firing that is tried again gets the same
 * ones. Throws EngineError EVENT_RENDERED_INVALID.
 */
export const objectsOf = (resources: readonly JsonObject[], cause: Cause, firing: Firing): readonly KubeObject[] =>
  resources.map((resource, index) => objectOf(resource, cause, firing, index));

function objectOf(resource: JsonObject, cause: Cause, firing: Firing, index: number): KubeObject {
  for (const field of ['apiVersion', 'kind']) if (!isText(resource[field])) throw invalid(`resource ${index + 1} has no ${field}`);
  const written = resource['metadata'] ?? {};
  if (!isObject(written)) throw invalid(`the metadata of resource ${index + 1} is no object`);
  const { name, generateName, namespace } = written;
  const isNamed = isText(name) || !isText(generateName);
  const metadata = {
    ...written,
    ...(isNamed ? {} : { name: generatedName(firing, generateName, `${index}`) }),
    namespace: isText(namespace) ? namespace : cause.namespace,
    labels: { ...labelsOf(written['labels'], index), ...tektonLabels(cause) },
  };
  return { ...resource, metadata } as unknown as KubeObject;
}

function labelsOf(labels: Json | undefined, index: number): JsonObject {
  if (labels === undefined || labels === null) return {};
  if (isObject(labels) && Object.values(labels).every((value) => typeof value === 'string')) return labels;
  throw invalid(`the labels of resource ${index + 1} are not all texts`);
}

/** The sender may have chosen the event's id: where no label can hold it, it is bent until one can. */
const tektonLabels = ({ eventListener, trigger, eventId }: Cause): JsonObject => ({
  'triggers.tekton.dev/eventlistener': eventListener,
  'triggers.tekton.dev/trigger': trigger,
  'triggers.tekton.dev/triggers-eventid': labelValue(eventId),
});

const isText = (value: Json | undefined): value is string => typeof value === 'string' && value !== '';

const invalid = (problem: string): EngineError => new EngineError('EVENT_RENDERED_INVALID', { problem });
