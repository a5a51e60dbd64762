import { expect, test } from 'vitest';
import { checkLoaded } from '../../src/manifests/check-files.ts';
import { loadText } from '../../src/manifests/load.ts';

/**
 * Wherever a rule can hold a program, a path or a pattern, one that cannot be read is found, with its code, at the very character.
 * In the texts below ¦ stands before that character.
 */
const sensor = (dependency: string, trigger = 'template: {name: t, log: {}}') => `apiVersion: argoproj.io/v1alpha1
kind: Sensor
metadata: {name: s}
spec:
  dependencies:
    - name: d
      eventSourceName: s
      eventName: e
${dependency.replace(/^/gm, '      ')}
  triggers:
    - ${trigger.replace(/\n/g, '\n      ')}
`;

const source = (entry: string) => `apiVersion: argoproj.io/v1alpha1
kind: EventSource
metadata: {name: s}
spec:
  resource:
    e:
      version: v1
      resource: pods
      eventTypes: [ADD]
${entry.replace(/^/gm, '      ')}
`;

const k8s = (block: string) => `template:
  name: t
  k8s:
${block.replace(/^/gm, '    ')}`;
const resource = 'source: {resource: {apiVersion: v1, kind: ConfigMap, metadata: {name: x}}}\n';
const parameter = (src: string) => `parameters:\n  - dest: data.x\n    src:\n      dependencyName: d\n      ${src}`;

test.each([
  ['a jq transform', sensor('transform:\n  jq: |\n    .a\n    | ¦)'), 'CONFIG_JQ'],
  ['a jq transform that is folded', sensor('transform:\n  jq: >-\n    .a\n    |\n    ¦)'), 'CONFIG_JQ'],
  ['a jq transform in quotes', sensor('transform: {jq: ".a\\n| \\"b\\" ¦)"}'), 'CONFIG_JQ'],
  ['a pattern in a jq transform', sensor('transform:\n  jq: .a | test("¦(")'), 'CONFIG_JQ'],
  ['a Lua transform', sensor('transform:\n  script: |\n    local a = 1\n    return ¦)'), 'CONFIG_LUA'],
  ['a Lua filter', sensor('filters:\n  script: |\n    return ¦)'), 'CONFIG_LUA'],
  [
    'an expression',
    sensor('filters:\n  exprs:\n    - expr: |-\n        a == 1 &&\n        ¦)\n      fields: [{name: a, path: a}]'),
    'CONFIG_EXPRESSION',
  ],
  ['a path of an expression', sensor('filters:\n  exprs:\n    - expr: a == 1\n      fields: [{name: a, path: ¦a.}]'), 'CONFIG_PATH'],
  ['a path of a data filter', sensor('filters:\n  data: [{path: ¦"a.#(b", type: string, value: [x]}]'), 'CONFIG_PATH'],
  ['a pattern of a data filter', sensor('filters:\n  data: [{path: a, type: string, value: [x, "a¦(b"]}]'), 'CONFIG_REGEX'],
  [
    'a template of a data filter',
    sensor('filters:\n  data: [{path: a, type: string, value: [x], template: "{{ ¦nope .Input }}"}]'),
    'CONFIG_TEMPLATE',
  ],
  [
    'a parameter path',
    sensor('', `${k8s(resource)}\n${parameter('dataKey: ¦a.')}`.replace('dest: data.x', 'dest: k8s.source.resource.data.x')),
    'CONFIG_PATH',
  ],
  ['a path into the context', sensor('', k8s(resource + parameter('contextKey: ¦a.'))), 'CONFIG_PATH'],
  [
    'a template of a parameter',
    sensor('', k8s(resource + parameter('dataTemplate: |\n        a\n        {{ ¦nope .Input }}'))),
    'CONFIG_TEMPLATE',
  ],
  ['a template over the context', sensor('', k8s(resource + parameter('contextTemplate: "{{ ¦nope .Input }}"'))), 'CONFIG_TEMPLATE'],
  ['the key of an order', sensor('', 'template: {name: t, log: {}}\norderBy: .a | ¦)'), 'CONFIG_JQ'],
  ['conditions', sensor('', 'template: {name: t, log: {}, conditions: d || ¦x}'), 'CONFIG_UNKNOWN_DEPENDENCY'],
  [
    'the limits of a bus',
    'apiVersion: argoproj.io/v1alpha1\nkind: EventBus\nmetadata: {name: b}\nspec:\n  jetstream:\n    version: latest\n    streamConfig: |\n      replicas: 1\n      maxAge: ¦7d\n',
    'CONFIG_INVALID',
  ],
  ['an object as text', sensor('', k8s('source:\n  inline: |\n    apiVersion: v1\n    kind: [a\n    ¦b: 1')), 'CONFIG_YAML'],
  ['the time zone of a filter', sensor('filters: {time: {start: "1:00:00", stop: "2:00:00", timezone: ¦Mars/One}}'), 'CONFIG_INVALID'],
  ['a path of a field selector', source('filter: {fields: [{key: ¦a., operation: "==", value: x}]}'), 'CONFIG_PATH'],
  ['a pattern of a field selector', source('filter: {fields: [{key: a, operation: "==", value: "a¦("}]}'), 'CONFIG_REGEX'],
  [
    'the expression of an event source',
    `apiVersion: argoproj.io/v1alpha1
kind: EventSource
metadata: {name: s}
spec:
  resource:
    e: {version: v1, resource: pods, eventTypes: [ADD], filter: {expression: "body.x == ¦)"}}
`,
    'CONFIG_EXPRESSION',
  ],
])('%s that cannot be read is found at its place', (_name, marked, code) => {
  const [before] = marked.split('¦');
  const lines = before!.split('\n');

  const { findings } = checkLoaded(loadText('rules.yaml', marked.replace('¦', ''), { namespace: 'default' }));

  expect(findings.map((one) => `${one.line}:${one.column} ${one.code}`)).toContain(`${lines.length}:${lines.at(-1)!.length + 1} ${code}`);
});
