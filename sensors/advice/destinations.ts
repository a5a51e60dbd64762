import { type Finding, type Path, warning } from '../../src/core/errors/finding.ts';
import { components } from '../../src/core/json/set-path/components.ts';
import type { DependencySpec } from '../dependencies/spec.ts';
import type { ParameterSpec } from '../triggers/parameters/spec.ts';
import type { TriggerSpec } from '../triggers/spec.ts';
import { parameterLists } from './parameter-lists.ts';

/** Places that decide where a trigger acts and what it may do there, below the template. */
const decisive = [
  { path: 'k8s.operation', what: 'what is done with the object' },
  { path: 'k8s.source.resource.apiVersion', what: 'the API version of the object' },
  { path: 'k8s.source.resource.kind', what: 'the kind of the object' },
  { path: 'k8s.source.resource.metadata.namespace', what: 'the namespace of the object' },
  { path: 'k8s.source.inline', what: 'the whole object, with its kind and namespace' },
  { path: 'http.url', what: 'the URL, and with it the host' },
];

/** Attributes that the dependency itself fixes. */
const fixed = ['type', 'source', 'subject', 'specversion'];

/** Parameters by which whoever sends an event decides where the trigger acts, unless a filter says which values may come. */
export function destinationAdvice(trigger: TriggerSpec, dependencies: readonly DependencySpec[], at: Path): Finding[] {
  return parameterLists(trigger, at).flatMap(({ parameters, path, type }) =>
    parameters.flatMap((parameter, index) => {
      const base = type === undefined ? '' : type === 'k8s' ? 'k8s.source.resource.' : `${type}.`;
      const chosen = decided(`${base}${parameter.dest}`, parameter, trigger);
      if (!chosen || isConfined(parameter, dependencies, chosen.path)) return [];
      const problem = `event data chooses ${chosen.what}: whoever sends the event decides it`;
      const hint = parameter.src.dataKey
        ? `if that is meant, say which values may come: a data filter of type string on ${parameter.src.dataKey}, such as ^(this|that)$`
        : 'if that is meant, take it from a dataKey, and say by a data filter which values may come';
      return [warning('CONFIG_INVALID', [...path, index, 'dest'], { problem }, { hint })];
    }),
  );
}

/** A place counts, and with `useRawData` also one that holds it. */
function decided(dest: string, { src, operation }: ParameterSpec, { template }: TriggerSpec): (typeof decisive)[number] | undefined {
  const keys = components(dest)
    ?.map(({ key }) => key.toLowerCase())
    .join('.');
  if (keys === undefined) return undefined;
  const found = decisive.find(({ path }) => {
    const place = path.toLowerCase();
    return keys === place || (src.useRawData === true && place.startsWith(`${keys}.`));
  });
  const url = template.http?.['url'];
  const isBehindHost = found?.path === 'http.url' && operation === 'append' && /^\w+:\/\/[^/]+\//.test(typeof url === 'string' ? url : '');
  return isBehindHost ? undefined : found;
}

/** A literal, what the dependency fixes, what a filter lets through, and an operation that the author's own transform makes. */
function isConfined({ src }: ParameterSpec, dependencies: readonly DependencySpec[], place: string): boolean {
  const { dataKey, dataTemplate, contextKey, contextTemplate, value } = src;
  if (!dataKey && !dataTemplate && !contextTemplate) return contextKey ? fixed.includes(contextKey) : value !== undefined;
  const dependency = dependencies.find(({ name }) => name === src.dependencyName);
  const { filters, filtersLogicalOperator, transform } = dependency ?? {};
  if (place === 'k8s.operation' && (transform?.jq || transform?.script)) return true;
  if (!dataKey || dataTemplate || filtersLogicalOperator === 'or' || filters?.dataLogicalOperator === 'or') return false;
  return (filters?.data ?? []).some(
    ({ path, type, comparator }) => path === dataKey && type === 'string' && (!comparator || comparator === '='),
  );
}
