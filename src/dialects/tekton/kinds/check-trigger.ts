import type { Finding, Path } from '../../../core/errors/finding.ts';
import { checkInlineValue } from './check-binding.ts';
import { checkInterceptors } from './check-interceptor.ts';
import { checkLabelName, invalid, missing, notOne } from './check-names.ts';
import { checkTemplateSpec } from './check-template.ts';
import type { BindingEntry, TriggerSpec } from './trigger-spec.ts';

/** What the schema cannot say of a trigger, but for whether it has a template. */
export function checkTriggerSpec({ name, bindings = [], template, interceptors = [] }: TriggerSpec, path: Path): Finding[] {
  return [
    ...checkLabelName(name, [...path, 'name']),
    ...bindings.flatMap((one, index) => checkBindingEntry(one, [...path, 'bindings', index])),
    ...(template ? checkTemplate(template, [...path, 'template']) : []),
    ...checkInterceptors(interceptors, [...path, 'interceptors']),
  ];
}

function checkBindingEntry({ ref, name, value }: BindingEntry, path: Path): Finding[] {
  if (ref && name) return [notOne(path, ['ref', 'name'], ['ref', 'name'])];
  if (ref) return [];
  if (!name) return [notOne(path, ['ref', 'name'], [])];
  if (value === undefined)
    return [
      missing(
        [...path, 'value'],
        `the param "${name}" has no value`,
        `value: $(body.…), or ref: ${name} where it is the name of a binding`,
      ),
    ];
  return checkInlineValue(value, [...path, 'value']);
}

/** Exactly one of `ref` and `spec`. */
function checkTemplate({ ref, spec, apiversion }: NonNullable<TriggerSpec['template']>, path: Path): Finding[] {
  const version =
    apiversion && apiversion !== 'v1alpha1' && apiversion !== 'v1beta1'
      ? [invalid([...path, 'apiversion'], `there is no version "${apiversion}" of a template`, 'leave it out, or write v1beta1')]
      : [];
  if (spec && ref !== undefined) return [notOne(path, ['ref', 'spec'], ['ref', 'spec']), ...version];
  if (spec) return [...checkTemplateSpec(spec, [...path, 'spec']), ...version];
  if (ref === '') return [missing([...path, 'ref'], 'ref is empty, and names no template'), ...version];
  return ref === undefined ? [notOne(path, ['ref', 'spec'], []), ...version] : version;
}
