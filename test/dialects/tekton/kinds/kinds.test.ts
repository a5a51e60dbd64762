import { describe, expect, test } from 'vitest';
import { findingsIn } from '../../../support/findings.ts';

const listener = (spec: string, metadata = 'name: hooks'): string => `
apiVersion: triggers.tekton.dev/v1beta1
kind: EventListener
metadata: {${metadata}}
spec:
${spec.replace(/^/gm, '  ')}
`;

/** A trigger with its template in it, and more. */
const trigger = (more: string): string =>
  listener(`triggers:\n  - template: {spec: {resourcetemplates: [{apiVersion: v1, kind: ConfigMap}]}}\n    ${more}`);

const template = (spec: string): string => `
apiVersion: triggers.tekton.dev/v1beta1
kind: TriggerTemplate
metadata: {name: build}
spec:
${spec.replace(/^/gm, '  ')}
`;

describe('an EventListener', () => {
  test.each([
    [
      'no triggers',
      listener('serviceAccountName: x'),
      [
        '«serviceAccountName: x» error: this EventListener has no triggers, so nothing would ever come of what it hears (set triggers, triggerGroups, namespaceSelector or labelSelector)',
      ],
    ],
    [
      'a name too long for its Service',
      listener('labelSelector: {}', `name: ${'n'.repeat(61)}`),
      [`«${'n'.repeat(61)}» error: the name of an EventListener has at most 60 characters, and "${'n'.repeat(61)}" has 61`],
    ],
    [
      'an annotation with another word',
      listener('labelSelector: {}', 'name: hooks, annotations: {tekton.dev/payload-validation: "no"}'),
      ['«"no"» error: tekton.dev/payload-validation is "true" or "false", not "no"'],
    ],
    [
      'a trigger and the name of one',
      listener('triggers:\n  - {triggerRef: a, bindings: []}'),
      ['«{triggerRef: a» error: set exactly one of triggerRef, a trigger; found triggerRef and bindings'],
    ],
    ['neither', listener('triggers:\n  - {name: a}'), ['«{name: a» error: set exactly one of template, triggerRef; found none']],
    [
      'a name that is no label',
      trigger('name: github.com/a'),
      [
        '«github.com/a» error: the name of a trigger becomes a label of what it creates, and "github.com/a" cannot be one (letters, digits, "-", "_" and ".", at most 63, the first and the last a letter or digit)',
      ],
    ],
    [
      'a param without a value',
      trigger('bindings: [{name: push}]'),
      ['«{name: push» error: the param "push" has no value (value: $(body.…), or ref: push where it is the name of a binding)'],
    ],
    [
      'a filter that cannot be read',
      trigger('interceptors: [{ref: {name: cel}, params: [{name: filter, value: body.a ==}]}]'),
      ['«» error: CEL: it ends where a value should follow'],
    ],
    [
      'an empty interceptor',
      trigger('interceptors: [{}]'),
      ['«{» error: this interceptor is none: neither ref.name nor webhook is set (ref: {name: cel})'],
    ],
    [
      'a webhook with a header in small letters',
      trigger('interceptors: [{webhook: {objectRef: {kind: Service, apiVersion: v1, name: a}, header: [{name: x-team, value: a}]}}]'),
      ['«x-team» error: the header x-team is written X-Team (name: X-Team)'],
    ],
    [
      'a certificate without its key',
      listener(`labelSelector: {}
resources:
  kubernetesResource:
    spec: {template: {spec: {containers: [{env: [{name: TLS_CERT, valueFrom: {secretKeyRef: {name: a, key: b}}}]}]}}}`),
      ['«[{name: TLS_CERT» error: TLS needs a certificate and its key: TLS_CERT is there, and TLS_KEY is not'],
    ],
    [
      'an operator that is none',
      listener('labelSelector: {matchExpressions: [{key: a, operator: Like, values: [b]}]}'),
      ['«Like» error: there is no operator "Like" (one of In, NotIn, Exists, DoesNotExist)'],
    ],
    [
      'a group without triggers',
      listener('triggerGroups: [{name: g, interceptors: [{cel: {filter: "true"}}]}]'),
      ['«{name: g» error: this group has no triggers: neither labelSelector nor namespaceSelector is set'],
    ],
    [
      'an address that is none',
      listener('labelSelector: {}\ncloudEventURI: display'),
      ['«display» error: "display" is no address that events can be sent to (http://HOST/…)'],
    ],
  ])('with %s is refused', (_, text, findings) => {
    expect(findingsIn(text)).toEqual(findings);
  });

  test('that is right is not spoken of', () => {
    expect(findingsIn(trigger('name: push\n    bindings: [{name: url, value: $(body.repository.url)}]'))).toEqual([]);
  });
});

describe('a TriggerTemplate', () => {
  test.each([
    [
      'nothing to create',
      template('resourcetemplates: []'),
      ['«[» error: a template creates something, and this one has no resourcetemplates'],
    ],
    [
      'a param that is not declared',
      template('resourcetemplates: [{apiVersion: v1, kind: ConfigMap, data: {a: "$(tt.params.sha) $(tt.params.sha)"}}]'),
      [
        '«"$(tt.params.sha) $(tt.params.sha)"» error: $(tt.params.sha) is not declared in the params of the template (params: [{name: sha}])',
      ],
    ],
    [
      'an object without a kind',
      template('resourcetemplates: [{apiVersion: v1}]'),
      ['«{apiVersion: v1» error: an object that is created needs kind'],
    ],
    [
      'a PipelineResource',
      template('resourcetemplates: [{apiVersion: tekton.dev/v1alpha1, kind: PipelineResource}]'),
      [
        '«{apiVersion: tekton.dev/v1alpha1» error: a PipelineResource is not supported: Tekton has no such kind any more (give the run `params` and `workspaces`, and clone by a task)',
      ],
    ],
    [
      'resources of a run',
      template('resourcetemplates: [{apiVersion: tekton.dev/v1beta1, kind: PipelineRun, spec: {resources: []}}]'),
      [
        '«[» error: `resources` of a PipelineRun is not supported: PipelineResources are gone from Tekton (give the run `params` and `workspaces`, and clone by a task)',
      ],
    ],
  ])('with %s is refused', (_, text, findings) => {
    expect(findingsIn(text)).toEqual(findings);
  });
});

test('a binding has each param once, and no expression in an expression', () => {
  const text = `
apiVersion: triggers.tekton.dev/v1beta1
kind: TriggerBinding
metadata: {name: push}
spec: {params: [{name: a, value: $(body.$(body.b))}, {name: a, value: ""}]}
`;

  expect(findingsIn(text)).toEqual([
    '«$(body.$(body.b))» error: $(body.$(body.b)) has an expression within an expression (give the inner one a param of its own, or write a CEL overlay)',
    '«a» error: there is a param "a" in this binding already',
  ]);
});

test('of an expression in an expression that stands in a trigger the inner one is read, and that is said', () => {
  expect(findingsIn(trigger('bindings: [{name: a, value: $(body.$(body.b))}]'))).toEqual([
    '«$(body.$(body.b))» warning: $(body.$(body.b)) has an expression within an expression, and only the inner one is replaced (give the inner one a param of its own, or write a CEL overlay)',
  ]);
});

test('a kind that is empty is one that is left out', () => {
  expect(findingsIn(trigger('bindings: [{ref: push, kind: ""}]\n    interceptors: [{ref: {name: cel, kind: ""}}]'))).toEqual([]);
});

test.each(['a..b', 'a.-b', 'a-.b'])('%s is not the name of an object', (name) => {
  const text = template('resourcetemplates: [{apiVersion: v1, kind: ConfigMap}]').replace(/name: [\w-]+/, `name: ${name}`);

  expect(findingsIn(text).filter((one) => one.includes(`error: "${name}" cannot be the name of a TriggerTemplate`))).toHaveLength(1);
});

test('the names of fields are read in any case, as Go reads them', () => {
  expect(
    findingsIn(template('Params: [{Name: a}]\nresourceTemplates: [{apiVersion: v1, kind: ConfigMap, data: {a: $(tt.params.a)}}]')),
  ).toEqual([]);
  expect(findingsIn(trigger('bindings: [{ref: push, apiVersion: v1beta1}]').replace('resourcetemplates', 'resourceTemplates'))).toEqual([]);
});
