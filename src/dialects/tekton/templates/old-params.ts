/**
 * `$(params.x)` once was what is `$(tt.params.x)` today. It also is a variable of Tekton's own, so it is taken for the old form only where
 * nothing else can be meant: the template declares `x`, and it stands outside of an embedded pipeline or task, or neither that nor the run
 * has a param of this name.
 */
import type { Path } from '../../../core/errors/finding.ts';
import { isObject, type Json, type JsonObject } from '../../../core/json/json.ts';

const oldForm = /(?<!\$)\$\(params\.([_a-zA-Z][_a-zA-Z0-9.-]*)\)/g;

/** A place where the old form stands for a param of the template. */
export interface OldPlace {
  readonly path: Path;
  readonly name: string;
  readonly offset: number;
}

/** A resource of a template in today's form; `found` is told of each place that changes. */
export function inTodaysForm(resource: JsonObject, declared: ReadonlySet<string>, found: (place: OldPlace) => void = () => {}): JsonObject {
  const taken = embeddedParams(resource, false);
  const text = (written: string, path: Path, isEmbedded: boolean): string =>
    written.replace(oldForm, (variable, name: string, offset: number) => {
      if (!declared.has(name) || (isEmbedded && taken.has(name))) return variable;
      found({ path, name, offset });
      return `$(tt.params.${name})`;
    });
  const today = (value: Json, path: Path, isEmbedded: boolean): Json => {
    if (typeof value === 'string') return text(value, path, isEmbedded);
    if (Array.isArray(value)) return value.map((one, index) => today(one, [...path, index], isEmbedded));
    if (!isObject(value)) return value;
    return Object.fromEntries(Object.entries(value).map(([key, inner]) => [key, today(inner, [...path, key], isEmbedded || embeds(key))]));
  };
  return today(resource, [], isDefinition(resource)) as JsonObject;
}

const embeds = (key: string): boolean => key === 'pipelineSpec' || key === 'taskSpec';

/** A Pipeline or Task that is created itself. */
const isDefinition = ({ apiVersion, kind }: JsonObject): boolean =>
  String(apiVersion).startsWith('tekton.dev/') && (kind === 'Pipeline' || kind === 'Task' || kind === 'ClusterTask');

/** The names that `$(params.…)` can mean for Tekton: those of embedded pipelines and tasks, and those of the run, which reach into them. */
function embeddedParams(value: Json, isEmbedded: boolean): Set<string> {
  if (Array.isArray(value)) return new Set(value.flatMap((one) => [...embeddedParams(one, false)]));
  if (!isObject(value)) return new Set();
  const own = isEmbedded ? value : isObject(value['spec']) ? value['spec'] : {};
  const below = Object.entries(value).flatMap(([key, inner]) => [...embeddedParams(inner, embeds(key))]);
  return new Set([...namesOf(own['params']), ...below]);
}

const namesOf = (params: Json | undefined): string[] =>
  Array.isArray(params) ? params.flatMap((one) => (isObject(one) && typeof one['name'] === 'string' ? [one['name']] : [])) : [];
