import { isObject, type Json, type JsonObject } from '../../../core/json/json.ts';
import type { KubeObject } from '../../../core/kube/kube.ts';
import { at, createdAt, listAt, name } from '../kinds/columns.ts';
import { row } from '../kinds/row.ts';
import { type Cause, required, wrong } from '../status.ts';

/** The kind of CustomResourceDefinitions themselves. */
export const definitionKind = row('apiextensions.k8s.io/v1', 'customresourcedefinitions', 'CustomResourceDefinition', {
  short: 'crd crds',
  categories: ['api-extensions'],
  cluster: true,
  status: true,
  generation: true,
  allColumns: [name, createdAt],
  complete,
  check,
});

/** Names that follow from others, and the status: a definition that passes the checks is served at once, so it is established at once. */
function complete(definition: KubeObject, previous: KubeObject | undefined): void {
  if (!isObject(definition.spec)) return;
  const names = definition.spec.names;
  if (!isObject(names)) return;
  names.singular ??= String(names.kind ?? '').toLowerCase();
  names.listKind ??= `${names.kind}List`;
  const versions = listAt(definition.spec, 'versions') as JsonObject[];
  const stored = versions.filter((version) => version.storage === true).map((version) => version.name as string);
  const before = listAt(previous, 'status', 'storedVersions') as string[];
  const since =
    listAt(previous, 'status', 'conditions').map((one) => at(one, 'lastTransitionTime'))[0] ?? definition.metadata.creationTimestamp;
  const condition = (type: string, reason: string, message: string): Json => ({
    type,
    status: 'True',
    lastTransitionTime: since as string,
    reason,
    message,
  });
  definition.status = {
    ...(isObject(definition.status) ? definition.status : {}),
    acceptedNames: structuredClone(names),
    conditions: [
      condition('NamesAccepted', 'NoConflicts', 'no conflicts found'),
      condition('Established', 'InitialNamesAccepted', 'the initial names have been accepted'),
    ],
    storedVersions: [...new Set([...before, ...stored])],
  };
}

function check(definition: KubeObject): Cause[] {
  const { spec } = definition;
  const versions = listAt(spec, 'versions');
  const causes: Cause[] = [];
  for (const path of [['group'], ['scope'], ['names', 'plural'], ['names', 'kind']]) {
    if (!at(spec, ...path)) causes.push(required(`spec.${path.join('.')}`));
  }
  if (versions.length === 0) causes.push(required('spec.versions'));
  const full = `${at(spec, 'names', 'plural')}.${at(spec, 'group')}`;
  if (causes.length === 0 && definition.metadata.name !== full) {
    causes.push(wrong('metadata.name', definition.metadata.name, `must be spec.names.plural+"."+spec.group`));
  }
  if (versions.length > 0 && versions.filter((version) => at(version, 'storage') === true).length !== 1) {
    causes.push(
      wrong(
        'spec.versions',
        versions.map((version) => at(version, 'name')),
        'must have exactly one version marked as storage version',
      ),
    );
  }
  for (const [index, version] of versions.entries()) {
    if (!isObject(at(version, 'schema', 'openAPIV3Schema'))) {
      causes.push(required(`spec.versions[${index}].schema.openAPIV3Schema`, 'schemas are required'));
    }
  }
  return causes;
}
