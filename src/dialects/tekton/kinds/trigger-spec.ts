import { z } from 'zod';
import { interceptorEntry } from './interceptor-spec.ts';
import { templateSpec } from './template-spec.ts';

const bindingEntry = z
  .strictObject({
    ref: z.string().optional().describe('The name of a TriggerBinding in the namespace of the trigger, or of a ClusterTriggerBinding.'),
    kind: z.enum(['TriggerBinding', 'ClusterTriggerBinding']).default('TriggerBinding').describe('What `ref` names.'),
    apiversion: z.string().optional().describe('Without effect.'),
    name: z.string().optional().describe('The name of a value that is given right here.'),
    value: z.string().optional().describe('Where it comes from, e.g. `$(body.repository.url)`.'),
  })
  .describe('Values for the template: `ref` names a binding, or `name` and `value` are one.');

const template = z
  .strictObject({
    ref: z.string().optional().describe('The name of a TriggerTemplate in the namespace of the trigger.'),
    apiversion: z.string().optional().describe('The version of that kind, `v1alpha1` or `v1beta1`; without effect.'),
    spec: templateSpec.optional(),
  })
  .describe('What is created: `ref` names a TriggerTemplate, or `spec` is one.');

/** What a trigger says, wherever it stands. */
export const triggerFields = {
  name: z.string().optional().describe('A name for people; it becomes a label of what is created.'),
  bindings: z.array(bindingEntry).optional().describe('What is taken from the event.'),
  template: template.optional(),
  interceptors: z.array(interceptorEntry).optional().describe('Steps that the event passes first, one after another.'),
  serviceAccountName: z.string().optional().describe('The account as which objects are created.'),
};

export const triggerSpec = z.strictObject(triggerFields).describe('What is created when an event has come, and with which values.');

export type BindingEntry = z.output<typeof bindingEntry>;
export type TriggerSpec = z.output<typeof triggerSpec>;
