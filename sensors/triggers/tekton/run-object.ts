/** PipelineRuns and TaskRuns as objects. Pure. */
import { isObject, type Json, type JsonObject } from '../../../src/core/json/json.ts';
import type { TektonSpec } from './spec.ts';

export const runVersion = 'tekton.dev/v1';

/** What older installations serve only. */
export const olderVersion = 'tekton.dev/v1beta1';

/** A run whose name is not made yet. */
export type Run = JsonObject & { metadata: JsonObject; spec: JsonObject };

export interface Param {
  readonly name: string;
  readonly value: Json;
}

const objectAt = (value: JsonObject, field: string): JsonObject => (isObject(value[field]) ? value[field] : {});

/** The run of a short form, in Tekton's newest version. */
export function runOf({ pipeline, task }: TektonSpec): Run {
  const name = pipeline ?? task ?? '';
  return {
    apiVersion: runVersion,
    kind: pipeline === undefined ? 'TaskRun' : 'PipelineRun',
    metadata: { generateName: `${name}-` },
    spec: { [pipeline === undefined ? 'taskRef' : 'pipelineRef']: { name } },
  };
}

/** The run with what the block says beside it. Params and workspaces of the same name are replaced. */
export function completed(
  run: Run,
  { workspaces = [], serviceAccountName, timeout, namespace }: TektonSpec,
  params: readonly Param[],
): Run {
  const spec: JsonObject = { ...run.spec };
  if (params.length > 0) spec['params'] = laidOver(spec['params'], params as unknown as JsonObject[]);
  if (workspaces.length > 0) spec['workspaces'] = laidOver(spec['workspaces'], workspaces as JsonObject[]);
  const isPipeline = run['kind'] === 'PipelineRun';
  if (timeout !== undefined && !isPipeline) spec['timeout'] = timeout;
  if (timeout !== undefined && isPipeline) {
    spec['timeouts'] = { ...objectAt(spec, 'timeouts'), pipeline: timeout };
    delete spec['timeout'];
  }
  if (serviceAccountName && isPipeline && run['apiVersion'] !== olderVersion)
    spec['taskRunTemplate'] = { ...objectAt(spec, 'taskRunTemplate'), serviceAccountName };
  else if (serviceAccountName) spec['serviceAccountName'] = serviceAccountName;
  return { ...run, spec, metadata: namespace ? { ...run.metadata, namespace } : run.metadata };
}

function laidOver(there: Json | undefined, more: readonly JsonObject[]): Json[] {
  const names = more.map(({ name }) => name);
  const kept = Array.isArray(there) ? there.filter((one) => !(isObject(one) && names.includes(one['name'] ?? null))) : [];
  return [...kept, ...more];
}

/** A run of the newest version in the older one. */
export function older<Object extends JsonObject>(run: Object): Object {
  const { taskRunTemplate, ...spec } = objectAt(run, 'spec');
  return { ...run, apiVersion: olderVersion, spec: isObject(taskRunTemplate) ? { ...spec, ...taskRunTemplate } : spec };
}

/** How long the run may take by its own word; undefined where it says nothing. */
export function timeoutOf(run: Json | undefined): string | undefined {
  const spec = isObject(run) ? objectAt(run, 'spec') : {};
  const timeout = objectAt(spec, 'timeouts')['pipeline'] ?? spec['timeout'];
  return typeof timeout === 'string' ? timeout : undefined;
}
