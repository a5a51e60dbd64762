import { z } from 'zod';
import { warning } from '../../../core/errors/finding.ts';
import { isObject, type JsonObject } from '../../../core/json/json.ts';
import { checkDestination, checkGroupVersionKind, checkOverrides, missing } from './check-fields.ts';
import { checkFilters } from './check-filters.ts';
import { defineKind, withSink } from './define.ts';
import { ceOverrides, destination, filters, labelSelector } from './fields.ts';

const resource = z.strictObject({
  apiVersion: z.string().optional().describe('The API version of the objects, e.g. `v1`.'),
  kind: z.string().optional().describe('Their kind, e.g. `Event`.'),
  selector: labelSelector().optional().describe('Only objects with these labels; the API server selects.'),
});

const spec = z
  .strictObject({
    mode: z
      .enum(['Reference', 'Resource', ''])
      .default('Reference')
      .transform((mode) => mode || 'Reference')
      .describe('What an event carries: `Reference` only the names of the object, `Resource` the whole object.'),
    resources: z.array(resource).optional().describe('Which kinds of objects are watched.'),
    owner: z
      .strictObject({
        apiVersion: z.string().optional().describe('The API version of the owner; any when left out.'),
        kind: z.string().optional().describe('The kind of the owner.'),
      })
      .optional()
      .describe('Only objects that are controlled by such an owner.'),
    namespaceSelector: labelSelector()
      .optional()
      .describe('The namespaces that are watched, by their labels; `{}` for all. Without it, the one of the source.'),
    serviceAccountName: z.string().optional().describe('The account that Knative’s adapter has; not used here.'),
    sink: destination().optional().describe('Where the events are sent.'),
    ceOverrides: ceOverrides(),
    filters: filters(),
  })
  .describe('What is watched, and where the events go.');

export type ApiServerSourceSpec = z.output<typeof spec>;

export const apiServerSourceKind = defineKind({
  group: 'sources.knative.dev',
  version: 'v1',
  kind: 'ApiServerSource',
  plural: 'apiserversources',
  alsoAs: [
    { group: 'sources.knative.dev', version: 'v1beta1' },
    { group: 'sources.knative.dev', version: 'v1alpha2' },
    { group: 'sources.knative.dev', version: 'v1alpha1' },
    { group: 'sources.eventing.knative.dev', version: 'v1alpha1' },
  ],
  columns: [{ name: 'Sink', jsonPath: '.status.sinkUri' }],
  summary: 'Sends what happens to objects of a Kubernetes API as CloudEvents.',
  about:
    'Objects that are added, changed or deleted become events of the types `dev.knative.apiserver.resource.add`, `….update` and `….delete` ' +
    '(`….ref.…` with `mode: Reference`). What was there before the source first started is not sent; what changes while nobody watches is sent afterwards.',
  spec,
  upgrade(old, { findings }) {
    const { mode, resources, ...rest } = withSink(old);
    const today = mode === 'Ref' ? 'Reference' : mode;
    const list = Array.isArray(resources) ? resources.map((one, index) => (isObject(one) ? upgradedResource(one, index) : one)) : resources;
    return { ...rest, ...(today === undefined ? {} : { mode: today }), ...(list === undefined ? {} : { resources: list }) };

    function upgradedResource({ labelSelector, controllerSelector, controller, ...one }: JsonObject, index: number): JsonObject {
      const at = ['spec', 'resources', index];
      if (controller === true) {
        const problem = 'events of the controller in the place of the object are no longer sent: they are of the object';
        findings.push(warning('CONFIG_INVALID', [...at, 'controller'], { problem }, { hint: 'watch the kind of the controller itself' }));
      }
      if (controllerSelector !== undefined && isObject(controllerSelector) && rest['owner'] === undefined) {
        const { apiVersion, kind } = controllerSelector;
        if (kind) rest['owner'] = { ...(apiVersion === undefined ? {} : { apiVersion }), kind };
      }
      return labelSelector === undefined || one['selector'] !== undefined ? one : { ...one, selector: labelSelector };
    }
  },
  check({ spec }) {
    const { resources = [], owner, filters } = spec;
    const findings = [
      ...resources.flatMap((one, index) => checkGroupVersionKind(one, ['spec', 'resources', index])),
      ...(owner ? checkGroupVersionKind({ ...owner, apiVersion: owner.apiVersion || 'v1' }, ['spec', 'owner']) : []),
      ...checkDestination(spec.sink, ['spec', 'sink'], 'an ApiServerSource'),
      ...checkOverrides(spec.ceOverrides, ['spec', 'ceOverrides']),
      ...checkFilters({ filters }),
    ];
    if (resources.length === 0)
      findings.unshift(
        missing(['spec', 'resources'], 'an ApiServerSource names what it watches', 'resources: [{apiVersion: v1, kind: Event}]'),
      );
    return findings;
  },
});
