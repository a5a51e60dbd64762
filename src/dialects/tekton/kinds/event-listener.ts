import type { z } from 'zod';
import { error, type Finding } from '../../../core/errors/finding.ts';
import { dialectObject, type Kind } from '../../../core/schema/kind.ts';
import { upgradeListener } from '../upgrade/listener.ts';
import { checkInterceptors } from './check-interceptor.ts';
import { invalid, missing, notOne } from './check-names.ts';
import { checkResources } from './check-resources.ts';
import { checkTriggerSpec } from './check-trigger.ts';
import { group, older, version } from './group.ts';
import { type ListenerSpec, listenerSpec } from './listener-spec.ts';
import { inSpelling } from './spelling.ts';

const schema = dialectObject(version, 'EventListener', listenerSpec);

export type EventListener = z.output<typeof schema>;

export const eventListenerKind: Kind<typeof schema> = {
  group,
  version: 'v1beta1',
  kind: 'EventListener',
  plural: 'eventlisteners',
  shortNames: ['el'],
  alsoAs: older,
  columns: [{ name: 'Address', jsonPath: '.status.address.url' }],
  summary: 'Takes events over HTTP, and creates objects because of them.',
  about:
    'It listens on a port of its own. Whatever is posted there passes the interceptors of each of its triggers; a trigger that lets it ' +
    'pass takes values from it (bindings) and creates the objects of a template with them, as a rule a PipelineRun of Tekton.',
  schema,
  upgrade: (object) => upgradeListener(inSpelling(schema, object)),
  check: ({ metadata, spec }) => [
    ...checkName(metadata.name),
    ...checkAnnotations(metadata.annotations),
    ...checkSources(spec),
    ...(spec.triggers ?? []).flatMap(checkEntry),
    ...(spec.triggerGroups ?? []).flatMap(checkGroup),
    ...checkUri(spec.cloudEventURI),
    ...(spec.resources ? checkResources(spec.resources) : []),
    ...selectorsOf(spec).flatMap(({ selector, path }) => checkOperators(selector, path)),
  ],
};

/** Its Service is called `el-NAME`, which has 63 characters at the most. */
function checkName(name: string): Finding[] {
  if (name.length <= 60) return [];
  return [invalid(['metadata', 'name'], `the name of an EventListener has at most 60 characters, and "${name}" has ${name.length}`)];
}

/** Whether an EventListener looks whether what it gets is JSON. */
export const validationAnnotation = 'tekton.dev/payload-validation';

function checkAnnotations(annotations: Readonly<Record<string, string>> = {}): Finding[] {
  const value = annotations[validationAnnotation];
  if (value === undefined || value === 'true' || value === 'false') return [];
  const problem = `${validationAnnotation} is "true" or "false", not "${value}"`;
  return [invalid(['metadata', 'annotations', validationAnnotation], problem)];
}

function checkUri(uri: string | undefined): Finding[] {
  if (!uri || /^https?:\/\/[^/]/.test(uri)) return [];
  return [invalid(['spec', 'cloudEventURI'], `"${uri}" is no address that events can be sent to`, 'http://HOST/…')];
}

function checkSources({ triggers = [], triggerGroups = [], namespaceSelector, labelSelector }: ListenerSpec): Finding[] {
  if (triggers.length > 0 || triggerGroups.length > 0 || labelSelector || namespaceSelector?.matchNames?.length) return [];
  const hint = 'set triggers, triggerGroups, namespaceSelector or labelSelector';
  return [missing(['spec'], 'this EventListener has no triggers, so nothing would ever come of what it hears', hint)];
}

function checkEntry(entry: NonNullable<ListenerSpec['triggers']>[number], index: number): Finding[] {
  const path = ['spec', 'triggers', index];
  const { triggerRef, template, bindings, interceptors } = entry;
  const beside = Object.entries({ template, bindings, interceptors }).filter(([, value]) => value !== undefined);
  const findings = checkTriggerSpec(entry, path);
  if (triggerRef && beside.length > 0)
    return [notOne(path, ['triggerRef', 'a trigger'], ['triggerRef', ...beside.map(([field]) => field)]), ...findings];
  return template || triggerRef ? findings : [notOne(path, ['template', 'triggerRef'], []), ...findings];
}

function checkGroup({ interceptors = [], triggerSelector }: NonNullable<ListenerSpec['triggerGroups']>[number], index: number): Finding[] {
  const path = ['spec', 'triggerGroups', index];
  const selects = triggerSelector?.labelSelector || triggerSelector?.namespaceSelector?.matchNames?.length;
  const problem = 'this group has no triggers: neither labelSelector nor namespaceSelector is set';
  return [
    ...(selects ? [] : [missing([...path, 'triggerSelector'], problem)]),
    ...(interceptors.length > 0 ? [] : [missing([...path, 'interceptors'], 'a group has interceptors, which its triggers share')]),
    ...checkInterceptors(interceptors, [...path, 'interceptors']),
  ];
}

function selectorsOf({ labelSelector, triggerGroups = [] }: ListenerSpec) {
  const groups = triggerGroups.map(({ triggerSelector }, index) => ({
    selector: triggerSelector?.labelSelector,
    path: ['spec', 'triggerGroups', index, 'triggerSelector', 'labelSelector'],
  }));
  return [{ selector: labelSelector, path: ['spec', 'labelSelector'] }, ...groups];
}

function checkOperators(selector: ListenerSpec['labelSelector'], path: (string | number)[]): Finding[] {
  const operators = ['In', 'NotIn', 'Exists', 'DoesNotExist'];
  return (selector?.matchExpressions ?? []).flatMap(({ operator, values = [] }, index) => {
    const at = [...path, 'matchExpressions', index];
    if (!operators.includes(operator))
      return [
        error(
          'CONFIG_INVALID',
          [...at, 'operator'],
          { problem: `there is no operator "${operator}"` },
          { hint: `one of ${operators.join(', ')}` },
        ),
      ];
    const needs = operator.endsWith('In');
    if (needs === values.length > 0) return [];
    return [invalid([...at, 'values'], needs ? `${operator} needs values` : `${operator} takes no values`)];
  });
}
