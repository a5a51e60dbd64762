import { expect, test } from 'vitest';
import { findingsIn } from '../../support/findings.ts';

/** A Sensor whose parts are written below; what is left out is good. */
function sensor({ dependencies, triggers }: { dependencies?: string; triggers?: string } = {}): string {
  const part = (text: string) => text.replace(/^/gm, '    ').trimEnd();
  return `apiVersion: argoproj.io/v1alpha1
kind: Sensor
metadata:
  name: under-test
spec:
  dependencies:
${part(dependencies ?? '- {name: pod, eventSourceName: pods, eventName: new}')}
  triggers:
${part(triggers ?? '- template: {name: show, log: {}}')}
`;
}

const dependency = (filters: string, operator = 'and') =>
  `- name: pod\n  eventSourceName: pods\n  eventName: new\n  filtersLogicalOperator: ${operator}\n  filters: ${filters}\n`;

const data = (clauses: string, operator = 'and') => dependency(`{data: [${clauses}], dataLogicalOperator: ${operator}}`);

const k8s = ({ object = configMap, operation = 'create', parameters = '[]', own = '[]', conditions = 'pod' } = {}) => `- template:
    name: make
    conditions: ${conditions}
    k8s:
      operation: ${operation}
      source: {resource: ${object}}
      parameters: ${parameters}
  parameters: ${own}
`;
const configMap = '{apiVersion: v1, kind: ConfigMap, metadata: {name: x}}';
const from = (dest: string, src = 'dataKey: body.x', dependencyName = 'pod') =>
  `{src: {dependencyName: ${dependencyName}, ${src}}, dest: ${dest}}`;

const two = '- {name: pod, eventSourceName: pods, eventName: new}\n- {name: job, eventSourceName: pods, eventName: done}';

test.each([
  [
    'a dependency that nobody waits for',
    sensor({ dependencies: two, triggers: '- template: {name: show, conditions: pod, log: {}}' }),
    ['«job» warning: no trigger waits for the dependency "job" (name it in the conditions of a trigger, or take it out)'],
  ],
  [
    'names that conditions cannot tell apart',
    sensor({
      dependencies: '- {name: a-b, eventSourceName: pods, eventName: new}\n- {name: a_b, eventSourceName: pods, eventName: done}',
      triggers: '- template: {name: show, conditions: a-b || a_b, log: {}}',
    }),
    ['«a_b» warning: "a_b" and "a-b" differ only by - and _, which Argo’s conditions take for the same (give one of them another name)'],
  ],
  [
    'a join of what never waits',
    sensor({
      dependencies: two,
      triggers:
        '- template: {name: show, conditions: pod || job, log: {}, join: {key: .id}, conditionsReset: [{byTime: {cron: "0 0 * * *"}}]}',
    }),
    [
      '«join: {key: .id» warning: join has no effect: every event fires this trigger by itself, so nothing waits (join dependencies by && in conditions)',
      '«conditionsReset: [{byTime: {cron: "0 0 * * *"» warning: conditionsReset has no effect: every event fires this trigger by itself, so nothing waits (join dependencies by && in conditions)',
    ],
  ],
  [
    'a join that may wait for ever',
    sensor({ dependencies: two, triggers: '- template: {name: show, log: {}, join: {key: .id}}' }),
    ['«.id» warning: events whose key never comes again are held for ever (say how long they wait, such as within: 1h)'],
  ],
  [
    'a number that must be two things',
    sensor({
      dependencies: data('{path: n, type: number, comparator: ">", value: ["5"]}, {path: n, type: number, comparator: "<", value: ["3"]}'),
    }),
    ['«["3"» warning: no event passes: n must be > 5 and < 3 (with dataLogicalOperator: or, one of them is enough)'],
  ],
  [
    'texts that exclude each other',
    sensor({
      dependencies: data('{path: type, type: string, value: ["^ADD$"]}, {path: type, type: string, value: ["^UPDATE$", "^DELETE$"]}'),
    }),
    [
      '«["^UPDATE$"» warning: no event passes: type must be "^ADD$" and "^UPDATE$" or "^DELETE$" (with dataLogicalOperator: or, one of them is enough)',
    ],
  ],
  [
    'a boolean that must be both',
    sensor({ dependencies: data('{path: b, type: bool, value: ["true"]}, {path: b, type: bool, value: ["false"]}') }),
    ['«["false"» warning: no event passes: b must be true and false (with dataLogicalOperator: or, one of them is enough)'],
  ],
  [
    'a pattern that no text can match',
    sensor({ dependencies: data('{path: name, type: string, value: ["web$-"]}, {path: name, type: string, value: ["a$b"]}') }),
    ['«["a$b"» warning: this filter never passes: no text matches "a$b"'],
  ],
  [
    'another source than that of the dependency',
    sensor({ dependencies: dependency('{context: {source: jobs, subject: old}}') }),
    [
      '«jobs» warning: this filter never passes: the source of every event of "pod" is "pods", its eventSourceName (source: pods, or leave it out)',
      '«old» warning: this filter never passes: the subject of every event of "pod" is "new", its eventName (subject: new, or leave it out)',
    ],
  ],
  [
    'a parameter of a dependency that is not waited for',
    sensor({
      dependencies: two,
      triggers: `${k8s({ parameters: `[${from('data.x', 'dataKey: x', 'job')}]` })}- template: {name: show, log: {}, conditions: job}`,
    }),
    [
      '«job» warning: the trigger does not wait for the dependency "job", so its event is never there (name it in `conditions`, or take the parameter out)',
    ],
  ],
  [
    'two keys, of which one counts',
    sensor({ triggers: k8s({ parameters: `[${from('data.x', 'dataKey: x, contextKey: id')}]` }) }),
    ['«id» warning: contextKey has no effect beside dataKey (take one of them out)'],
  ],
  [
    'two parameters for one place',
    sensor({ triggers: k8s({ parameters: `[${from('data.x')}, ${from('data.x', 'dataKey: y')}]` }) }),
    [
      '«data.x» warning: parameter 2 of this list overwrites what this one sets at "data.x" (take one of them out, or continue the text by `operation: append`)',
    ],
  ],
  [
    'a dependency that may be lacking',
    sensor({ dependencies: two, triggers: k8s({ conditions: 'pod || job', parameters: `[${from('data.x')}]` }) }),
    [
      '«{dependencyName: pod» warning: when "job" has come without "pod", nothing is set at "data.x" (give a default with `value`, or set the same place from "job", too)',
    ],
  ],
  [
    'event data that chooses where a trigger acts',
    sensor({
      triggers: k8s({
        parameters: `[${from('kind')}, ${from('metadata.namespace')}, ${from('metadata', 'dataKey: m, useRawData: true')}]`,
        own: `[${from('k8s.operation')}]`,
      }),
    }),
    [
      '«kind» warning: event data chooses the kind of the object: whoever sends the event decides it (if that is meant, say which values may come: a data filter of type string on body.x, such as ^(this|that)$)',
      '«metadata.namespace» warning: event data chooses the namespace of the object: whoever sends the event decides it (if that is meant, say which values may come: a data filter of type string on body.x, such as ^(this|that)$)',
      '«metadata» warning: event data chooses the namespace of the object: whoever sends the event decides it (if that is meant, say which values may come: a data filter of type string on m, such as ^(this|that)$)',
      '«k8s.operation» warning: event data chooses what is done with the object: whoever sends the event decides it (if that is meant, say which values may come: a data filter of type string on body.x, such as ^(this|that)$)',
    ],
  ],
  [
    'a slip in the place of a parameter',
    sensor({
      triggers: k8s({
        object: '{apiVersion: v1, kind: Service, metadata: {name: x, labels: {}}, spec: {ports: [{port: 80}], type: ""}}',
        parameters: `[${from('spec.port.0.port')}, ${from('spec.ports.port')}, ${from('spec.ports.3.port')}, ${from('spec.type.x')}, ${from('metadata.label.x')}]`,
      }),
    }),
    [
      '«spec.port.0.port» warning: "spec.port.0.port" is not in the object: spec has no "port" (did you mean spec.ports.0.port?)',
      '«spec.ports.port» warning: "spec.ports.port" cannot be set: spec.ports is a list (did you mean spec.ports.0.port?)',
      '«spec.ports.3.port» warning: "spec.ports.3.port" leaves null in spec.ports, which has 1 element (did you mean spec.ports.1.port?)',
      '«spec.type.x» warning: "spec.type.x" puts an object in the place of "" at spec.type',
      '«metadata.label.x» warning: "metadata.label.x" is not in the object: metadata has no "label" (did you mean metadata.labels.x?)',
    ],
  ],
  [
    'a place that no template has',
    sensor({
      triggers: k8s({ own: `[${from('k8s.operations', 'value: create')}, ${from('k8s.source.resource.metadat.name', 'value: x')}]` }),
    }),
    [
      '«k8s.operations» warning: "k8s.operations" is no place in the template of a trigger, so nothing is set (did you mean k8s.operation?)',
      '«k8s.source.resource.metadat.name» warning: "k8s.source.resource.metadat.name" is not in the object: k8s.source.resource has no "metadat" (did you mean k8s.source.resource.metadata.name?)',
    ],
  ],
  [
    'an object that nobody can update',
    sensor({ triggers: k8s({ operation: 'update', object: '{apiVersion: v1, kind: ConfigMap, metadata: {generateName: x-}}' }) }),
    [
      '«{apiVersion: v1» warning: every firing would fail: to update an object, it needs metadata.name, which neither the object nor a parameter gives',
    ],
  ],
  [
    'an object without what an object needs',
    sensor({ triggers: k8s({ object: '{kind: ConfigMap, metadata: {}}' }) }),
    [
      '«{kind: ConfigMap» warning: every firing would fail: the object has neither metadata.name nor metadata.generateName, and no parameter sets them',
      '«{kind: ConfigMap» warning: every firing would fail: the object has no apiVersion, and no parameter sets it',
    ],
  ],
  [
    'a kind of another group',
    sensor({ triggers: k8s({ object: '{apiVersion: v1, kind: Ingress, metadata: {name: x}}' }) }),
    ['«v1» warning: there is no Ingress in v1 (apiVersion: networking.k8s.io/v1)'],
  ],
  [
    'a template that forgets its input',
    sensor({
      triggers: k8s({
        parameters: `[${from('data.a', 'dataTemplate: "{{ if .Input.a }}{{ .body.name | upper }}{{ end }}"')}, ${from('data.b', 'contextTemplate: "{{ with .input }}{{ .id }}{{ end }}"')}, ${from('data.c', 'dataTemplate: "{{ range .Input.list }}{{ .name }}{{ $.body }}{{ end }}"')}]`,
      }),
    }),
    [
      '«.body.name | upper» warning: template: ".body" is never there: all that a template is given is ".Input" (did you mean .Input.body?)',
      '«.input» warning: template: ".input" is never there: all that a template is given is ".Input" (did you mean .Input?)',
      '«$.body» warning: template: ".body" is never there: all that a template is given is ".Input" (did you mean .Input.body?)',
    ],
  ],
  [
    'a kind that is not spelled as Kubernetes spells it',
    sensor({ triggers: k8s({ object: '{apiVersion: apps/v1, kind: deployments, metadata: {name: x}}' }) }),
    ['«deployments» warning: there is no deployments in apps/v1 (kind: Deployment)'],
  ],
  [
    'an object as text that lacks what it needs',
    sensor({ triggers: '- template: {name: t, k8s: {source: {inline: "{apiVersion: v1, kind: Pod}"}}}' }),
    [
      '«"{apiVersion: v1, kind: Pod}"» warning: every firing would fail: the object has neither metadata.name nor metadata.generateName, and no parameter sets them',
    ],
  ],
  [
    'a text that is no object',
    sensor({ triggers: '- template: {name: t, k8s: {source: {inline: ""}}}' }),
    ['«""» warning: every firing would fail: the text is no Kubernetes object (write its apiVersion, kind and metadata as YAML or JSON)'],
  ],
])('warns of %s', (_name, text, expected) => {
  expect(findingsIn(text)).toEqual(expected);
});

test.each([
  ['without anything special', sensor()],
  [
    'with contradictions of which one is enough',
    sensor({ dependencies: data('{path: n, type: number, value: ["5"]}, {path: n, type: number, value: ["3"]}', 'or') }),
  ],
  [
    'with a context that cannot be, as one of several',
    sensor({ dependencies: dependency('{context: {source: jobs}, time: {start: "1:00:00", stop: "2:00:00"}}', 'or') }),
  ],
  [
    'with a range',
    sensor({
      dependencies: data(
        '{path: n, type: number, comparator: ">=", value: ["3"]}, {path: n, type: number, comparator: "<=", value: ["3"]}, {path: n, type: number, comparator: "!=", value: ["4"]}',
      ),
    }),
  ],
  [
    'with patterns that overlap',
    sensor({
      dependencies: data(
        '{path: s, type: string, value: ["^(a|b)$"]}, {path: s, type: string, comparator: "!=", value: ["^a$"]}, {path: s, type: string, value: ["b"]}',
      ),
    }),
  ],
  [
    'with one place from either of two dependencies',
    sensor({
      dependencies: two,
      triggers: k8s({ conditions: 'pod || job', parameters: `[${from('data.x')}, ${from('data.x', 'dataKey: y', 'job')}]` }),
    }),
  ],
  [
    'with a value that is there when nothing is set',
    sensor({
      dependencies: two,
      triggers: k8s({
        conditions: 'pod || job',
        object: '{apiVersion: v1, kind: ConfigMap, metadata: {name: x}, data: {x: written}}',
        parameters: `[${from('data.x')}]`,
      }),
    }),
  ],
  [
    'with a text that is continued',
    sensor({
      triggers: k8s({ parameters: `[${from('data.x')}, {src: {dependencyName: pod, dataKey: y}, dest: data.x, operation: append}]` }),
    }),
  ],
  [
    'with literals in decisive places',
    sensor({ triggers: k8s({ parameters: `[${from('metadata.namespace', 'value: team')}, ${from('kind', 'contextKey: subject')}]` }) }),
  ],
  [
    'with a namespace that a filter confines',
    sensor({
      dependencies: data('{path: body.x, type: string, value: ["^(a|b)$"]}'),
      triggers: k8s({ parameters: `[${from('metadata.namespace')}]` }),
    }),
  ],
  [
    'with an operation of its own making',
    sensor({
      dependencies: '- {name: pod, eventSourceName: pods, eventName: new, transform: {jq: ".x = 1"}}',
      triggers: k8s({ own: `[${from('k8s.operation')}]` }),
    }),
  ],
  [
    'with new fields, labels and elements',
    sensor({
      triggers: k8s({
        object: '{apiVersion: v1, kind: Service, metadata: {name: x, labels: {app: y}}, spec: {ports: [{port: 80}]}}',
        parameters: `[${from('metadata.labels.apps')}, ${from('spec.ports.1.port')}, ${from('spec.ports.-1.port')}, ${from('spec.clusterIP')}, ${from('metadata.annotations.a\\.b')}]`,
      }),
    }),
  ],
  [
    'with a name from the event',
    sensor({
      triggers: k8s({
        operation: 'delete',
        object: '{apiVersion: v1, kind: ConfigMap, metadata: {}}',
        parameters: `[${from('metadata.name')}]`,
      }),
    }),
  ],
  [
    'whose conditions write - for _',
    sensor({
      dependencies: '- {name: a_b, eventSourceName: pods, eventName: new}',
      triggers: k8s({ parameters: `[${from('data.x', 'dataKey: body.x', 'a_b')}]`, conditions: 'a-b' }),
    }),
  ],
  ['with a join that ends', sensor({ dependencies: two, triggers: '- template: {name: show, log: {}, join: {key: .id, within: 1h}}' })],
  [
    'with a kind of somebody else',
    sensor({ triggers: k8s({ object: '{apiVersion: serving.knative.dev/v1, kind: Service, metadata: {name: x}}' }) }),
  ],
])('says nothing of a rule %s', (_name, text) => {
  expect(findingsIn(text)).toEqual([]);
});

test('a template does not confine what it gives', () => {
  const parameters = `[${from('metadata.namespace', "dataTemplate: '{{ .Input.x }}'")}]`;

  expect(findingsIn(sensor({ triggers: k8s({ parameters }) }))).toEqual([
    '«metadata.namespace» warning: event data chooses the namespace of the object: whoever sends the event decides it (if that is meant, take it from a dataKey, and say by a data filter which values may come)',
  ]);
});

test('a dlqTrigger is looked at as others are, at its own place', () => {
  const triggers = `- template: {name: show, log: {}}
  atLeastOnce: true
  dlqTrigger:
    template: {name: late, log: {}}
    atLeastOnce: true
    parameters:
      - src: {dependencyName: pod, dataKey: body.a}
        dest: log.intervalSecond
`;

  expect(findingsIn(sensor({ triggers }))).toEqual([
    '«log.intervalSecond» warning: "log.intervalSecond" is no place in the template of a trigger, so nothing is set (did you mean log.intervalSeconds?)',
  ]);
});
