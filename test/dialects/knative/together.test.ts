import { expect, test } from 'vitest';
import { findingsIn } from '../../support/findings.ts';

const trigger = ({ broker = 'orders', to = 'uri: http://till/', more = '' } = {}) => `---
apiVersion: eventing.knative.dev/v1
kind: Trigger
metadata: {name: made}
spec: {broker: ${broker}, subscriber: {${to}}${more}}
`;

const object = (group: string, kind: string, name: string, spec = '{}', namespace = 'default') => `---
apiVersion: ${group}
kind: ${kind}
metadata: {name: ${name}, namespace: ${namespace}}
spec: ${spec}
`;

const broker = (name: string, namespace = 'default') => object('eventing.knative.dev/v1', 'Broker', name, '{}', namespace);
const channel = object('messaging.knative.dev/v1', 'Channel', 'orders');
const listener = object('triggers.tekton.dev/v1beta1', 'EventListener', 'forge', '{triggers: [{name: a, template: {ref: a}}]}');
const subscription = (name: string) =>
  object(
    'messaging.knative.dev/v1',
    'Subscription',
    'copy',
    `{channel: {apiVersion: messaging.knative.dev/v1, kind: Channel, name: ${name}}, subscriber: {uri: "http://x/"}}`,
  );

test.each([
  [
    'a Broker that is not there, beside another',
    trigger({ broker: 'order' }) + broker('orders'),
    ['«order» warning: the Broker "order" is not among these files in namespace "default" (broker: orders)'],
  ],
  [
    'a Broker of another namespace',
    trigger({ broker: 'sales', more: ', brokerRef: {name: sales, namespace: shop}' }) + broker('orders', 'shop'),
    ['«sales» warning: the Broker "sales" is not among these files in namespace "shop"'],
  ],
  [
    'a Channel that is not there, beside another',
    subscription('order') + channel,
    ['«order» warning: the Channel "order" is not among these files in namespace "default" (name: orders)'],
  ],
  [
    'a subscriber that is not there',
    trigger({ to: 'ref: {apiVersion: messaging.knative.dev/v1, kind: Channel, name: copies}' }) + broker('orders') + channel,
    ['«copies» warning: the Channel "copies" is not among these files in namespace "default"'],
  ],
  [
    'an EventListener that is not there, by its address',
    trigger({ to: 'uri: "http://el-forges:8080"' }) + broker('orders') + listener,
    ['«"http://el-forges:8080"» warning: the EventListener "forges" is not among these files in namespace "default" (uri: forge)'],
  ],
  [
    'an attribute that would have to be two things',
    trigger({ more: ', filters: [{exact: {type: a}}, {all: [{exact: {type: b}}]}]' }),
    ['«b» warning: no event passes: its type would have to be "a" and be "b" (put the two under `any`, if one of them is enough)'],
  ],
  [
    'a beginning that the whole does not have',
    trigger({ more: ', filters: [{prefix: {source: /a/}}, {exact: {source: /b}}]' }),
    [
      '«/b» warning: no event passes: its source would have to begin with "/a/" and be "/b" (put the two under `any`, if one of them is enough)',
    ],
  ],
])('warns of %s', (_name, text, expected) => {
  expect(findingsIn(text)).toEqual(expected);
});

test.each([
  ['a Trigger alone', trigger()],
  ['a Trigger with its Broker', trigger() + broker('orders')],
  ['a Trigger of the Broker that a label asks for', trigger({ broker: 'default' }) + broker('orders')],
  ['a receiver that others serve', trigger({ to: 'ref: {apiVersion: v1, kind: Service, name: till}' }) + channel],
  ['an EventListener with its address', trigger({ to: 'uri: "http://el-forge.default:8080"' }) + listener],
  [
    'comparisons that one event can pass',
    trigger({ more: ', filters: [{prefix: {type: a}}, {prefix: {type: ab}}, {suffix: {type: c}}, {any: [{exact: {type: x}}]}]' }),
  ],
])('says nothing of %s', (_name, text) => {
  expect(findingsIn(text)).toEqual([]);
});
