import type { Json, JsonObject } from '../../core/json/json.ts';
import type { KubeObject } from '../../core/kube/kube.ts';
import type { Column } from './kinds/resource.ts';

interface TableOptions {
  readonly columns: readonly Column[];
  readonly now: number;
  /** What each row carries beside its cells: `Metadata` unless the client says `None` or `Object`. */
  readonly includeObject: string;
}

/** Objects as rows for people, with the columns that `kubectl get` prints. */
export function tableOf(objects: readonly KubeObject[], metadata: JsonObject, { columns, now, includeObject }: TableOptions): JsonObject {
  return {
    kind: 'Table',
    apiVersion: 'meta.k8s.io/v1',
    metadata,
    columnDefinitions: columns.map(({ name, type, format = '', description = name, priority = 0 }) => ({
      name,
      type,
      format,
      description,
      priority,
    })),
    rows: objects.map((object) => ({ cells: columns.map((column) => column.cell(object, now)), ...rowObject(object, includeObject) })),
  };
}

function rowObject(object: KubeObject, includeObject: string): { object?: Json } {
  if (includeObject === 'None') return {};
  return { object: includeObject === 'Object' ? object : metadataOf(object) };
}

export function metadataOf(object: KubeObject): JsonObject {
  return { kind: 'PartialObjectMetadata', apiVersion: 'meta.k8s.io/v1', metadata: object.metadata };
}
