import type { Json } from '../../../core/json/json.ts';
import type { KubeObject } from '../../../core/kube/kube.ts';
import type { Schema } from '../crd/schema.ts';
import type { Cause, Named } from '../status.ts';
import type { Message } from './read-messages.ts';
import type { Shape } from './shape.ts';

/** A resource as the API serves it: a row of our table of kinds, or what a CustomResourceDefinition says. */
export interface Resource extends Named {
  readonly singular: string;
  readonly listKind: string;
  readonly shortNames: readonly string[];
  readonly categories: readonly string[];
  readonly namespaced: boolean;
  /** Whether a CustomResourceDefinition made it. */
  readonly custom: boolean;
  /** Only POST is known, nothing is kept: the access reviews. */
  readonly virtual?: (object: KubeObject) => KubeObject;
  /** The preferred one first. */
  readonly versions: readonly Version[];
  /** The name of the collection that holds the objects. */
  readonly storedAs: string;
  readonly nameRule: NameRule;
  /** Fields that a field selector may name, beside metadata.name and metadata.namespace. */
  readonly selectable: readonly string[];
  /** Whether `metadata.generation` counts the changes of what is wanted. */
  readonly generation: boolean;
}

export type NameRule = 'subdomain' | 'label' | 'service' | 'path';

export interface Version {
  readonly name: string;
  /** Whether `/status` is an endpoint of its own, so that writes of the object leave the status alone. */
  readonly status: boolean;
  readonly scale?: ScalePaths;
  readonly columns: readonly Column[];
  /** The fields of a kind that is built in. */
  readonly message?: Message;
  /** The schema of a kind that a definition has made. */
  readonly schema?: Schema;
  /** Where lists have keys and maps are replaced whole. */
  readonly shape: Shape;
  /** Brings an object into the form that is stored: prunes it and fills defaults, in place. Answers the paths of unknown fields. */
  readonly complete?: (object: KubeObject, previous: KubeObject | undefined) => readonly string[];
  /** What is wrong with a completed object. */
  readonly check?: (object: KubeObject, previous: KubeObject | undefined) => readonly Cause[];
  /** Between the stored form and this version, where they differ in more than `apiVersion`. */
  readonly fromStored?: (object: KubeObject) => KubeObject;
  readonly toStored?: (object: KubeObject) => KubeObject;
}

/** Where an object keeps its number of replicas, as paths of field names. */
export interface ScalePaths {
  readonly wanted: readonly string[];
  readonly actual: readonly string[];
  readonly selector?: readonly string[];
}

/** A printer column of `kubectl get`. */
export interface Column {
  readonly name: string;
  readonly type: 'string' | 'integer' | 'number' | 'boolean' | 'date';
  readonly format?: string;
  readonly description?: string;
  /** Above 0: only with `-o wide`. */
  readonly priority?: number;
  /** The cell; `now` in milliseconds is for ages. */
  readonly cell: (object: KubeObject, now: number) => Json;
}

/** One resource at one version: what a request is about. */
export interface Served {
  readonly resource: Resource;
  readonly version: Version;
}

export function apiVersionOf({ resource, version }: Served): string {
  return resource.group === '' ? version.name : `${resource.group}/${version.name}`;
}

/** A stored object as a version shows it. Answers the same object where nothing differs. */
export function shownAs(served: Served, stored: KubeObject): KubeObject {
  const apiVersion = apiVersionOf(served);
  if (served.version.fromStored) return served.version.fromStored(stored);
  return stored.apiVersion === apiVersion ? stored : { ...stored, apiVersion };
}
