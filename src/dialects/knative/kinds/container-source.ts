import { z } from 'zod';
import { warning } from '../../../core/errors/finding.ts';
import { isObject } from '../../../core/json/json.ts';
import { checkDestination, checkOverrides, missing } from './check-fields.ts';
import { defineKind, withSink } from './define.ts';
import { ceOverrides, destination, freeForm } from './fields.ts';

const spec = z
  .strictObject({
    template: z
      .strictObject({
        metadata: freeForm().optional().describe('Labels and annotations of the pod.'),
        spec: freeForm().optional().describe('The pod.'),
      })
      .optional()
      .describe('The pod that sends events.'),
    sink: destination().optional().describe('Where it sends them.'),
    ceOverrides: ceOverrides(),
  })
  .describe('Which program sends its events where.');

export type ContainerSourceSpec = z.output<typeof spec>;

export const containerSourceKind = defineKind({
  group: 'sources.knative.dev',
  version: 'v1',
  kind: 'ContainerSource',
  plural: 'containersources',
  alsoAs: [
    { group: 'sources.knative.dev', version: 'v1beta1' },
    { group: 'sources.knative.dev', version: 'v1alpha2' },
  ],
  columns: [{ name: 'Sink', jsonPath: '.status.sinkUri' }],
  summary: 'A program of your own that sends events.',
  about: 'Knative makes a Deployment of it. Here its status says which Deployment you would apply, with the address to send to.',
  spec,
  upgrade: withSink,
  check({ spec: { template, sink, ceOverrides } }) {
    const at = ['spec', 'template', 'spec', 'containers'];
    const containers = template?.spec?.['containers'];
    const list = Array.isArray(containers) ? containers : [];
    const problem = 'no workload is made here; the status of the source says which Deployment to apply';
    return [
      warning('CONFIG_INVALID', ['kind'], { problem }),
      ...(list.length === 0 ? [missing(at, 'a ContainerSource has at least one container')] : []),
      ...list.flatMap((one: unknown, index) =>
        ['name', 'image']
          .filter((field) => !isObject(one) || !one[field])
          .map((field) => missing([...at, index, field], `the container has no ${field}`)),
      ),
      ...checkDestination(sink, ['spec', 'sink'], 'a ContainerSource'),
      ...checkOverrides(ceOverrides, ['spec', 'ceOverrides']),
    ];
  },
});
