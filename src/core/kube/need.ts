import type { Path } from '../errors/finding.ts';

/** What a rule needs of an API server. */
export type Need =
  /** The verbs on a resource, found by its kind or by its plural name. `namespace` undefined: which one, only an event says. */
  | {
      readonly what: 'access';
      readonly type:
        | { readonly apiVersion: string; readonly kind: string }
        | { readonly group: string; readonly version: string; readonly resource: string };
      readonly verbs: readonly string[];
      /** '' for all namespaces. */
      readonly namespace: string | undefined;
      /** Only the object of this name. */
      readonly name?: string;
      readonly path: Path;
    }
  /** A key of a Secret or ConfigMap. */
  | {
      readonly what: 'key';
      readonly kind: 'Secret' | 'ConfigMap';
      readonly namespace: string;
      readonly name: string;
      readonly key: string;
      readonly path: Path;
    };

/** The verbs on objects of a kind. */
export const access = (apiVersion: string, kind: string, verbs: readonly string[], namespace: string | undefined, path: Path): Need => ({
  what: 'access',
  type: { apiVersion, kind },
  verbs,
  namespace,
  path,
});
