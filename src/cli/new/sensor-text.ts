import type { Plan } from './plan.ts';

/** A Sensor with comments that say what each part is for. */
export function sensorText(plan: Plan): string {
  const { name, namespace, watched, trigger } = plan;
  const does = {
    k8s: `Keeps a ConfigMap beside each ${watched.kind}, and takes it away with it.`,
    log: `Writes to the log when a ${watched.kind} comes or goes.`,
  };
  return `\
# ${does[trigger]}
# All fields: sensorium explain sensor --recursive
apiVersion: argoproj.io/v1alpha1
kind: Sensor
metadata:
  name: ${name}
  namespace: ${namespace}
spec:
  # What it waits for.
  dependencies:
    # \`name\` is yours: triggers and parameters use it. The other two are the names in the EventSource.
    - name: ${watched.singular}
      eventSourceName: ${name}
      eventName: ${watched.singular}
${{ k8s: k8sDependency, log: logDependency }[trigger]}
  # What happens then.
  triggers:
${{ k8s: k8sTrigger, log: logTrigger }[trigger](plan)}`;
}

const logDependency = `\
      # Which events pass. \`path\` leads into the payload, { type, body, oldBody, … } where body is the object; \`value\` holds regular
      # expressions, of which one must match. Other filters: sensorium explain filters
      filters:
        data:
          - path: type
            type: string
            value:
              - ^(ADD|DELETE)$
      # \`transform\` would rewrite the payload before the filters see it: sensorium explain transform`;

const logTrigger = (): string => `\
    - template:
        name: show
        # One line for each event. Other types, such as k8s: sensorium explain
        log: {}
`;

const k8sDependency = `\
      # Rewrites the payload, { type, body, oldBody, … } where body is the object, by a jq program. Here: what is to be done.
      transform:
        jq: |
          .operation = (if .type == "DELETE" then "delete" else "apply" end)
      # Which events pass, after the transform. \`path\` leads into the payload; \`value\` holds regular expressions, and with "!=" the
      # text must not match. Other filters: sensorium explain filters
      filters:
        data:
          - path: body.metadata.name
            type: string
            comparator: "!="
            value:
              - ^kube-`;

const k8sTrigger = ({ namespace, watched }: Plan): string => `\
    - template:
        name: note
        # Other types: sensorium explain
        k8s:
          operation: apply
          source:
            # The object. Empty and incomplete texts are filled by the parameters below.
            resource:
              apiVersion: v1
              kind: ConfigMap
              metadata:
                name: -note
                namespace: ${namespace}
              data:
                about: ""
                since: ""
          # Values from the event, and the place in the object where each goes (\`dest\`). What is there is replaced, unless
          # \`operation\` is prepend or append: sensorium explain parameters
          parameters:
            - src:
                dependencyName: ${watched.singular}
                dataKey: body.metadata.name
              dest: metadata.name
              operation: prepend
            - src:
                dependencyName: ${watched.singular}
                dataKey: body.metadata.name
              dest: data.about
            - src:
                dependencyName: ${watched.singular}
                dataKey: body.metadata.creationTimestamp
                # When the payload has no such field.
                value: unknown
              dest: data.since
      # The same for the template itself: the operation comes from the transform above.
      parameters:
        - src:
            dependencyName: ${watched.singular}
            dataKey: operation
          dest: k8s.operation
`;
