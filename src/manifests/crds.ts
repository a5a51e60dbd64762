import type { Json, JsonObject } from '../core/json/json.ts';
import type { Kind } from '../core/schema/kind.ts';
import { structuralSchema } from '../core/schema/structural.ts';
import { kinds } from './kinds.ts';

/**
 * Our kinds as CustomResourceDefinitions. Fields that the schema does not know are kept by the API server, as with Argo's own
 * CRDs, so that a rule written for a newer version is not silently cut.
 */
export function crds(): JsonObject[] {
  return kinds.map(crdOf);
}

function crdOf(kind: Kind): JsonObject {
  return {
    apiVersion: 'apiextensions.k8s.io/v1',
    kind: 'CustomResourceDefinition',
    metadata: { name: `${kind.plural}.${kind.group}` },
    spec: {
      group: kind.group,
      scope: 'Namespaced',
      names: {
        plural: kind.plural,
        singular: kind.kind.toLowerCase(),
        kind: kind.kind,
        listKind: `${kind.kind}List`,
        shortNames: [...kind.shortNames],
      },
      versions: [
        {
          name: kind.version,
          served: true,
          storage: true,
          subresources: { status: {} },
          additionalPrinterColumns: [
            { name: 'Ready', type: 'string', jsonPath: '.status.conditions[?(@.type=="Ready")].status' },
            { name: 'Reason', type: 'string', jsonPath: '.status.conditions[?(@.type=="Ready")].reason' },
            { name: 'Age', type: 'date', jsonPath: '.metadata.creationTimestamp' },
          ],
          schema: { openAPIV3Schema: wholeObject(kind) },
        },
      ],
    },
  };
}

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
