import { expect, test } from 'vitest';
import { type Ready, statusWith } from '../../../src/cli/status/ready.ts';
import { refusal } from '../../../src/cli/status/refusal.ts';
import type { Json } from '../../../src/core/json/json.ts';
import type { KubeObject } from '../../../src/core/kube/kube.ts';
import { checkRule } from '../../../src/manifests/check.ts';
import { loadText } from '../../../src/manifests/load.ts';

const now = new Date('2026-07-18T12:00:00.5Z');
const running: Ready = { status: 'True', reason: 'Running', message: 'it runs' };
const broken: Ready = { status: 'False', reason: 'Invalid', message: 'no' };
const waiting: Ready = { status: 'Unknown', reason: 'Waiting', message: 'not yet' };

const sensor = (status?: Json, kind = 'Sensor'): KubeObject => ({
  apiVersion: 'argoproj.io/v1alpha1',
  kind,
  metadata: { name: 'sn', generation: 2 },
  ...(status === undefined ? {} : { status }),
});
const ready = (status: string, generation: number, reason = 'Running', message = 'it runs') => ({
  type: 'Ready',
  status,
  reason,
  message,
  lastTransitionTime: '2026-01-01T00:00:00Z',
  observedGeneration: generation,
});
const deployed = { type: 'Deployed', status: 'True' };

test('a new condition stands beside those of others, and what else is in the status stays', () => {
  expect(statusWith(sensor({ conditions: [deployed], config: { a: 1 } }), running, now)).toEqual({
    conditions: [deployed, { ...ready('True', 2), lastTransitionTime: '2026-07-18T12:00:00Z' }],
    config: { a: 1 },
    observedGeneration: 2,
  });
});

test('what stands there already is not written again', () => {
  expect(statusWith(sensor({ conditions: [ready('True', 2)] }), running, now)).toBeUndefined();
});

test('the time of a condition that stays true stays, too', () => {
  expect(statusWith(sensor({ conditions: [ready('True', 1)] }), running, now)).toMatchObject({ conditions: [ready('True', 2)] });
});

test.each([
  ['says so', [], true],
  ['says so of a new generation', [ready('True', 1)], true],
  ['is silent where somebody runs it', [ready('True', 2)], false],
  ['is silent where somebody refused it', [ready('False', 2)], false],
])('who waits %s', (_, conditions, isWritten) => {
  expect(statusWith(sensor({ conditions }), waiting, now) !== undefined).toBe(isWritten);
});

test("an EventBus of Argo's controller is never called not ready", () => {
  expect(statusWith(sensor({ conditions: [deployed] }, 'EventBus'), broken, now)).toBeUndefined();
  expect(statusWith(sensor({ conditions: [deployed] }, 'EventBus'), running, now)).toBeDefined();
  expect(statusWith(sensor({ conditions: [] }, 'EventBus'), broken, now)).toBeDefined();
});

const refused = (spec: string): Ready => {
  const text = `apiVersion: argoproj.io/v1alpha1\nkind: Sensor\nmetadata: {name: sn}\nspec:\n${spec}`;
  const { object } = loadText('f', text).objects[0]!;
  return refusal(checkRule(object)!.findings, object);
};
const dependency = (more: string) => `  dependencies: [{name: dep, eventSourceName: es, eventName: e, ${more}}]`;
const trigger = (more = '') => `  triggers: [{template: {name: t, log: {}, ${more}}}]`;

test.each([
  [
    'TransformDoesNotCompile',
    `${dependency('transform: {jq: "."}').replace('"."', '".a ["')}\n${trigger()}`,
    /^spec\.dependencies\[0\]\.transform\.jq: .* at column \d+ of the text/,
  ],
  ['FilterDoesNotCompile', `${dependency('filters: {script: "return ("}')}\n${trigger()}`, /^spec\.dependencies\[0\]\.filters/],
  ['ConditionsDoNotCompile', `${dependency('')}\n${trigger('conditions: "dep &&"')}`, /^spec\.triggers\[0\]\.template\.conditions/],
  ['UnknownDependency', `${dependency('')}\n${trigger('conditions: other')}`, /there is no dependency "other"/],
  ['NotSupported', `${dependency('')}\n  triggers: [{template: {name: t, awsLambda: {}}}]`, /awsLambda/],
  ['Invalid', dependency(''), /triggers/],
])('%s', (reason, spec, message) => {
  expect(refused(spec)).toEqual({ status: 'False', reason, message: expect.stringMatching(message) });
});
