import { z } from 'zod';
import { isObject } from '../../../core/json/json.ts';
import { missing } from './check-fields.ts';
import { defineKind } from './define.ts';
import { freeForm } from './fields.ts';

const spec = z
  .strictObject({
    job: freeForm().optional().describe('The Job that is made for each event.'),
  })
  .describe('What is made of an event.');

export type JobSinkSpec = z.output<typeof spec>;

export const jobSinkKind = defineKind({
  group: 'sinks.knative.dev',
  version: 'v1alpha1',
  kind: 'JobSink',
  plural: 'jobsinks',
  summary: 'Makes a Job for each event.',
  about:
    'The event is in the file that K_EVENT_PATH names, /etc/jobsink-event/event. The same event makes one Job, however often it comes.',
  spec,
  check({ spec: { job } }) {
    const at = ['spec', 'job'];
    if (!job) return [missing(at, 'a JobSink says which Job is made')];
    const pod = isObject(job['spec']) && isObject(job['spec']['template']) ? job['spec']['template']['spec'] : undefined;
    const containers = isObject(pod) ? pod['containers'] : undefined;
    if (Array.isArray(containers) && containers.length > 0) return [];
    return [missing([...at, 'spec', 'template', 'spec', 'containers'], 'the Job has no container')];
  },
});
