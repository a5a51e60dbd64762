import { expect, test } from 'vitest';
import { findingsIn } from '../../../support/findings.ts';

const apiVersion = 'triggers.tekton.dev/v1beta1';

const binding = (name: string, params: string, kind = 'TriggerBinding') => `---
apiVersion: ${apiVersion}
kind: ${kind}
metadata: {name: ${name}}
spec: {params: [${params}]}
`;

const template = (name: string, params: string, uses: string) => `---
apiVersion: ${apiVersion}
kind: TriggerTemplate
metadata: {name: ${name}}
spec:
  params: [${params}]
  resourcetemplates: [{apiVersion: v1, kind: ConfigMap, metadata: {generateName: x-}, data: {a: ${uses}}}]
`;

const listener = (trigger: string) => `---
apiVersion: ${apiVersion}
kind: EventListener
metadata: {name: git}
spec: {triggers: [${trigger}]}
`;

const push = binding('push', '{name: url, value: $(body.url)}');
const build = template(
  'build',
  '{name: url}, {name: rev}, {name: level, default: "1"}',
  '$(tt.params.url) $(tt.params.rev) $(tt.params.level)',
);

test.each([
  [
    'a binding that is not there',
    listener('{bindings: [{ref: pusch}], template: {ref: build}}') + push + build,
    ['«pusch» warning: the TriggerBinding "pusch" is not among these files in namespace "default" (ref: push)'],
  ],
  [
    'a binding of the cluster that is not there',
    listener('{bindings: [{ref: al, kind: ClusterTriggerBinding}], template: {ref: build}}') +
      binding('all', '{name: a, value: b}', 'ClusterTriggerBinding') +
      build,
    ['«al» warning: the ClusterTriggerBinding "al" is not among these files (ref: all)'],
  ],
  [
    'a template that is not there',
    listener('{bindings: [{ref: push}], template: {ref: deploy}}') + push + build,
    ['«deploy» warning: the TriggerTemplate "deploy" is not among these files in namespace "default"'],
  ],
  [
    'a Trigger that is not there',
    `${listener('{triggerRef: one}')}---\napiVersion: ${apiVersion}\nkind: Trigger\nmetadata: {name: two}\nspec: {template: {ref: build}}\n`,
    ['«one» warning: the Trigger "one" is not among these files in namespace "default"'],
  ],
  [
    'a param that nobody gives',
    listener('{bindings: [{ref: push}], template: {ref: build}}') + push + build,
    [
      '«{ref: build» warning: the template asks for the param "rev", which no binding gives and which has no default: $(tt.params.rev) stays as it is' +
        ' (add to `bindings`: {name: rev, value: $(body.…)})',
    ],
  ],
  [
    'a param that is given twice',
    listener('{bindings: [{ref: push}, {name: url, value: x}], template: {ref: build}}') + push + build,
    ['«[{ref: push» warning: the param "url" is there twice (it is given by TriggerBinding default/push and by the trigger itself)'],
  ],
  [
    'what an old form says, in its own place',
    listener('{bindings: [{ref: push}, {name: rev, value: x}], template: {name: buld}}').replace('v1beta1', 'v1alpha1') + push + build,
    ['«{name: buld» warning: the TriggerTemplate "buld" is not among these files in namespace "default" (ref: build)'],
  ],
])('%s is told', (_, text, findings) => {
  expect(findingsIn(text)).toEqual(findings);
});

test('what meets is not told of, nor what may be in the cluster', () => {
  const whole = '{bindings: [{ref: push}, {name: rev, value: x}], template: {ref: build}}';

  expect(findingsIn(listener(whole) + push + build)).toEqual([]);
  expect(findingsIn(listener(whole))).toEqual([]);
  expect(findingsIn(listener(whole) + build)).toEqual([]);
});
