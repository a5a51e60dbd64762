import { expect, test } from 'vitest';
import { findingsIn } from '../support/findings.ts';

test('a finding of an item of a List stands in that item', () => {
  const text = `apiVersion: v1
kind: List
items:
  - {apiVersion: v1, kind: ConfigMap, metadata: {name: a}}
  - apiVersion: argoproj.io/v1alpha1
    kind: EventSource
    metadata: {name: a}
    spec: {resource: {e: {version: v1, resource: Pod, eventTypes: [ADD]}}}
  - kind: ConfigMap
`;

  expect(findingsIn(text)).toEqual([
    '«Pod» warning: "Pod" is no plural name of a resource in lower case, so there is nothing to watch (resource: pods)',
    '«kind: ConfigMap» error: a rule file holds Kubernetes objects, but this document is an object of kind ConfigMap without apiVersion (give it `apiVersion`, `kind` and `metadata.name`)',
  ]);
});

const entry = (fields: string) => `apiVersion: argoproj.io/v1alpha1
kind: EventSource
metadata: {name: a}
spec: {resource: {e: {eventTypes: [ADD], ${fields}}}}
`;

test.each([
  ['version: apps/v1, resource: deployments', '«apps/v1» warning: the version is "v1", and "apps" is the group (group: apps, version: v1)'],
  [
    'version: v1, resource: deployments',
    '«deployments» warning: there is no resource "deployments" in the core group (it is in apps/v1: set group and version)',
  ],
  [
    'version: v1, resource: pods, filter: {fields: [{key: body.metadata.name, operation: "==", value: x}]}',
    '«body.metadata.name» warning: "body.metadata.name" is never there: a field selector looks into the object itself, so nothing is ever sent (key: metadata.name)',
  ],
  [
    'version: v1, resource: pods, filter: {fields: [{key: metadata.name, operation: "!=", value: ""}]}',
    '«""» warning: the value is a pattern, and an empty one matches every text: with "!=" nothing is ever sent (to ask that the field is there and not empty: {operation: "==", value: ".+"})',
  ],
])('a resource source with %s is warned about', (fields, expected) => {
  expect(findingsIn(entry(fields))).toEqual([expected]);
});

const unknown = (place: string) => `apiVersion: argoproj.io/v1alpha1
kind: Sensor
metadata: {name: a}
spec:
  dependencies: [{name: d, eventSourceName: s, eventName: e}]
  triggers:
    - template: {name: t, log: {}${place}}
`;

test.each([
  ['policy', ', policy: {}', '`policy` stands beside `template`, not under it'],
  ['atLeastOnce', ', atLeastOnce: true', '`atLeastOnce` stands beside `template`, not under it'],
  ['retryStrategy', ', retryStrategy: {}', '`retryStrategy` stands beside `template`, not under it'],
  ['rateLimit', ', rateLimit: {}', '`rateLimit` stands beside `template`, not under it'],
  ['condition', ', condition: d', 'did you mean "conditions"?'],
  ['operation', ', operation: d', '`operation` belongs under `k8s` or `argoWorkflow`'],
])('an unknown field %s says where it belongs', (field, place, hint) => {
  expect(findingsIn(unknown(place)).map((one) => one.replace(/«[^»]*»/, '«»'))).toEqual([
    `«» warning: unknown field "${field}" is ignored (${hint})`,
  ]);
});

test.each(['argoproj/v1alpha1', 'argoproj.io/v1alpa1', 'argoproj.io/v1'])('a kind of ours in %s is told its API version', (apiVersion) => {
  expect(findingsIn(`apiVersion: ${apiVersion}\nkind: Sensor\nmetadata: {name: a}\n`)).toEqual([
    `«${apiVersion}» error: unknown kind "Sensor" in ${apiVersion} (apiVersion: argoproj.io/v1alpha1)`,
  ]);
});
