import type { Plan } from './plan.ts';

/** An EventSource with comments that say what each part is for. */
export const eventSourceText = ({ name, namespace, watched }: Plan): string => `\
# Tells of each ${watched.kind} in the namespace ${namespace} that bears the label ${name}=on: when it is made, changed and deleted.
# All fields: sensorium explain eventsource --recursive
apiVersion: argoproj.io/v1alpha1
kind: EventSource
metadata:
  name: ${name}
  namespace: ${namespace}
spec:
  # Events of this source go to the EventBus called default. \`sensorium run\` has one in memory.
  # eventBusName: default
  resource:
    # The name of the event. A Sensor asks for it by eventSourceName (above) and eventName (this).
    ${watched.singular}:
      # What is watched, as in \`kubectl api-resources\`; the group is empty for kinds such as Pod and Service.
      group: "${watched.group}"
      version: ${watched.version}
      resource: ${watched.resource}
      # Without it all namespaces are watched, which needs rights in the whole cluster.
      namespace: ${namespace}
      # Which changes become events.
      eventTypes:
        - ADD
        - UPDATE
        - DELETE
      # Which objects concern us; without it, all. There are also \`prefix\` (of the name) and \`fields\` (regular expressions on any
      # field): sensorium explain eventsource.spec.resource.filter
      filter:
        labels:
          - key: ${name}
            operation: "=="
            value: "on"
# Try it: kubectl label ${watched.singular} NAME ${name}=on -n ${namespace}
`;
