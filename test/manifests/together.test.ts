import { expect, test } from 'vitest';
import { checkTogether } from '../../src/manifests/check-together.ts';
import { loadText } from '../../src/manifests/load.ts';
import { findingsIn } from '../support/findings.ts';

const source = ({ name = 'pods', event = 'changed', entry = 'resource: pods, eventTypes: [ADD, UPDATE]', bus = '' } = {}) => `---
apiVersion: argoproj.io/v1alpha1
kind: EventSource
metadata: {name: ${name}}
spec: {${bus}resource: {${event}: {version: v1, ${entry}}}}
`;

const sensor = ({ name = 'sensor', dependency = '', parameters = '[]', bus = '' } = {}) => `---
apiVersion: argoproj.io/v1alpha1
kind: Sensor
metadata: {name: ${name}}
spec:${bus}
  dependencies:
    - {name: pod, eventSourceName: pods, eventName: changed${dependency}}
  triggers:
    - template: {name: make, k8s: {source: {resource: {apiVersion: v1, kind: ConfigMap, metadata: {name: x}}}, parameters: ${parameters}}}
`;

const listener = ({ name = 'pods', trigger = 'changed', more = '' } = {}) => `---
apiVersion: triggers.tekton.dev/v1beta1
kind: EventListener
metadata: {name: ${name}}
spec: {triggers: [{name: ${trigger}, template: {ref: make}}]${more}}
`;

/** A sensor that hears the listener `pods`. */
const hearing = sensor().replace('eventSourceName: pods', 'eventSourceName: el-pods');

const eventBus = (name: string) => `---
apiVersion: argoproj.io/v1alpha1
kind: EventBus
metadata: {name: ${name}}
spec: {jetstream: {version: latest}}
`;

const data = (clause: string) => `, filters: {data: [{type: string, ${clause}}]}`;

test.each([
  [
    'a source that is not there',
    sensor() + source({ name: 'pod' }),
    ['«pods» warning: dependency "pod" names the event source "pods", which none of these files holds (eventSourceName: pod)'],
  ],
  [
    'a source of another namespace',
    sensor() + source().replace('{name: pods}', '{name: pods, namespace: other}'),
    [
      '«pods» warning: dependency "pod" names the event source "pods", which is in namespace "other", not in "default" (a Sensor hears only event sources of its own namespace)',
    ],
  ],
  [
    'an event that its source does not send',
    sensor() + source({ event: 'change' }),
    ['«changed» warning: dependency "pod" never matches: event source "pods" emits "change", not "changed" (eventName: change)'],
  ],
  [
    'a source on another bus',
    sensor() + source({ bus: 'eventBusName: other, ' }),
    [
      '«pods» warning: dependency "pod" never matches: its event source publishes to the EventBus "other", this sensor listens to "default" (give both the same eventBusName)',
    ],
  ],
  [
    'a bus that is not there',
    sensor({ bus: '\n  eventBusName: mian' }) + eventBus('main'),
    ['«mian» warning: the EventBus "mian" is not among these files in namespace "default" (eventBusName: main)'],
  ],
  [
    'the default bus where another one is',
    sensor() + eventBus('main'),
    [
      '«dependencies:» warning: the EventBus "default", which is used when none is named, is not among these files in namespace "default" (eventBusName: main)',
    ],
  ],
  [
    'the default bus beside copies of another one',
    sensor() + eventBus('main') + eventBus('main'),
    [
      '«dependencies:» warning: the EventBus "default", which is used when none is named, is not among these files in namespace "default" (eventBusName: main)',
    ],
  ],
  [
    'another type of event',
    sensor({ dependency: ', filters: {context: {type: webhook}}' }) + source(),
    ['«webhook» warning: this filter never passes: the events of "pod" are of type "resource" (type: resource)'],
  ],
  [
    'a change that the source does not send',
    sensor({ dependency: data('path: type, value: [DELETE]') }) + source(),
    ['«[DELETE» warning: this filter never passes: type of these events is "ADD" or "UPDATE"'],
  ],
  [
    'a kind that the source does not watch',
    sensor({ dependency: data('path: body.kind, value: [Service]') }) + source(),
    ['«[Service» warning: this filter never passes: body.kind of these events is "Pod"'],
  ],
  [
    'a path that forgets the body',
    sensor({
      dependency: data('path: metadata.name, value: [a]'),
      parameters: '[{src: {dependencyName: pod, dataKey: bdy.x}, dest: data.x}]',
    }) + source(),
    [
      '«metadata.name» warning: "metadata.name" is never there: the payload of a resource event has type, body, oldBody, group, version, resource, and the object is under body (did you mean body.metadata.name?)',
      '«bdy.x» warning: "bdy.x" is never there: the payload of a resource event has type, body, oldBody, group, version, resource, and the object is under body (did you mean body.x?)',
    ],
  ],
  [
    'a trigger that the EventListener does not have',
    hearing + listener({ trigger: 'change' }),
    ['«changed» warning: dependency "pod" never matches: event source "el-pods" emits "change", not "changed" (eventName: change)'],
  ],
  [
    'an EventListener that is not there',
    hearing + listener({ name: 'pod' }),
    ['«el-pods» warning: dependency "pod" names the event source "el-pods", which none of these files holds (eventSourceName: el-pod)'],
  ],
  [
    'two rules of one name',
    source() + source({ entry: 'resource: pods, eventTypes: [ADD]' }),
    ['«pods» warning: EventSource default/pods is there twice: this one takes the place of the one at rules.yaml:2'],
  ],
])('warns of %s', (_name, text, expected) => {
  expect(findingsIn(text)).toEqual(expected);
});

test.each([
  ['a sensor alone', sensor()],
  ['a sensor with sources of another namespace only', sensor() + source().replace('{name: pods}', '{name: others, namespace: other}')],
  ['a sensor with its source', sensor() + source()],
  ['a sensor with its EventListener, beside other sources', hearing + listener() + source()],
  ['triggers that stand elsewhere', hearing + listener({ trigger: 'x', more: ', labelSelector: {matchLabels: {a: b}}' })],
  ['a sensor, its source and their bus', sensor() + source() + eventBus('default')],
  ['filters that fit', sensor({ dependency: data('path: type, value: ["^(ADD|DELETE)$"]') }) + source()],
  [
    'paths after a transform',
    sensor({ dependency: ', transform: {jq: .body}', parameters: '[{src: {dependencyName: pod, dataKey: metadata.name}, dest: data.x}]' }) +
      source(),
  ],
  [
    'metadata that the source adds',
    sensor({ parameters: '[{src: {dependencyName: pod, dataKey: metadata.team}, dest: data.x}]' }) +
      source({ entry: 'resource: pods, eventTypes: [ADD], metadata: {team: a}' }),
  ],
  ['names of two namespaces', source() + source().replace('name: pods', 'name: pods, namespace: other')],
])('says nothing of %s', (_name, text) => {
  expect(findingsIn(text)).toEqual([]);
});

test('rules of other systems travel on the default bus, and those that only others use on none', () => {
  const binding =
    '---\napiVersion: triggers.tekton.dev/v1beta1\nkind: TriggerBinding\nmetadata: {name: a}\nspec: {params: [{name: a, value: b}]}\n';

  expect(findingsIn(listener() + binding + eventBus('main'))).toEqual([
    '«{triggers: [{name: changed» warning: the EventBus "default", which is used when none is named, is not among these files in namespace "default"',
  ]);
});

test('the default bus is missed only beside another one: in another folder, it is elsewhere', () => {
  const load = (file: string, text: string) => loadText(file, text, { namespace: 'default' }).objects;
  const rule = load('rules/sensor.yaml', sensor());
  const findings = (busFile: string, more: typeof rule = []) => checkTogether([...rule, ...load(busFile, eventBus('main')), ...more]).size;

  expect(findings('rules/bus.yaml')).toBe(1);
  expect(findings('others/bus.yaml')).toBe(0);
  expect(findings('rules/bus.yaml', load('others/default.yaml', eventBus('default')))).toBe(0);
});
