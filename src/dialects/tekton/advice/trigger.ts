import { EngineError } from '../../../core/errors/engine-error.ts';
import { type Finding, type Path, warning } from '../../../core/errors/finding.ts';
import { type BoundParam, mergeBindings } from '../bindings/merge.ts';
import type { BindingEntry, TriggerSpec } from '../kinds/trigger-spec.ts';
import { checkGiven } from '../templates/check.ts';
import type { Loaded } from './loaded.ts';

/** What a trigger names and is not there; else params that are given twice, or asked for and never given. `path` is that of its spec. */
export function triggerAdvice({ bindings = [], template }: TriggerSpec, namespace: string, path: Path, loaded: Loaded): Finding[] {
  const missing = [
    ...bindings.flatMap((entry, index) => missingBinding(entry, namespace, [...path, 'bindings', index, 'ref'], loaded)),
    ...(template?.ref ? loaded.missing('TriggerTemplate', namespace, template.ref, [...path, 'template', 'ref']) : []),
  ];
  if (missing.length > 0) return missing;
  const params = paramsOf(bindings, namespace, loaded);
  if (params instanceof EngineError) return duplicate(params, [...path, 'bindings']);
  const spec = template?.spec ?? (template?.ref ? loaded.template(namespace, template.ref)?.spec : undefined);
  return params && spec ? checkGiven(spec, new Set(params.map(({ name }) => name)), [...path, 'template']) : [];
}

function missingBinding({ ref, kind }: BindingEntry, namespace: string, path: Path, loaded: Loaded): Finding[] {
  if (!ref) return [];
  return loaded.missing(kind, kind === 'ClusterTriggerBinding' ? '' : namespace, ref, path);
}

/** Undefined where not all bindings are known. */
function paramsOf(entries: readonly BindingEntry[], namespace: string, loaded: Loaded): readonly BoundParam[] | EngineError | undefined {
  try {
    return mergeBindings(entries, namespace, {
      namespaced: (name) => loaded.binding(namespace, name)?.spec.params,
      ofTheCluster: (name) => loaded.binding('', name)?.spec.params,
    });
  } catch (thrown) {
    if (thrown instanceof EngineError && thrown.code === 'CONFIG_DUPLICATE') return thrown;
    if (thrown instanceof EngineError) return undefined;
    throw thrown;
  }
}

const duplicate = ({ fields, hint }: EngineError, path: Path): Finding[] => [
  warning('CONFIG_DUPLICATE', path, fields, hint === undefined ? {} : { hint }),
];
