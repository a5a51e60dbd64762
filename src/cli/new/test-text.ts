import type { Plan } from './plan.ts';
import { oneOf } from './watched.ts';

/** Tests of the sensor, beside it. */
export const testText = (plan: Plan): string => `\
# Run them with: sensorium test FOLDER
# All fields: sensorium explain test --recursive
tests:
${{ k8s: k8sTests, log: logTests }[plan.trigger](plan)}`;

const logTests = ({ watched }: Plan): string => `\
  - name: ${oneOf(watched)} that is made is shown
    given:
      # An event from a file; \`data\` holds a payload in place.
      - dependency: ${watched.singular}
        file: added.event.json
    expect:
      # The triggers that fire: all of them, in their order.
      fires: [show]

  - name: one that is changed is not
    given:
      - dependency: ${watched.singular}
        data: { type: UPDATE, body: { metadata: { name: hello } } }
    expect:
      fires: []
      # Why not: a part of what a dry run says.
      because: { ${watched.singular}: 'type is "UPDATE"' }
`;

const k8sTests = ({ watched, namespace }: Plan): string => `\
  - name: ${oneOf(watched)} that is made gets a note
    given:
      # An event from a file; \`data\` holds a payload in place.
      - dependency: ${watched.singular}
        file: added.event.json
    expect:
      # The triggers that fire: all of them, in their order. Of the object, the fields that matter.
      fires:
        - trigger: note
          summary: apply ConfigMap ${namespace}/hello-note
          object:
            data: { about: hello, since: "2026-01-31T12:00:00Z" }

  - name: the note goes with it
    given:
      - dependency: ${watched.singular}
        data: { type: DELETE, body: { metadata: { name: hello } } }
    expect:
      fires:
        - trigger: note
          summary: delete ConfigMap ${namespace}/hello-note

  - name: those of Kubernetes itself get none
    given:
      - dependency: ${watched.singular}
        data: { type: ADD, body: { metadata: { name: kube-something } } }
    expect:
      fires: []
      # Why not: a part of what a dry run says.
      because: { ${watched.singular}: body.metadata.name is "kube-something" }
`;
