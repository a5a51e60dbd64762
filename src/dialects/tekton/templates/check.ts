import { type Finding, type Path, warning } from '../../../core/errors/finding.ts';
import type { Json, JsonObject } from '../../../core/json/json.ts';
import { paramsAskedFor } from './fill.ts';
import type { TemplateSpec } from './index.ts';
import { inTodaysForm, type OldPlace } from './old-params.ts';

/** Where a template writes its params in the old form. `path` is that of its spec. */
export function checkOldForm({ params = [], resourcetemplates }: TemplateSpec, path: Path): Finding[] {
  const declared = new Set(params.map(({ name }) => name));
  return resourcetemplates.flatMap((resource, index) => {
    const places: OldPlace[] = [];
    inTodaysForm(resource as JsonObject, declared, (place) => places.push(place));
    return places.map(({ path: inner, name, offset }) => {
      const problem = `$(params.${name}) is the old form of $(tt.params.${name}), and is taken for it`;
      const extra = { offset, hint: `write $(tt.params.${name})` };
      return warning('CONFIG_INVALID', [...path, 'resourcetemplates', index, ...inner], { problem }, extra);
    });
  });
}

/** Params that a template asks for, that no binding of the trigger gives and that have no default. `path` is where the trigger names the template. */
export function checkGiven(spec: TemplateSpec, given: ReadonlySet<string>, path: Path): Finding[] {
  const declared = new Map(spec.params?.map((param) => [param.name, param]));
  const asked = paramsAskedFor(spec.resourcetemplates as Json);
  const missing = [...asked].filter((name) => declared.has(name) && declared.get(name)?.default === undefined && !given.has(name));
  return missing.map((name) => {
    const problem = `the template asks for the param "${name}", which no binding gives and which has no default: $(tt.params.${name}) stays as it is`;
    return warning('CONFIG_INVALID', path, { problem }, { hint: `add to \`bindings\`: {name: ${name}, value: $(body.…)}` });
  });
}
