import { error, type Finding, type Path } from '../../../core/errors/finding.ts';
import { invalid, missing } from './check-names.ts';
import type { TemplateSpec } from './template-spec.ts';

/** What the schema cannot say of a template. */
export function checkTemplateSpec({ params = [], resourcetemplates }: TemplateSpec, path: Path): Finding[] {
  const at = [...path, 'resourcetemplates'];
  if (resourcetemplates.length === 0) return [missing(at, 'a template creates something, and this one has no resourcetemplates')];
  const declared = new Set(params.map(({ name }) => name));
  return resourcetemplates.flatMap((resource, index) => [
    ...checkResource(resource, [...at, index]),
    ...undeclared(resource, declared, [...at, index]),
  ]);
}

function checkResource(resource: Readonly<Record<string, unknown>>, path: Path): Finding[] {
  const absent = ['apiVersion', 'kind'].filter((field) => !resource[field]);
  if (absent.length > 0) return absent.map((field) => missing([...path, field], `an object that is created needs ${field}`));
  const { apiVersion, kind, spec } = resource as { apiVersion: unknown; kind: string; spec?: unknown };
  if (!String(apiVersion).startsWith('tekton.dev/')) return [];
  if (kind === 'PipelineResource') return [unsupported(path, 'a PipelineResource', 'Tekton has no such kind any more')];
  const isRun = kind === 'PipelineRun' || kind === 'TaskRun';
  if (!isRun || typeof spec !== 'object' || spec === null || !('resources' in spec)) return [];
  return [unsupported([...path, 'spec', 'resources'], `\`resources\` of a ${kind}`, 'PipelineResources are gone from Tekton')];
}

const unsupported = (path: Path, what: string, because: string): Finding =>
  error('CONFIG_UNSUPPORTED', path, { what, because }, { hint: 'give the run `params` and `workspaces`, and clone by a task' });

const place = /\$\(tt\.params\.([_a-zA-Z][_a-zA-Z0-9.-]*)\)/g;

/** Each place in the texts and keys of an object that asks for a param which is not declared. */
function undeclared(value: unknown, declared: ReadonlySet<string>, path: Path): Finding[] {
  if (typeof value === 'string') return inText(value, declared, path);
  if (Array.isArray(value)) return value.flatMap((element, index) => undeclared(element, declared, [...path, index]));
  if (typeof value !== 'object' || value === null) return [];
  return Object.entries(value).flatMap(([key, field]) => [
    ...inText(key, declared, [...path, key]).map((one) => ({ ...one, atKey: true })),
    ...undeclared(field, declared, [...path, key]),
  ]);
}

function inText(text: string, declared: ReadonlySet<string>, path: Path): Finding[] {
  const names = [...text.matchAll(place)].map(([, name]) => name!).filter((name) => !declared.has(name));
  return [...new Set(names)].map((name) =>
    invalid(path, `$(tt.params.${name}) is not declared in the params of the template`, `params: [{name: ${name}}]`),
  );
}
