import { EngineError } from '../../../src/core/errors/engine-error.ts';
import { isObject, type Json } from '../../../src/core/json/json.ts';
import { parseJson } from '../../../src/core/json/parse.ts';
import { stringifyJson } from '../../../src/core/json/stringify.ts';
import type { KubeObject } from '../../../src/core/kube/kube.ts';
import type { Clock } from '../../../src/core/time/clock.ts';
import { type Pieces, piecemeal } from '../../../src/core/time/pieces.ts';
import { type ArtifactSpec, writtenArtifact } from '../artifacts/index.ts';
import { compileParameters, type Parameters } from '../parameters/index.ts';
import type { Firing } from '../trigger.ts';
import { generatedName } from './marks.ts';
import type { K8sSpec, Operation, patchStrategies } from './spec.ts';

/** A `k8s` block made ready for many firings. */
export interface Ready {
  readonly operation: Operation;
  readonly patchStrategy: (typeof patchStrategies)[number];
  /** The parameters edit the object as it is on the API server. */
  readonly live: boolean;
  readonly source: ArtifactSpec;
  /** The object that stands in the rule itself, and the same as text; undefined when it has to be read. */
  readonly written: Json | undefined;
  readonly template: string | undefined;
  /** Undefined where there are none: the object is then used as it is. */
  readonly parameters: Parameters | undefined;
}

/** What a firing would do: the operation, and the object it is about. */
export interface Rendered {
  readonly operation: Operation;
  readonly patchStrategy: Ready['patchStrategy'];
  readonly live: boolean;
  readonly object: KubeObject;
  /** The object's namespace, else the sensor's; of no meaning for what lives in none. */
  readonly namespace: string;
}

/** Throws EngineError CONFIG_YAML when an inline object cannot be read. */
export function compile({ source = {}, operation, patchStrategy, liveObject, parameters }: K8sSpec, clock: Clock): Ready {
  const written = writtenArtifact(source);
  return {
    operation: operation || 'create',
    patchStrategy: patchStrategy || 'application/merge-patch+json',
    live: liveObject === true && operation === 'update',
    source,
    written,
    template: written === undefined ? undefined : stringifyJson(written),
    parameters: parameters && parameters.length > 0 ? compileParameters(parameters, { clock }) : undefined,
  };
}

/** The object with the events' values in it. Throws EngineError EVENT_*, also when it is then no Kubernetes object. */
export const render = piecemeal(function* (ready: Ready, loaded: Json | undefined, firing: Firing): Pieces<Rendered> {
  const { operation, patchStrategy, live, parameters } = ready;
  const template = loaded === undefined ? (ready.template ?? 'null') : stringifyJson(loaded);
  const value = parameters ? parseJson(yield* parameters.pieces(template, firing.events)) : (loaded ?? ready.written ?? null);
  const object = named(kubeObject(value), operation, (generateName) => generatedName(firing, generateName, template));
  return { operation, patchStrategy, live, object, namespace: object.metadata.namespace || firing.namespace };
});

function kubeObject(value: Json): KubeObject {
  if (!isObject(value)) throw invalid('the resource is not an object');
  for (const field of ['apiVersion', 'kind'])
    if (typeof value[field] !== 'string' || value[field] === '') throw invalid(`the resource has no ${field}`);
  if (!isObject(value['metadata'])) throw invalid('the resource has no metadata');
  return value as KubeObject;
}

function named(object: KubeObject, operation: Operation, generated: (generateName: string) => string): KubeObject {
  const { metadata } = object;
  if (typeof metadata.name === 'string' && metadata.name !== '') return object;
  if (metadata.name !== undefined && metadata.name !== '') throw invalid('metadata.name is not a text');
  if (operation !== 'create') throw invalid(`name is required: to ${operation} an object, the resource needs metadata.name`);
  if (!metadata.generateName) throw invalid('name or generateName is required: the resource has neither in its metadata');
  return { ...object, metadata: { ...metadata, name: generated(metadata.generateName) } };
}

export const invalid = (problem: string): EngineError => new EngineError('EVENT_RENDERED_INVALID', { problem });
