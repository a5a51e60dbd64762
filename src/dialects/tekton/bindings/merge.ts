import { EngineError } from '../../../core/errors/engine-error.ts';

/** A param of a trigger, and where it is written. */
export interface BoundParam {
  readonly name: string;
  readonly value: string;
  /** "TriggerBinding playground/push"; undefined for one that stands in the trigger itself. */
  readonly binding: string | undefined;
}

/** An entry of a trigger's `bindings`. */
export interface BindingEntry {
  readonly name?: string | undefined;
  readonly value?: string | undefined;
  readonly ref?: string | undefined;
  readonly kind?: string | undefined;
}

type Params = readonly { readonly name: string; readonly value: string }[];

/** The params of the named bindings; undefined where there is no such binding (yet). */
export interface NamedBindings {
  namespaced(name: string): Params | undefined;
  ofTheCluster(name: string): Params | undefined;
}

/**
 * The params of all bindings of a trigger, in their order. `namespace` is the trigger's. A name and value of its own win over a `ref`.
 *
 * Throws EngineError CONFIG_ABSENT for a binding that is not there, to be tried again, for it may come; CONFIG_INVALID for an entry that is
 * neither, and CONFIG_DUPLICATE for a param that two entries give.
 */
export function mergeBindings(entries: readonly BindingEntry[], namespace: string, bindings: NamedBindings): readonly BoundParam[] {
  const params = entries.flatMap((entry) => paramsOf(entry, namespace, bindings));
  const names = params.map(({ name }) => name);
  const repeated = names.find((name, index) => names.indexOf(name) < index);
  if (repeated !== undefined)
    throw new EngineError('CONFIG_DUPLICATE', { what: 'the param', name: repeated }, { hint: givers(params, repeated) });
  return params;
}

function paramsOf({ name, value, ref, kind }: BindingEntry, namespace: string, bindings: NamedBindings): readonly BoundParam[] {
  if (name && value !== undefined) return [{ name, value, binding: undefined }];
  if (!ref) throw new EngineError('CONFIG_INVALID', { problem: 'an entry of `bindings` has a `ref`, or a `name` and a `value`' });
  const isClusterWide = kind === 'ClusterTriggerBinding';
  const binding = isClusterWide ? `ClusterTriggerBinding ${ref}` : `TriggerBinding ${namespace}/${ref}`;
  const found = isClusterWide ? bindings.ofTheCluster(ref) : bindings.namespaced(ref);
  if (!found) throw new EngineError('CONFIG_ABSENT', { what: binding });
  return found.map((param) => ({ name: param.name, value: param.value, binding }));
}

const givers = (params: readonly BoundParam[], name: string): string =>
  `it is given by ${params
    .filter((param) => param.name === name)
    .map(({ binding }) => binding ?? 'the trigger itself')
    .join(' and by ')}`;
