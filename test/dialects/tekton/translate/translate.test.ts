import { expect, test } from 'vitest';
import type { JsonObject } from '../../../../src/core/json/json.ts';
import type { DialectRule, DialectWorld } from '../../../../src/dialects/dialect.ts';
import { Outcomes } from '../../../../src/dialects/outcomes.ts';
import { translateTekton } from '../../../../src/dialects/tekton/translate/index.ts';
import { checkRule } from '../../../../src/manifests/check.ts';
import { TestClock } from '../../../support/clock.ts';

const world: DialectWorld = {
  publish: async () => {},
  sinkOf: () => undefined,
  display: undefined,
  outcomes: new Outcomes(new TestClock()),
  isHeard: () => false,
  portOf: (_, wanted) => wanted ?? 8080,
  ingressPort: 8090,
  addressOf: ({ name, namespace }, port) => `http://el-${name}.${namespace}.svc.cluster.local:${port}`,
};

const object = (kind: string, name: string, spec: JsonObject): JsonObject => ({
  apiVersion: 'triggers.tekton.dev/v1beta1',
  kind,
  metadata: { name, ...(kind.startsWith('Cluster') ? {} : { namespace: 'ci' }) },
  spec,
});

function translated(...objects: JsonObject[]) {
  const rules = objects.map((one): DialectRule => {
    const { rule } = checkRule(one)!;
    return { kind: rule!.kind, apiVersion: String(one['apiVersion']), ...(rule!.value as Pick<DialectRule, 'metadata' | 'spec'>) };
  });
  return translateTekton(rules, world);
}

const listener = (spec: JsonObject = {}): JsonObject => object('EventListener', 'hooks', { triggers: [{ triggerRef: 'push' }], ...spec });
const trigger = object('Trigger', 'push', {
  bindings: [{ ref: 'push' }, { ref: 'all', kind: 'ClusterTriggerBinding' }],
  template: { ref: 'build' },
});
const binding = (value: string): JsonObject => object('TriggerBinding', 'push', { params: [{ name: 'a', value }] });
const clusterBinding = object('ClusterTriggerBinding', 'all', { params: [{ name: 'b', value: 'c' }] });
const template = object('TriggerTemplate', 'build', { resourcetemplates: [{ apiVersion: 'v1', kind: 'ConfigMap' }] });
const unrelated = object('TriggerTemplate', 'other', { resourcetemplates: [{ apiVersion: 'v1', kind: 'ConfigMap' }] });

const all = [listener(), trigger, binding('x'), clusterBinding, template];

test('a listener becomes one that listens and one sensor, which stand for all that it names', () => {
  const { parts } = translated(...all, unrelated);

  expect(parts.map(({ id, namespace, rules }) => ({ id, namespace, rules: rules.map(({ kind, name }) => `${kind} ${name}`) }))).toEqual([
    {
      id: 'EventListener ci/hooks',
      namespace: 'ci',
      rules: ['EventListener hooks', 'Trigger push', 'TriggerBinding push', 'ClusterTriggerBinding all', 'TriggerTemplate build'],
    },
    { id: 'EventListener ci/hooks (HTTP)', namespace: 'ci', rules: ['EventListener hooks'] },
  ]);
});

test('only what would behave differently is started anew', () => {
  const prints = (...objects: JsonObject[]) => translated(...objects).parts.map(({ fingerprint }) => fingerprint);
  const [sensor, http] = prints(...all);

  expect(prints(...all, unrelated)).toEqual([sensor, http]);
  expect(prints(listener(), trigger, binding('y'), clusterBinding, template)).toEqual([expect.not.stringMatching(sensor!), http]);
  const resources = { kubernetesResource: { servicePort: 9000 } };
  expect(prints(listener({ resources }), ...all.slice(1))[1]).not.toBe(http);
});

test('how a listener stands says where it is called, and what it lacks', () => {
  const standingIn = (...objects: JsonObject[]) => translated(...objects).standings[0];
  const rule = { kind: 'EventListener', namespace: 'ci', name: 'hooks' };
  const status = { address: { url: 'http://el-hooks.ci.svc.cluster.local:8080' }, configuration: { generatedName: 'el-hooks' } };

  expect(standingIn(...all)).toEqual({ rule, status });
  expect(standingIn(listener(), trigger, binding('x'), template)).toEqual({
    rule,
    status,
    problem: {
      reason: 'ClusterTriggerBindingMissing',
      message: 'there is no ClusterTriggerBinding all; events that need it wait for it',
    },
  });
  expect(standingIn(listener())?.problem?.message).toBe('there is no Trigger ci/push; events that need it wait for it');
});

test('a listener with a certificate is called by https, on the port that Tekton gives it', () => {
  const env = ['CERT', 'KEY'].map((one) => ({ name: `TLS_${one}`, valueFrom: { secretKeyRef: { name: 'tls', key: one.toLowerCase() } } }));
  const resources = { kubernetesResource: { spec: { template: { spec: { containers: [{ env }] } } } } };
  const { parts, standings } = translated(listener({ resources }), ...all.slice(1));

  expect(standings[0]?.status).toMatchObject({ address: { url: 'https://el-hooks.ci.svc.cluster.local:8443' } });
  const [, http] = parts.map(({ runs }) => runs);
  expect('listener' in http! && http.listener.spec).toMatchObject({
    port: 8443,
    tls: { cert: { name: 'tls', key: 'cert' }, key: { name: 'tls', key: 'key' } },
  });
});
