import { expect, test } from 'vitest';
import type { JsonObject } from '../../../../src/core/json/json.ts';
import { upgradeListener } from '../../../../src/dialects/tekton/upgrade/listener.ts';
import { upgradeTemplate } from '../../../../src/dialects/tekton/upgrade/template.ts';
import { upgradeTrigger } from '../../../../src/dialects/tekton/upgrade/trigger.ts';

const old = (kind: string, spec: JsonObject): JsonObject => ({
  apiVersion: 'triggers.tekton.dev/v1alpha1',
  kind,
  metadata: { name: 'n' },
  spec,
});

test('what once stood in a listener itself stands under its resources', () => {
  const { object } = upgradeListener(
    old('EventListener', { replicas: 0, serviceType: 'NodePort', podTemplate: { nodeSelector: { disk: 'ssd' } }, triggers: [] }),
  );

  expect(object['apiVersion']).toBe('triggers.tekton.dev/v1beta1');
  expect(object['spec']).toEqual({
    triggers: [],
    resources: {
      kubernetesResource: { replicas: 1, serviceType: 'NodePort', spec: { template: { spec: { nodeSelector: { disk: 'ssd' } } } } },
    },
  });
});

test('what stands under its resources already counts for more', () => {
  const { object } = upgradeListener(old('EventListener', { replicas: 3, resources: { kubernetesResource: { replicas: 2 } } }));

  expect(object['spec']).toEqual({ resources: { kubernetesResource: { replicas: 2 } } });
});

test('bindings are named by name, or stand where they are used', () => {
  const bindings = [{ name: 'push' }, { name: 'a', value: 'b' }, { name: 'inline', spec: { params: [{ name: 'c', value: 'd' }] } }];
  const { object } = upgradeTrigger(old('Trigger', { bindings, template: { name: 'build' } }));

  expect(object['spec']).toEqual({
    bindings: [{ ref: 'push' }, { name: 'a', value: 'b' }, { name: 'c', value: 'd' }],
    template: { ref: 'build' },
  });
});

test('in the version of today a name without a value is a mistake, and stays one', () => {
  const { object } = upgradeTrigger({ ...old('Trigger', { bindings: [{ name: 'push' }] }), apiVersion: 'triggers.tekton.dev/v1beta1' });

  expect(object['spec']).toEqual({ bindings: [{ name: 'push' }] });
});

test('interceptors of the groups had fields of their own too', () => {
  const { object } = upgradeListener(old('EventListener', { triggerGroups: [{ name: 'g', interceptors: [{ cel: { filter: 'true' } }] }] }));

  expect(object['spec']).toEqual({
    triggerGroups: [
      {
        name: 'g',
        interceptors: [
          {
            ref: { name: 'cel', kind: 'ClusterInterceptor' },
            params: [
              { name: 'filter', value: 'true' },
              { name: 'overlays', value: null },
            ],
          },
        ],
      },
    ],
  });
});

test('params in the old form are taken for those of the template, and said to be old', () => {
  const resource = { apiVersion: 'v1', kind: 'ConfigMap', metadata: { name: '$(params.name)-$(params.other)' } };
  const { object, findings } = upgradeTemplate(old('TriggerTemplate', { params: [{ name: 'name' }], resourcetemplates: [resource] }));

  expect(object['spec']).toMatchObject({ resourcetemplates: [{ metadata: { name: '$(tt.params.name)-$(params.other)' } }] });
  expect(findings).toMatchObject([
    { severity: 'warning', path: ['spec', 'resourcetemplates', 0, 'metadata', 'name'], offset: 0, hint: 'write $(tt.params.name)' },
  ]);
});

test.each([[{}], [{ spec: 'x' }], [{ spec: { triggers: 'x', triggerGroups: {}, resources: 1 } }]])('%j is left to the schema', (rest) => {
  const { object } = upgradeListener({ kind: 'EventListener', ...(rest as JsonObject) });

  expect(object).toEqual({ kind: 'EventListener', ...rest, apiVersion: 'triggers.tekton.dev/v1beta1' });
});

test('of several interceptors in one entry none is lost', () => {
  const entry = { github: { eventTypes: ['push'] }, cel: { filter: 'body.ref == "main"' } };
  const { object } = upgradeTrigger(old('Trigger', { interceptors: [entry], template: { ref: 'build' } }));

  expect((object['spec'] as JsonObject)['interceptors']).toEqual([
    {
      ref: { name: 'github', kind: 'ClusterInterceptor' },
      params: [
        { name: 'secretRef', value: null },
        { name: 'eventTypes', value: ['push'] },
      ],
    },
    {
      ref: { name: 'cel', kind: 'ClusterInterceptor' },
      params: [
        { name: 'filter', value: 'body.ref == "main"' },
        { name: 'overlays', value: null },
      ],
    },
  ]);
});
