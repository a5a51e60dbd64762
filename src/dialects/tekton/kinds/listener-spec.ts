import { z } from 'zod';
import { interceptorEntry } from './interceptor-spec.ts';
import { triggerFields } from './trigger-spec.ts';

const freeForm = () => z.record(z.string(), z.unknown());

const namespaceSelector = z
  .strictObject({ matchNames: z.array(z.string()).optional().describe('Names of namespaces, or only `*` for all.') })
  .describe('Triggers of these namespaces.');

const labelSelector = z
  .strictObject({
    matchLabels: z.record(z.string(), z.string()).optional().describe('Labels that have to be equal.'),
    matchExpressions: z
      .array(
        z.strictObject({
          key: z.string().describe('The name of the label.'),
          operator: z.string().describe('How they are compared: `In`, `NotIn`, `Exists` or `DoesNotExist`.'),
          values: z.array(z.string()).optional().describe('The values, for `In` and `NotIn`.'),
        }),
      )
      .optional()
      .describe('Conditions, all of which have to hold.'),
  })
  .describe('Triggers with these labels.');

export type LabelSelector = z.output<typeof labelSelector>;

const triggerEntry = z
  .strictObject({
    ...triggerFields,
    triggerRef: z.string().optional().describe('The name of a Trigger in the namespace of the EventListener, in the place of all else.'),
  })
  .describe('A trigger, or the name of one.');

const selectors = { namespaceSelector: namespaceSelector.optional(), labelSelector: labelSelector.optional() };

const group = z
  .strictObject({
    name: z.string().describe('The name of the group.'),
    interceptors: z.array(interceptorEntry).optional().describe('Steps that the event passes once for all triggers of the group.'),
    triggerSelector: z.strictObject(selectors).optional().describe('Which Triggers belong to the group.'),
  })
  .describe('Triggers that share interceptors.');

const kubernetesResource = z
  .strictObject({
    replicas: z.int().optional().describe('How many pods listen, where a controller makes them.'),
    serviceType: z.string().optional().describe('The type of the Service, where a controller makes one.'),
    servicePort: z.int().min(1).max(65535).optional().describe('The port that is called; 8080 when left out.'),
    serviceLoadBalancerClass: z.string().optional().describe('The class of the load balancer, where a controller makes one.'),
    spec: z
      .strictObject({
        template: z
          .strictObject({
            metadata: freeForm().optional().describe('Labels and annotations of the pod.'),
            spec: freeForm()
              .optional()
              .describe('Settings of the pod. The container’s TLS_CERT and TLS_KEY name the certificate to listen with.'),
          })
          .optional()
          .describe('The pod.'),
      })
      .optional()
      .describe('How the pod looks.'),
  })
  .describe('The Deployment and the Service that Tekton makes of it.');

export const listenerSpec = z
  .strictObject({
    serviceAccountName: z.string().default('default').describe('The account that the pod of Tekton’s listener has; not used here.'),
    triggers: z.array(triggerEntry).optional().describe('What happens with an event.'),
    triggerGroups: z.array(group).optional().describe('Triggers that share interceptors.'),
    ...selectors,
    resources: z
      .strictObject({
        kubernetesResource: kubernetesResource.optional(),
        customResource: freeForm().optional().describe('An object in the place of Deployment and Service; not used here.'),
      })
      .optional()
      .describe('How it is reached.'),
    cloudEventURI: z.string().optional().describe('Where it tells, by CloudEvents, that events came and what became of them.'),
  })
  .describe('What is listened for, and what happens then.');

export type ListenerSpec = z.output<typeof listenerSpec>;
