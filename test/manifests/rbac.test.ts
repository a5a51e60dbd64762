import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { checkRule } from '../../src/manifests/check.ts';
import { type RbacOptions, rbacText } from '../../src/manifests/generate/rbac.ts';
import { loadRules, loadText } from '../../src/manifests/load.ts';
import type { Rule } from '../../src/manifests/rule.ts';

const examples = join(import.meta.dirname, '..', '..', 'examples');

const rulesIn = (text: string): Rule[] =>
  loadText('f', text, { namespace: 'team' }).objects.map(({ object }) => {
    const { rule, findings } = checkRule(object)!;
    if (!rule) throw new Error(JSON.stringify(findings));
    return rule;
  });

/** "Role team/sa: core get secrets (a, b)", a line for each rule of a Role, and the comments. */
function shown(text: string, options: RbacOptions = {}): string[] {
  const yaml = rbacText(rulesIn(text), options);
  const comments = yaml.split('\n').filter((line) => line.startsWith('#'));
  const rules = loadText('rbac', yaml).objects.flatMap(({ object }) => {
    const {
      kind,
      metadata,
      rules = [],
    } = object as unknown as {
      kind: string;
      metadata: { name: string; namespace?: string };
      rules?: { apiGroups: string[]; resources: string[]; resourceNames?: string[]; verbs: string[] }[];
    };
    const name = metadata.namespace === undefined ? metadata.name : `${metadata.namespace}/${metadata.name}`;
    return rules.map(
      ({ apiGroups, resources, resourceNames, verbs }) =>
        `${kind} ${name}: ${apiGroups[0] || 'core'} ${resources.join(',')}${resourceNames ? ` (${resourceNames.join(', ')})` : ''} ${verbs.join(',')}`,
    );
  });
  return [...comments, ...rules];
}

const eventSource = (spec: string) => `apiVersion: argoproj.io/v1alpha1
kind: EventSource
metadata: {name: es}
spec:
  template: {serviceAccountName: sa}
  ${spec}
`;
const sensor = (template: string, more = '') => `apiVersion: argoproj.io/v1alpha1
kind: Sensor
metadata: {name: sn}
spec:
  template: {serviceAccountName: sa}
  dependencies: [{name: dep, eventSourceName: es, eventName: e}]
  triggers:
    - template: {name: t, ${template}}
      ${more}
`;

test.each([
  [
    'a watch in one namespace',
    eventSource('resource: {r: {namespace: other, version: v1, resource: pods, eventTypes: [ADD]}}'),
    ['Role other/sa: core pods list,watch'],
  ],
  [
    'a watch of all namespaces',
    eventSource('resource: {r: {version: v1, resource: pods, eventTypes: [ADD]}}'),
    ['ClusterRole team-sa: core pods list,watch'],
  ],
  [
    'a watch of what lives in no namespace',
    eventSource('resource: {r: {namespace: other, version: v1, resource: nodes, eventTypes: [ADD]}}'),
    ['ClusterRole team-sa: core nodes list,watch'],
  ],
  [
    'an object whose namespace an event says',
    sensor(
      'k8s: {operation: create, source: {resource: {apiVersion: batch/v1, kind: Job, metadata: {name: x}}}, parameters: [{src: {dependencyName: dep, dataKey: ns}, dest: metadata.namespace}]}',
    ),
    ['ClusterRole team-sa: batch jobs get,create'],
  ],
  [
    'a live object',
    sensor('k8s: {operation: update, liveObject: true, source: {resource: {apiVersion: apps/v1, kind: Deployment, metadata: {name: x}}}}'),
    ['Role team/sa: apps deployments get,create,update'],
  ],
  [
    'a kind that nobody knows',
    sensor('k8s: {operation: create, source: {resource: {apiVersion: example.com/v1, kind: Foo, metadata: {name: x}}}}'),
    ['# Not in here: Sensor sn: create, get Foo of example.com/v1, whose plural only the API server knows.'],
  ],
  [
    'a password from a Secret',
    sensor('http: {url: "https://x", basicAuth: {username: {name: s, key: u}, password: {name: s, key: p}}}'),
    ['Role team/sa: core secrets (s) get'],
  ],
  [
    'a header from a Secret',
    sensor('http: {url: "https://x", secureHeaders: [{name: A, valueFrom: {secretKeyRef: {name: s, key: u}}}]}'),
    ['Role team/sa: core secrets (s) get'],
  ],
  ['a run of Tekton', sensor('tekton: {pipeline: build}'), ['Role team/sa: tekton.dev pipelineruns get,create']],
  [
    'a workflow from a template of the cluster',
    sensor(
      'argoWorkflow: {operation: submit-from, source: {resource: {apiVersion: argoproj.io/v1alpha1, kind: ClusterWorkflowTemplate, metadata: {name: x}}}}',
    ),
    ['Role team/sa: argoproj.io workflows get,create', 'ClusterRole team-sa: argoproj.io clusterworkflowtemplates get'],
  ],
])('%s', (_, text, expected) => {
  expect(shown(text)).toEqual(expected);
});

test('whoever creates in the name of an account may do so in its name only', () => {
  const listener = `apiVersion: triggers.tekton.dev/v1beta1
kind: EventListener
metadata: {name: builds}
spec:
  triggers:
    - {name: a, serviceAccountName: builder, template: {ref: build}}
    - {name: b, serviceAccountName: tester, template: {ref: build}}
`;

  expect(shown(listener)).toEqual(['Role team/default: core serviceaccounts (builder, tester) impersonate']);
});

test('Secrets with which interceptors compare may be read', () => {
  const listener = `apiVersion: triggers.tekton.dev/v1beta1
kind: EventListener
metadata: {name: builds}
spec:
  triggers:
    - interceptors:
        - {ref: {name: github}, params: [{name: secretRef, value: {secretName: hook, secretKey: token}}]}
        - {ref: {name: cel}, params: [{name: filter, value: "header.canonical('X').compareSecret('key', \\"other\\")"}]}
      template: {ref: build}
`;

  expect(shown(listener)).toEqual(['Role team/default: core secrets (hook, other) get']);
});

test('who runs the rules of a cluster may read them, say how they stand, and do what they all need', () => {
  const rules = eventSource('resource: {r: {namespace: team, version: v1, resource: pods, eventTypes: [ADD]}}');
  const bus = `apiVersion: argoproj.io/v1alpha1
kind: EventBus
metadata: {name: default}
spec: {jetstreamExotic: {url: "nats://x", accessSecret: {name: bus, key: auth}}}
`;
  const fromCluster = { account: { namespace: 'system', name: 'engine' }, namespaces: ['team'] };

  expect(shown(`${rules}---\n${bus}`, { fromCluster })).toEqual([
    'Role team/engine: core events get,create,patch',
    'Role team/engine: core pods list,watch',
    'Role team/engine: core secrets (bus) get',
    'Role team/engine: argoproj.io eventbus,eventsources,sensors get,list,watch',
    'Role team/engine: argoproj.io eventbus/status,eventsources/status,sensors/status update',
  ]);
});

/** Where rules name an account, it is shown what that account needs. */
const withAccount = readdirSync(examples).filter((name) =>
  ['eventsource.yaml', 'sensor.yaml'].some((file) => {
    const path = join(examples, name, file);
    return existsSync(path) && readFileSync(path, 'utf8').includes('serviceAccountName');
  }),
);

test.each(withAccount)('examples/%s/rbac.yaml is what its rules need', async (name) => {
  const { objects } = await loadRules([join(examples, name)], { namespace: 'default' });
  const rules = objects.flatMap(({ object }) => checkRule(object)?.rule ?? []);
  const head = `# The least that these rules need on a cluster, as \`sensorium generate rbac examples/${name}\` writes it.\n`;

  expect(readFileSync(join(examples, name, 'rbac.yaml'), 'utf8')).toBe(head + rbacText(rules));
});
