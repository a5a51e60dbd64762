import type { KubeObject } from '../../../core/kube/kube.ts';
import { checkTypes } from './check-types.ts';
import { age, name } from './columns.ts';
import { shapeOfMessage } from './message-shape.ts';
import { messages } from './messages.ts';
import type { Column, NameRule, Resource, ScalePaths, Version } from './resource.ts';
import type { Shape } from './shape.ts';

/** What a row of the table of kinds says beyond its three words; nearly all of it has a usual value. */
interface RowExtras {
  /** Short names, separated by spaces. */
  readonly short?: string;
  readonly categories?: readonly string[];
  readonly singular?: string;
  readonly cluster?: true;
  readonly status?: true;
  readonly generation?: true;
  readonly scale?: ScalePaths;
  /** Between NAME and AGE. */
  readonly columns?: readonly Column[];
  /** After AGE. */
  readonly wideColumns?: readonly Column[];
  /** All columns, where NAME is not the first or AGE is missing. */
  readonly allColumns?: readonly Column[];
  /** The key of its table of fields, where that is not the kind. */
  readonly message?: string;
  readonly nameRule?: NameRule;
  readonly selectable?: readonly string[];
  readonly storedAs?: string;
  readonly complete?: (object: KubeObject, previous: KubeObject | undefined) => void;
  readonly check?: Version['check'];
  readonly fromStored?: Version['fromStored'];
  readonly toStored?: Version['toStored'];
  readonly virtual?: Resource['virtual'];
}

/** `row('apps/v1', 'deployments', 'Deployment', {…})`: one resource of the table of kinds. */
export function row(apiVersion: string, resource: string, kind: string, extras: RowExtras = {}): Resource {
  const [version, group = ''] = apiVersion.split('/').reverse() as [string, string?];
  const message = messages.get(extras.message ?? kind)!;
  let shape: Shape | undefined;
  const { complete, check, fromStored, toStored, scale, columns = [], wideColumns = [], virtual } = extras;
  return {
    group,
    resource,
    kind,
    singular: extras.singular ?? kind.toLowerCase(),
    listKind: `${kind}List`,
    shortNames: extras.short?.split(' ') ?? [],
    categories: extras.categories ?? [],
    namespaced: !extras.cluster,
    custom: false,
    ...(virtual ? { virtual } : {}),
    storedAs: extras.storedAs ?? (group === '' ? resource : `${resource}.${group}`),
    nameRule: extras.nameRule ?? 'subdomain',
    selectable: extras.selectable ?? [],
    generation: extras.generation ?? false,
    versions: [
      {
        name: version,
        status: extras.status ?? false,
        columns: extras.allColumns ?? [name, ...columns, age, ...wideColumns],
        message,
        get shape() {
          shape ??= shapeOfMessage(message);
          return shape;
        },
        ...(scale ? { scale } : {}),
        complete: (object, previous) => {
          const unknown = checkTypes(object, message, kind, version);
          complete?.(object, previous);
          if (extras.status) object.status ??= {};
          return unknown;
        },
        ...(check ? { check } : {}),
        ...(fromStored ? { fromStored } : {}),
        ...(toStored ? { toStored } : {}),
      },
    ],
  };
}
