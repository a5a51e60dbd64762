/** A Workflow that goes on: by its own `suspend`, and by its nodes that wait in a `suspend` template. Pure. */
import { isObject, type Json, type JsonObject } from '../../../src/core/json/json.ts';
import type { KubeObject } from '../../../src/core/kube/kube.ts';
import { objectAt } from './workflow.ts';

/** The Workflow as it is to be written back: what waited has succeeded. Undefined when there is nothing to resume. */
export function resumed(workflow: KubeObject, now: string): KubeObject | undefined {
  const { suspend, ...spec } = objectAt(workflow, 'spec');
  const status = objectAt(workflow, 'status');
  const nodes = Object.entries(objectAt(status, 'nodes'));
  const waiting = nodes.filter((entry): entry is [string, JsonObject] => isWaiting(entry[1]));
  if (suspend !== true && waiting.length === 0) return undefined;
  if (waiting.length === 0) return { ...workflow, spec };
  const ended = waiting.map(([id, node]) => [id, { ...withOutputs(node), phase: 'Succeeded', finishedAt: now }] as const);
  return { ...workflow, spec, status: { ...status, nodes: { ...objectAt(status, 'nodes'), ...Object.fromEntries(ended) } } };
}

const isWaiting = (node: Json): boolean => isObject(node) && node['type'] === 'Suspend' && node['phase'] === 'Running';

/** A value that somebody was to supply is its default now. */
function withOutputs(node: JsonObject): JsonObject {
  const outputs = objectAt(node, 'outputs');
  const parameters = outputs['parameters'];
  if (!Array.isArray(parameters)) return node;
  return { ...node, outputs: { ...outputs, parameters: parameters.map((one) => (isObject(one) ? supplied(one) : one)) } };
}

function supplied({ valueFrom, ...parameter }: JsonObject): JsonObject {
  if (!isObject(valueFrom)) return valueFrom === undefined ? parameter : { ...parameter, valueFrom };
  const { supplied: awaited, default: fallback } = valueFrom;
  return awaited === undefined || fallback === undefined ? { ...parameter, valueFrom } : { ...parameter, value: fallback };
}

/** Values that somebody has to supply before it can be resumed. */
export function unsupplied(workflow: KubeObject): string[] {
  return Object.values(objectAt(objectAt(workflow, 'status'), 'nodes'))
    .filter((node): node is JsonObject => isWaiting(node))
    .flatMap((node) => (Array.isArray(objectAt(node, 'outputs')['parameters']) ? (objectAt(node, 'outputs')['parameters'] as Json[]) : []))
    .filter((one): one is JsonObject => isObject(one) && isObject(one['valueFrom']) && one['valueFrom']['supplied'] !== undefined)
    .filter((one) => objectAt(one, 'valueFrom')['default'] === undefined)
    .map((one) => String(one['name']));
}

/** Where the nodes are not in the object, as it is with a large Workflow: packed, or in a database. */
export function hidesNodes(workflow: KubeObject): boolean {
  const { compressedNodes, offloadNodeStatusVersion } = objectAt(workflow, 'status');
  return Boolean(compressedNodes) || Boolean(offloadNodeStatusVersion);
}
