import type { Finding, Path } from '../../../core/errors/finding.ts';
import { isObject, type Json, type JsonObject } from '../../../core/json/json.ts';
import { checkOldForm } from '../templates/check.ts';
import type { TemplateSpec } from '../templates/index.ts';
import { inTodaysForm } from '../templates/old-params.ts';
import { type Upgraded, upgradeVersion } from './version.ts';

/** A TriggerTemplate of any age, as one of today. */
export function upgradeTemplate(object: JsonObject): Upgraded {
  const { object: named } = upgradeVersion(object);
  const { spec, findings } = upgradeTemplateSpec(named['spec'], ['spec']);
  return { object: spec === undefined ? named : { ...named, spec }, findings };
}

/** With `$(params.x)` as `$(tt.params.x)`, where nothing else can be meant. What is no template stays as it is. */
export function upgradeTemplateSpec(spec: Json | undefined, path: Path): { spec: Json | undefined; findings: readonly Finding[] } {
  if (!isObject(spec) || !Array.isArray(spec['resourcetemplates'])) return { spec, findings: [] };
  const { params = [], resourcetemplates } = spec;
  const names = (Array.isArray(params) ? params : []).filter(isObject).map(({ name }) => String(name));
  if (names.length === 0 || !resourcetemplates.every(isObject)) return { spec, findings: [] };
  const declared = new Set(names);
  return {
    spec: { ...spec, resourcetemplates: resourcetemplates.map((resource) => inTodaysForm(resource, declared)) },
    findings: checkOldForm({ params: names.map((name) => ({ name })), resourcetemplates } as TemplateSpec, path),
  };
}
