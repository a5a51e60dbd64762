import type { Json, JsonObject } from '../core/json/json.ts';
import { type Kind, spellingsOf } from '../core/schema/kind.ts';
import { structuralSchema } from '../core/schema/structural.ts';
import { kinds, systemOf } from './kinds.ts';

/**
 * Our kinds as CustomResourceDefinitions. Fields that the schema does not know are kept by the API server, as with Argo's own
 * CRDs, so that a rule written for a newer version is not silently cut.
 *
 * `whose` is some of `definers`: a cluster that has Tekton or Knative keeps their own definitions.
 */
export function crds(whose: readonly string[] = definers): JsonObject[] {
  return kinds.flatMap((kind) => {
    const spellings = spellingsOf(kind);
    const groups = [...new Set(spellings.map(({ group }) => group))].filter((group) => whose.includes(definerOf(kind, group)));
    return groups.map((group) =>
      crdOf(
        kind,
        group,
        spellings.filter((one) => one.group === group).map(({ version }) => version),
      ),
    );
  });
}

/** What is shown of all kinds. */
const readyColumns = [
  { name: 'Ready', jsonPath: '.status.conditions[?(@.type=="Ready")].status' },
  { name: 'Reason', jsonPath: '.status.conditions[?(@.type=="Ready")].reason' },
];

/**
 * Whose definition it is: the kind's system; in a group that its system has left, "knative-early". Where both groups are known, kubectl
 * takes a plain plural for the one whose name comes first, which is the early one: so that is applied where it is wanted.
 */
const definerOf = (kind: Kind, group: string): string => (group === kind.group ? systemOf(kind) : `${systemOf(kind)}-early`);

export const definers: readonly string[] = [
  ...new Set(kinds.flatMap((kind) => spellingsOf(kind).map(({ group }) => definerOf(kind, group)))),
];

/** One group's definition of a kind; the first version is the one that is stored. */
function crdOf(kind: Kind, group: string, versions: readonly string[]): JsonObject {
  return {
    apiVersion: 'apiextensions.k8s.io/v1',
    kind: 'CustomResourceDefinition',
    metadata: { name: `${kind.plural}.${group}` },
    spec: {
      group,
      scope: kind.isClusterWide ? 'Cluster' : 'Namespaced',
      names: {
        plural: kind.plural,
        singular: kind.kind.toLowerCase(),
        kind: kind.kind,
        listKind: `${kind.kind}List`,
        shortNames: [...kind.shortNames],
      },
      versions: versions.map((version, index) => ({
        name: version,
        served: true,
        storage: index === 0,
        subresources: { status: {} },
        additionalPrinterColumns: [
          ...[...(kind.columns ?? []), ...readyColumns].map(({ name, jsonPath }) => ({ name, type: 'string', jsonPath })),
          { name: 'Age', type: 'date', jsonPath: '.metadata.creationTimestamp' },
        ],
        schema: { openAPIV3Schema: version === kind.version && group === kind.group ? wholeObject(kind) : anyObject(kind) },
      })),
    },
  };
}

/** An older form: what is in it is checked when it has been brought into today's. */
const anyObject = ({ summary, about }: Kind): JsonObject => ({
  type: 'object',
  description: `${summary} ${about}`,
  'x-kubernetes-preserve-unknown-fields': true,
});

function wholeObject(kind: Kind): JsonObject {
  const schema = structuralSchema(kind.schema);
  const properties = (schema['properties'] ?? {}) as JsonObject;
  const preserve = (inner: Json | undefined): JsonObject => ({
    type: 'object',
    ...(inner as JsonObject | undefined),
    'x-kubernetes-preserve-unknown-fields': true,
  });
  return {
    type: 'object',
    description: `${kind.summary} ${kind.about}`,
    properties: {
      apiVersion: { type: 'string' },
      kind: { type: 'string' },
      metadata: { type: 'object' },
      spec: preserve(properties['spec']),
      status: preserve(undefined),
    },
  };
}
