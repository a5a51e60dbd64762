import { z } from 'zod';
import type { Finding } from '../errors/finding.ts';
import type { JqEngine } from '../jq/index.ts';
import type { JsonObject } from '../json/json.ts';

/** A Kubernetes kind that Sensorium accepts in rule files and serves as a CustomResourceDefinition. Owned by the part that runs it. */
export interface Kind<Schema extends z.ZodType = z.ZodType> {
  readonly group: string;
  readonly version: string;
  readonly kind: string;
  readonly plural: string;
  readonly shortNames: readonly string[];
  /** True for a kind that belongs to no namespace. */
  readonly isClusterWide?: boolean;
  /** Where else objects of it are written, in the same form or an older one; served and taken as well. */
  readonly alsoAs?: readonly { readonly group: string; readonly version: string }[];
  /** An object in an older form, in the one of the schema, before it is read. What cannot be said in it is among the findings, with paths in the object as it was written. */
  upgrade?(object: JsonObject): { readonly object: JsonObject; readonly findings: readonly Finding[] };
  /** Others write into the status of its objects where they are called: a change of `status.address` is a change of the rule. */
  readonly hasAddressOfOthers?: boolean;
  /** Columns that `kubectl get` shows between the name and those that all kinds have: whether it is ready, why not, its age. */
  readonly columns?: readonly { readonly name: string; readonly jsonPath: string }[];
  /** One sentence. */
  readonly summary: string;
  /** What somebody who meets it for the first time should know, in a few sentences; shown by `explain`, kubectl and the reference. */
  readonly about: string;
  /** The whole object, `metadata` and `status` left free. Strict: what it does not know is reported as a warning and left out. */
  readonly schema: Schema;
  /** What the schema cannot say; compiles everything that can be compiled. Paths start at the object's root. */
  check(object: z.output<Schema>, options?: CheckOptions): Finding[];
}

/** Every group and version under which objects of a kind are written; the one of its schema first. */
export const spellingsOf = ({ group, version, alsoAs = [] }: Kind): readonly { readonly group: string; readonly version: string }[] => [
  { group, version },
  ...alsoAs,
];

/** Whether an object says that it is of a kind, in one of its spellings. */
export const isOf = (kind: Kind, object: { apiVersion?: unknown; kind?: unknown }): boolean =>
  kind.kind === object.kind && spellingsOf(kind).some(({ group, version }) => `${group}/${version}` === object.apiVersion);

export interface CheckOptions {
  /** What will run the jq transforms, where that is not our own engine. */
  readonly jq?: JqEngine | undefined;
  readonly programs?: Programs;
}

/** Programs that triggers may run, where whoever starts the process has named them. */
export interface Programs {
  /** False: there is none. Left out: it is not known where the rule will run, as in `validate`. */
  readonly argo?: ArgoProgram | false;
}

/** The program `argo`. */
export interface ArgoProgram {
  readonly path: string;
  /** What stands before the words of an operation: which cluster it acts on. */
  readonly flags: readonly string[];
}

/** `metadata` as our kinds need it. */
export interface RuleMetadata {
  name: string;
  namespace: string;
  uid?: string;
  generation?: number;
  creationTimestamp?: string;
}

const metadata = z
  .looseObject({
    name: z.string().describe('The name of the object, unique among its kind in the namespace.'),
    namespace: z.string().default('default').describe('The namespace that it lives in.'),
    labels: z.record(z.string(), z.string()).optional().describe('Words by which objects are chosen, as in `kubectl get -l app=web`.'),
    annotations: z.record(z.string(), z.string()).optional().describe('Notes of people and programs.'),
    uid: z.string().optional().describe('Given by the API server.'),
    generation: z.number().optional().describe('Counted by the API server; it grows with each change of `spec`.'),
    creationTimestamp: z.string().optional().describe('Set by the API server.'),
  })
  .describe('The name of the object, and what else Kubernetes keeps of it.');

const clusterMetadata = metadata
  .extend({
    namespace: z
      .string()
      .default('')
      .transform(() => '')
      .describe('Without effect: the object belongs to the whole cluster.'),
  })
  .describe('The name of the object, and what else Kubernetes keeps of it.');

/** The schema of a whole object of a kind of Argo Events. */
export const ruleObject = <Name extends string, Spec extends z.ZodType>(kind: Name, spec: Spec) =>
  objectOf('argoproj.io/v1alpha1', kind, spec, metadata);

/** The same of any other kind. */
export const dialectObject = <Version extends string, Name extends string, Spec extends z.ZodType>(
  apiVersion: Version,
  kind: Name,
  spec: Spec,
) => objectOf(apiVersion, kind, spec, metadata);

/** The same of a kind that belongs to no namespace: its own is the empty text, whatever was written. */
export const clusterObject = <Version extends string, Name extends string, Spec extends z.ZodType>(
  apiVersion: Version,
  kind: Name,
  spec: Spec,
) => objectOf(apiVersion, kind, spec, clusterMetadata);

const objectOf = <Version extends string, Name extends string, Spec extends z.ZodType, Metadata extends z.ZodType>(
  apiVersion: Version,
  kind: Name,
  spec: Spec,
  metadata: Metadata,
) =>
  z.strictObject({
    apiVersion: z.literal(apiVersion).describe('The version of the kind.'),
    kind: z.literal(kind).describe('What this object is.'),
    metadata,
    spec,
    status: z.unknown().optional().describe('Written by the system; what stands here in a file has no effect.'),
  });
