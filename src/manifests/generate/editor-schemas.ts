import { type JsonSchema, jsonSchema } from '../../core/schema/json-schema.ts';
import type { Kind } from '../../core/schema/kind.ts';
import { fileNameOf, kinds } from '../kinds.ts';
import { testFileSchema } from '../test-kind.ts';
import { byCommand, type GeneratedFile } from './generated-file.ts';

const draft = 'http://json-schema.org/draft-07/schema#';

/** JSON Schema for editors: one a kind, `sensorium.json`, which picks by `apiVersion` and `kind` in each document of a file, and one for `*.test.yaml`. */
export function editorSchemas(): GeneratedFile[] {
  return [
    ...kinds.map((kind) => file(`${fileNameOf(kind)}.json`, schemaOf(kind))),
    file('sensorium.json', anyRule()),
    file('test.json', { title: 'Tests of rules', ...jsonSchema(testFileSchema) }),
  ];
}

/** The schema that fits every document of a rule file; objects of other kinds (a Service beside a Sensor) pass as they are. */
export function anyRule(): JsonSchema {
  return {
    title: 'Sensorium',
    description: 'Rules of Sensorium, and other Kubernetes objects.',
    type: 'object',
    required: ['apiVersion', 'kind'],
    properties: {
      apiVersion: { description: 'The version of the kind.', anyOf: [{ enum: [...new Set(kinds.map(apiVersionOf))] }, { type: 'string' }] },
      kind: { description: 'What this object is.', anyOf: [{ enum: kinds.map(({ kind }) => kind) }, { type: 'string' }] },
      metadata: { description: 'The name of the object, and what else Kubernetes keeps of it.', type: 'object' },
    },
    allOf: kinds.map((kind) => ({
      if: { required: ['apiVersion', 'kind'], properties: { apiVersion: { const: apiVersionOf(kind) }, kind: { const: kind.kind } } },
      // biome-ignore lint/suspicious/noThenProperty: the word of JSON Schema
      then: { $ref: `#/definitions/${fileNameOf(kind)}` },
    })),
    definitions: Object.fromEntries(kinds.map((kind) => [fileNameOf(kind), schemaOf(kind)])),
  };
}

const apiVersionOf = ({ group, version }: Kind): string => `${group}/${version}`;

const schemaOf = (kind: Kind): JsonSchema => ({
  title: kind.kind,
  description: `${kind.summary} ${kind.about}`,
  ...jsonSchema(kind.schema),
});

function file(name: string, schema: JsonSchema): GeneratedFile {
  return { path: `docs/schema/${name}`, text: editorSchemaText(schema) };
}

/** A schema as text; its first line says where it comes from. */
export function editorSchemaText(schema: JsonSchema): string {
  const body = JSON.stringify({ $schema: draft, ...schema }, undefined, 2);
  return `{ "$comment": ${JSON.stringify(byCommand)},${body.slice(1)}\n`;
}
