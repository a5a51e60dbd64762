import type { JsonObject } from '../../../core/json/json.ts';
import type { KubeObject } from '../../../core/kube/kube.ts';
import { at, listAt } from '../kinds/columns.ts';
import type { Resource, Version } from '../kinds/resource.ts';
import { columnsOf } from './columns.ts';
import { completeBySchema } from './complete.ts';
import type { Schema } from './schema.ts';
import { shapeOfSchema } from './shape.ts';
import { validate } from './validate.ts';

/** `path`: all that can stand in a path is a name, as with kinds that are no custom ones where they come from. Only this API knows it. */
const namesAnnotation = 'sensorium.dev/names';

/** What a CustomResourceDefinition makes the API serve. */
export function resourceOf(definition: KubeObject): Resource {
  const names = at(definition, 'spec', 'names') as JsonObject;
  const group = String(at(definition, 'spec', 'group'));
  const resource = String(names.plural);
  return {
    group,
    resource,
    kind: String(names.kind),
    singular: String(names.singular),
    listKind: String(names.listKind),
    shortNames: listAt(names, 'shortNames') as string[],
    categories: listAt(names, 'categories') as string[],
    namespaced: at(definition, 'spec', 'scope') === 'Namespaced',
    custom: true,
    versions: (listAt(definition, 'spec', 'versions') as JsonObject[])
      .filter((version) => version.served)
      .map(versionOf)
      .sort(byPreference),
    storedAs: `${resource}.${group}`,
    nameRule: definition.metadata.annotations?.[namesAnnotation] === 'path' ? 'path' : 'subdomain',
    selectable: (listAt(definition, 'spec', 'versions') as JsonObject[]).flatMap((version) =>
      listAt(version, 'selectableFields').map((one) => String(at(one, 'jsonPath')).slice(1)),
    ),
    generation: true,
  };
}

function versionOf(version: JsonObject): Version {
  const schema = at(version, 'schema', 'openAPIV3Schema') as Schema;
  const scale = at(version, 'subresources', 'scale');
  const path = (name: string) =>
    String(at(scale, name) ?? '')
      .split('.')
      .filter(Boolean);
  return {
    name: String(version.name),
    status: at(version, 'subresources', 'status') !== undefined,
    ...(scale
      ? { scale: { wanted: path('specReplicasPath'), actual: path('statusReplicasPath'), selector: path('labelSelectorPath') } }
      : {}),
    columns: columnsOf(listAt(version, 'additionalPrinterColumns')),
    schema,
    shape: shapeOfSchema(schema),
    complete: (object) => completeBySchema(schema, object),
    check: (object) => validate(schema, object),
  };
}

/** Stable before beta before alpha, then the higher number first, then names that are no Kubernetes versions. */
function byPreference(a: Version, b: Version): number {
  const [left, right] = [rank(a.name), rank(b.name)];
  for (const [index, value] of left.entries()) if (value !== right[index]) return right[index]! - value;
  return a.name < b.name ? -1 : 1;
}

function rank(name: string): readonly number[] {
  const match = /^v(\d+)(?:(alpha|beta)(\d+))?$/.exec(name);
  if (!match) return [0, 0, 0];
  const [, major, stage, minor] = match;
  return [stage === undefined ? 3 : stage === 'beta' ? 2 : 1, Number(major), Number(minor ?? 0)];
}
