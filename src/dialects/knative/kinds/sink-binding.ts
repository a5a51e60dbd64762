import { z } from 'zod';
import { warning } from '../../../core/errors/finding.ts';
import { checkDestination, checkGroupVersionKind, checkOverrides, missing } from './check-fields.ts';
import { defineKind, withSink } from './define.ts';
import { ceOverrides, destination, labelSelector } from './fields.ts';

const spec = z
  .strictObject({
    subject: z
      .strictObject({
        apiVersion: z.string().optional().describe('The API version of the workload.'),
        kind: z.string().optional().describe('Its kind, e.g. `Deployment`.'),
        name: z.string().optional().describe('Its name.'),
        namespace: z.string().optional().describe('Its namespace, which is that of the binding.'),
        selector: labelSelector().optional().describe('All workloads with these labels, in the place of one by name.'),
      })
      .optional()
      .describe('The workload whose containers get the address.'),
    sink: destination().optional().describe('Where they send their events.'),
    ceOverrides: ceOverrides(),
  })
  .describe('Which workload sends its events where.');

export type SinkBindingSpec = z.output<typeof spec>;

export const sinkBindingKind = defineKind({
  group: 'sources.knative.dev',
  version: 'v1',
  kind: 'SinkBinding',
  plural: 'sinkbindings',
  alsoAs: [
    { group: 'sources.knative.dev', version: 'v1beta1' },
    { group: 'sources.knative.dev', version: 'v1alpha2' },
    { group: 'sources.knative.dev', version: 'v1alpha1' },
  ],
  columns: [{ name: 'Sink', jsonPath: '.status.sinkUri' }],
  summary: 'Tells a workload where to send its events.',
  about:
    'Knative sets variables in the containers of the workload. Here its status says which they are, for you to write into the workload.',
  spec,
  upgrade: withSink,
  check({ spec: { subject, sink, ceOverrides } }) {
    const nameless = subject && !subject.name && !subject.selector;
    const problem = 'no workload is changed here; the status of the binding says what to write into it';
    return [
      warning('CONFIG_INVALID', ['kind'], { problem }),
      ...(subject ? checkGroupVersionKind(subject, ['spec', 'subject']) : [missing(['spec', 'subject'], 'a SinkBinding names a workload')]),
      ...(nameless
        ? [missing(['spec', 'subject', 'name'], 'the workload is told by its name or by labels', 'name: NAME, or selector: {…}')]
        : []),
      ...checkDestination(sink, ['spec', 'sink'], 'a SinkBinding'),
      ...checkOverrides(ceOverrides, ['spec', 'ceOverrides']),
    ];
  },
});
