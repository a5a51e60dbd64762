import type { Json, JsonObject } from '../../../core/json/json.ts';
import { messages } from '../kinds/messages.ts';
import type { Resource, Version } from '../kinds/resource.ts';
import { type Schemas, schemaOf } from './schemas.ts';

const common: JsonObject = {
  apiVersion: { description: 'The version of the kind, as GROUP/VERSION.', type: 'string' },
  kind: { description: 'What this object is.', type: 'string' },
};

/** The schema of a kind with its full name: from the table of messages, or as its definition says. */
export function kindSchema(resource: Resource, version: Version, schemas: Schemas): [string, JsonObject] {
  const { message, schema } = version;
  const own = (message ? schemaOf(message, schemas) : { ...schema }) as JsonObject;
  const metadata = { metadata: { description: messages.get('ObjectMeta')!.about, allOf: [schemas.refTo('ObjectMeta')] } };
  const properties = { ...(own.properties as JsonObject | undefined), ...common, ...metadata };
  return [
    nameOf(resource, version),
    { ...own, type: 'object', properties, 'x-kubernetes-group-version-kind': [aboutKind(resource, version)] },
  ];
}

export function listSchema(resource: Resource, version: Version, object: JsonObject, schemas: Schemas): [string, JsonObject] {
  const { listKind, resource: plural } = resource;
  const properties = {
    ...common,
    items: { description: `The ${plural}.`, type: 'array', items: { allOf: [object] } },
    metadata: { description: messages.get('ListMeta')!.about, allOf: [schemas.refTo('ListMeta')] },
  };
  const list = { ...resource, kind: listKind };
  return [
    `${packageOf(resource, version)}.${listKind}`,
    {
      description: `A list of ${plural}.`,
      type: 'object',
      required: ['items'],
      properties,
      'x-kubernetes-group-version-kind': [aboutKind(list, version)],
    },
  ];
}

const aboutKind = ({ group, kind }: Resource, { name }: Version): Json => ({ group, kind, version: name });

const nameOf = (resource: Resource, version: Version) => `${packageOf(resource, version)}.${resource.kind}`;

/** The package of a built-in kind; for a custom one its group read backwards: `io.argoproj.v1alpha1`. */
function packageOf({ group }: Resource, { message, name }: Version): string {
  return message?.package ?? [...group.split('.').reverse(), name].join('.');
}
