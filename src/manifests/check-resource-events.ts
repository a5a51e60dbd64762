import { closest } from '../core/errors/closest.ts';
import { EngineError } from '../core/errors/engine-error.ts';
import { type Finding, type Path, warning } from '../core/errors/finding.ts';
import type { Json, JsonObject } from '../core/json/json.ts';
import { kindOfResource } from '../core/kube/well-known.ts';
import { compileRegex } from '../core/regex.ts';
import { at, objectsIn } from './look.ts';

/** The payload of an event of a `resource` source, at its top. */
const payload = ['type', 'body', 'oldBody', 'group', 'version', 'resource', 'metadata'];
/** Fields at the top of most Kubernetes objects. */
const ofObject = ['metadata', 'spec', 'status', 'data', 'kind', 'apiVersion'];

/** What can be known of a dependency when the `resource` source that it listens to is known. A transform may change anything. */
export function resourceAdvice(sensor: JsonObject, dependency: JsonObject, index: number, entry: Json): Finding[] {
  if (dependency['transform'] !== undefined) return [];
  const path = ['spec', 'dependencies', index, 'filters'];
  const clauses = objectsIn(at(dependency, 'filters', 'data'));
  const isAnd = dependency['filtersLogicalOperator'] !== 'or' && at(dependency, 'filters', 'dataLogicalOperator') !== 'or';
  return [
    ...clauses.flatMap(({ one, index }) => pathAdvice(one['path'], entry, [...path, 'data', index, 'path'])),
    ...(isAnd ? clauses.flatMap(({ one, index }) => valueAdvice(one, entry, [...path, 'data', index, 'value'])) : []),
    ...objectsIn(at(dependency, 'filters', 'exprs')).flatMap(({ one, index }) =>
      objectsIn(one['fields']).flatMap((field) =>
        pathAdvice(field.one['path'], entry, [...path, 'exprs', index, 'fields', field.index, 'path']),
      ),
    ),
    ...sources(sensor, dependency['name']).flatMap(({ src, path }) => pathAdvice(src['dataKey'], entry, [...path, 'dataKey'])),
  ];
}

/** Sources of parameters that read the event of a dependency. */
function sources(sensor: JsonObject, dependency: Json | undefined): { src: JsonObject; path: Path }[] {
  return objectsIn(at(sensor, 'spec', 'triggers')).flatMap(({ one, index }) => {
    const base = ['spec', 'triggers', index];
    const lists = [
      { list: one['parameters'], path: [...base, 'parameters'] },
      ...['k8s', 'http'].flatMap((type) =>
        ['parameters', 'payload'].map((name) => ({ list: at(one, 'template', type, name), path: [...base, 'template', type, name] })),
      ),
    ];
    return lists.flatMap(({ list, path }) =>
      objectsIn(list).flatMap(({ one, index }) => {
        const src = at(one, 'src');
        return at(one, 'src', 'dependencyName') === dependency ? [{ src: src as JsonObject, path: [...path, index, 'src'] }] : [];
      }),
    );
  });
}

/** A path whose first step no payload of this source has: the object itself is under `body`. */
function pathAdvice(text: Json | undefined, entry: Json, at_: Path): Finding[] {
  const first = typeof text === 'string' ? /^(\w+)(?=[.|]|$)/.exec(text)?.[1] : undefined;
  if (first === undefined) return [];
  const isMetadata = first === 'metadata' && at(entry, 'metadata') === undefined;
  if (payload.includes(first) && !isMetadata) return [];
  const meant = ofObject.includes(first) ? `body.${text}` : closest(first, payload);
  const problem = `"${text}" is never there: the payload of a resource event has ${payload.slice(0, -1).join(', ')}, and the object is under body`;
  const hint = ofObject.includes(first) ? meant : meant && `${meant}${String(text).slice(first.length)}`;
  return [warning('CONFIG_INVALID', at_, { problem }, hint === undefined ? {} : { hint: `did you mean ${hint}?` })];
}

/** A filter on the type of the change, or on the kind of the object, that nothing of this source passes. */
function valueAdvice(clause: JsonObject, entry: Json, path: Path): Finding[] {
  const values = Array.isArray(clause['value']) ? clause['value'].filter((one) => typeof one === 'string') : [];
  if (clause['type'] !== 'string' || (clause['comparator'] || '=') !== '=' || clause['template'] || values.length === 0) return [];
  const types = at(entry, 'eventTypes');
  const kind = kindOfResource(String(at(entry, 'group') ?? ''), String(at(entry, 'resource')));
  const possible =
    clause['path'] === 'type' && Array.isArray(types)
      ? types.map(String)
      : clause['path'] === 'body.kind' && kind !== undefined
        ? [kind]
        : clause['path'] === 'resource'
          ? [String(at(entry, 'resource'))]
          : undefined;
  if (possible === undefined || values.some((value) => possible.some((one) => matches(value, one)))) return [];
  const are = possible.map((one) => `"${one}"`).join(' or ') || 'none';
  const problem = `this filter never passes: ${clause['path']} of these events is ${are}`;
  const near = closest(String(values[0]).replace(/\W/g, ''), possible);
  return [warning('CONFIG_INVALID', path, { problem }, near ? { hint: `did you mean "${near}"?` } : {})];
}

/** A pattern that cannot be read is somebody else's finding. */
function matches(pattern: string, text: string): boolean {
  try {
    return compileRegex(pattern).test(text);
  } catch (thrown) {
    if (thrown instanceof EngineError) return true;
    throw thrown;
  }
}
