import { expect, test } from 'vitest';
import { askKube } from '../../src/cli/commands/validate/ask-kube.ts';
import { EngineError } from '../../src/core/errors/engine-error.ts';
import type { Need } from '../../src/core/kube/need.ts';
import { checkRule } from '../../src/manifests/check.ts';
import { loadText } from '../../src/manifests/load.ts';
import { needsOf } from '../../src/manifests/needs.ts';
import { memoryKube } from '../support/memory-kube.ts';

const needs = (text: string): Need[] => needsOf(checkRule(loadText('f', text, { namespace: 'team' }).objects[0]!.object)!.rule!);

const sensor = (k8s: string, parameters = '[]') => `apiVersion: argoproj.io/v1alpha1
kind: Sensor
metadata: {name: s}
spec:
  dependencies: [{name: d, eventSourceName: s, eventName: e}]
  triggers: [{template: {name: t, k8s: {${k8s}}}, parameters: ${parameters}}]
`;
const resource = 'source: {resource: {apiVersion: apps/v1, kind: Deployment, metadata: {name: x, namespace: other}}}';
const path = ['spec', 'triggers', 0, 'template', 'k8s', 'source', 'resource', 'kind'];
const type = { apiVersion: 'apps/v1', kind: 'Deployment' };

test('a source has to list and watch, a trigger to do what it does', () => {
  const source = `apiVersion: argoproj.io/v1alpha1
kind: EventSource
metadata: {name: s}
spec: {resource: {e: {version: v1, resource: pods, eventTypes: [ADD]}}}
`;

  expect(needs(source)).toEqual([
    {
      what: 'access',
      type: { group: '', version: 'v1', resource: 'pods' },
      verbs: ['list', 'watch'],
      namespace: '',
      path: ['spec', 'resource', 'e', 'resource'],
    },
  ]);
  expect(needs(sensor(`operation: update, ${resource}`))).toEqual([
    { what: 'access', type, verbs: ['get', 'create', 'update'], namespace: 'other', path },
  ]);
});

test('what a policy looks at it must be able to get, and a dlqTrigger needs what it does', () => {
  const text = `apiVersion: argoproj.io/v1alpha1
kind: Sensor
metadata: {name: s}
spec:
  dependencies: [{name: d, eventSourceName: s, eventName: e}]
  triggers:
    - template: {name: t, k8s: {operation: apply, ${resource}}}
      policy: {k8s: {labels: {done: "true"}}}
      atLeastOnce: true
      dlqTrigger:
        template: {name: late, k8s: {operation: delete, ${resource}}}
        atLeastOnce: true
`;

  expect(needs(text)).toEqual([
    { what: 'access', type, verbs: ['patch', 'create', 'get'], namespace: 'other', path },
    {
      what: 'access',
      type,
      verbs: ['delete'],
      namespace: 'other',
      path: ['spec', 'triggers', 0, 'dlqTrigger', 'template', 'k8s', 'source', 'resource', 'kind'],
    },
  ]);
});

test('where an event chooses, as much is asked as can be known', () => {
  const chosen = (dest: string) => `[{src: {dependencyName: d, dataKey: x}, dest: ${dest}}]`;

  expect(needs(sensor(resource, chosen('k8s.operation')))).toEqual([
    { what: 'access', type, verbs: ['get', 'create', 'update', 'delete'], namespace: 'other', path },
  ]);
  expect(needs(sensor(`${resource}, parameters: ${chosen('metadata.namespace')}`))).toMatchObject([{ namespace: undefined }]);
  expect(needs(sensor(`${resource}, parameters: ${chosen('kind')}`))).toEqual([]);
});

test('Secrets and ConfigMaps that a rule names must have their keys', async () => {
  const text = sensor('source: {configmap: {name: templates, key: job}}');
  const kube = memoryKube();
  const [need] = needs(text);

  expect(need).toEqual({
    what: 'key',
    kind: 'ConfigMap',
    namespace: 'team',
    name: 'templates',
    key: 'job',
    path: ['spec', 'triggers', 0, 'template', 'k8s', 'source', 'configmap'],
  });
  expect((await askKube(kube, need!)).map(({ message }) => message)).toEqual([
    'ConfigMap team/templates has no readable key "job": there is no such ConfigMap',
  ]);

  kube.put({ apiVersion: 'v1', kind: 'ConfigMap', metadata: { name: 'templates', namespace: 'team' }, data: { other: 'x' } });
  expect((await askKube(kube, need!)).map(({ message }) => message)).toEqual([
    'ConfigMap team/templates has no readable key "job": it has other',
  ]);

  kube.put({ apiVersion: 'v1', kind: 'ConfigMap', metadata: { name: 'templates', namespace: 'team' }, data: { job: 'x' } });
  expect(await askKube(kube, need!)).toEqual([]);
});

test('an API server that is away is no finding', async () => {
  const kube = memoryKube();
  kube.refuse = () => new EngineError('UNREACHABLE_KUBE', { server: 'x', reason: 'gone' });

  await expect(askKube(kube, needs(sensor('source: {configmap: {name: a, key: b}}'))[0]!)).rejects.toThrow('cannot be reached');
});
