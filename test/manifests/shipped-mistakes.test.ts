import { expect, test } from 'vitest';
import { findingsIn } from '../support/findings.ts';

/** The mistakes in the YAML that Argo ships, one by one: each is named where it stands, with what is right. */
const sensor = (trigger: string) => `apiVersion: argoproj.io/v1alpha1
kind: Sensor
metadata: {name: s}
spec:
  dependencies: [{name: d, eventSourceName: es, eventName: e}]
  triggers:
    - template:
        name: t
${trigger.replace(/^/gm, '        ')}
`;

const source = (spec: string) => `apiVersion: argoproj.io/v1alpha1
kind: EventSource
metadata: {name: es}
spec:
${spec.replace(/^/gm, '  ')}
`;

const create = (from: string, beside = '') => sensor(`k8s:\n  operation: create\n${beside}  source: {${from}}`);
const webhook = 'webhook: {e: {endpoint: /e, port: "12000", method: POST}}';

test.each([
  [
    'a policy under the template',
    sensor('log: {}\npolicy: {status: {allow: [200]}}'),
    ['«policy: {status: {allow: [200» warning: unknown field "policy" is ignored (`policy` stands beside `template`, not under it)'],
  ],
  [
    'atLeastOnce under the template',
    sensor('log: {}\natLeastOnce: true'),
    ['«atLeastOnce: true» warning: unknown field "atLeastOnce" is ignored (`atLeastOnce` stands beside `template`, not under it)'],
  ],
  [
    'the URL of http as serverURL',
    sensor('http:\n  serverURL: http://x\n  method: POST'),
    [
      '«serverURL: http://x» error: server URL is not specified',
      '«serverURL: http://x» warning: unknown field "serverURL" is ignored (did you mean "url"?)',
    ],
  ],
  [
    'openWhisk in small letters',
    sensor('openwhisk: {host: h, actionName: a}'),
    [
      '«name: t» error: set exactly one of k8s, argoWorkflow, http, kafka, nats, slack, custom, log, email, tekton; found none',
      '«openwhisk: {host: h» warning: unknown field "openwhisk" is ignored (did you mean "openWhisk"?)',
    ],
  ],
  [
    'verifyCert in small letters',
    create('url: {path: "https://x/y.yaml", verifycert: false}'),
    ['«verifycert: false» warning: unknown field "verifycert" is ignored (did you mean "verifyCert"?)'],
  ],
  [
    'the namespace of a git repository, and the path of its key',
    create('git: {url: "git@x:y.git", filePath: z, namespace: argo, sshKeyPath: /k, sshKeySecret: {name: a, key: b}}'),
    [
      '«namespace: argo» warning: unknown field "namespace" is ignored (it is always that of the rule)',
      '«sshKeyPath: /k» warning: unknown field "sshKeyPath" is ignored (did you mean "sshKeySecret"?)',
    ],
  ],
  [
    'replicas in the singular',
    source(`replica: 1\n${webhook}`),
    ['«replica: 1» warning: unknown field "replica" is ignored (did you mean "replicas"?)'],
  ],
  [
    'what a k8s trigger acts on, beside the object',
    create('resource: {apiVersion: v1, kind: Pod, metadata: {name: x}}', '  group: ""\n  version: v1\n  resource: pods\n'),
    [
      '«group: ""» warning: unknown field "group" is ignored (`apiVersion` of the object says it)',
      '«version: v1» warning: unknown field "version" is ignored (`apiVersion` of the object says it)',
      '«resource: pods» warning: unknown field "resource" is ignored (`kind` of the object says it)',
    ],
  ],
  [
    'the type of a source beside its entries',
    source(`type: webhook\n${webhook}`),
    ['«type: webhook» warning: unknown field "type" is ignored (the name of the field that holds the entries is their type)'],
  ],
  [
    'the namespace of an entry',
    source('stripe: {e: {namespace: argo, webhook: {endpoint: /e, port: "12000"}, eventFilter: ["*"], signingSecret: {name: a, key: b}}}'),
    ['«namespace: argo» warning: unknown field "namespace" is ignored (it is always that of the rule)'],
  ],
])('%s', (_, text, expected) => {
  expect(findingsIn(text)).toEqual(expected);
});
