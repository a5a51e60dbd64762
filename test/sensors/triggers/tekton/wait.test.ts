import { beforeEach, expect, test } from 'vitest';
import type { Outcome } from '../../../../sensors/triggers/trigger.ts';
import { EngineError } from '../../../../src/core/errors/engine-error.ts';
import type { KubeObject } from '../../../../src/core/kube/kube.ts';
import { buildEvent } from '../../../support/build-sensor.ts';
import { TestClock } from '../../../support/clock.ts';
import { compiledSensor, type FiringOptions, prepareFirst } from '../../../support/compile-sensor.ts';
import { type MemoryKube, memoryKube } from '../../../support/memory-kube.ts';

let kube: MemoryKube;
let clock: TestClock;
beforeEach(() => {
  kube = memoryKube();
  clock = new TestClock();
});

const block = { pipeline: 'build', wait: true, timeout: '30m' };
const shown = 'PipelineRun playground/build-afc20046ae';

/** Starts it; the outcome, or the error, is there once it has ended. */
function fire(tekton: object = block, options: FiringOptions = {}) {
  const seen: { outcome?: Outcome; error?: EngineError } = {};
  const spec = { triggers: [{ template: { name: 'act', tekton } }] };
  void prepareFirst(spec, buildEvent('1'), { kube, clock, ...options })
    .then((action) => action.fire())
    .then(
      (outcome) => Object.assign(seen, { outcome }),
      (error) => Object.assign(seen, { error }),
    );
  return seen;
}

/** What Tekton writes into the run. */
function becomes(condition: object, more: object = {}): void {
  const [path, run] = [...kube.objects][0]!;
  kube.objects.set(path, { ...run, status: { conditions: [{ type: 'Succeeded', ...condition }], ...more } } as KubeObject);
}

const completionTime = '2026-07-18T12:10:00Z';

test('a firing is done when its run has succeeded, and has its results', async () => {
  const seen = fire();
  await clock.turn(5 * 60_000);
  expect(seen).toEqual({});
  becomes({ status: 'Unknown', reason: 'Running' });
  await clock.turn(5 * 60_000);
  expect(seen).toEqual({});

  becomes({ status: 'True', reason: 'Succeeded' }, { completionTime, results: [{ name: 'image', value: 'web@sha256:1' }] });
  await clock.turn(15_000);

  expect(seen.outcome).toEqual({
    summary: `started ${shown}; it has succeeded`,
    detail: {
      run: 'build-afc20046ae',
      namespace: 'playground',
      reason: 'Succeeded',
      startTime: null,
      completionTime,
      results: { image: 'web@sha256:1' },
    },
  });
  // At first after a second, then less and less often.
  expect(kube.calls.length).toBeLessThan(50);
});

test.each([
  [{ status: 'False', reason: 'Failed', message: 'Tasks Completed: 1' }, `${shown} has failed (Failed: Tasks Completed: 1)`],
  [{ status: 'False', reason: 'Cancelled' }, `${shown} was cancelled (Cancelled)`],
  [{ status: 'False', reason: 'PipelineRunTimeout' }, `${shown} took longer than its timeout (PipelineRunTimeout)`],
])('a run that ends as %o is a failure, and never started again', async (condition, message) => {
  const seen = fire();
  await clock.turn(1);
  becomes(condition, { completionTime });

  await clock.turn(15_000);

  expect(seen.error).toMatchObject({ code: 'REMOTE_RUN', message, retry: 'never' });
  const again = fire(block, { attempt: 2 });
  await clock.turn(1);
  expect(again.error!.message).toBe(message);
  expect(kube.objects.size).toBe(1);
});

test('a run that nobody works on, or that goes on too long, is given up after its timeout and five minutes', async () => {
  const seen = fire();
  await clock.turn(34 * 60_000);
  expect(seen).toEqual({});

  await clock.turn(2 * 60_000);

  expect(seen.error).toMatchObject({
    message: `${shown} has not ended within 35 min`,
    hint: 'nobody works on it: is Tekton Pipelines running there?',
    retry: 'never',
  });
});

test.each([
  ['is deleted', () => kube.objects.clear()],
  [
    'is replaced by another of its name',
    () => {
      const [path, run] = [...kube.objects][0]!;
      kube.objects.set(path, { ...run, metadata: { ...run.metadata, uid: 'another' } });
    },
  ],
])('a run that %s has not succeeded', async (_, happens) => {
  const seen = fire();
  await clock.turn(1);
  happens();

  await clock.turn(15_000);

  expect(seen.error!.message).toBe(`${shown} was deleted before it had ended`);
});

test('an API server that is away is waited for', async () => {
  const seen = fire();
  await clock.turn(1);
  kube.refuse = () => new EngineError('UNREACHABLE_KUBE', { server: 's', reason: 'refused' });
  await clock.turn(60_000);
  expect(seen).toEqual({});

  kube.refuse = () => undefined;
  becomes({ status: 'True', reason: 'Completed' }, { completionTime });
  await clock.turn(15_000);

  expect(seen.outcome!.summary).toBe(`started ${shown}; it has succeeded`);
});

test('an attempt that is aborted stops waiting, and the next one finds the run', async () => {
  const stop = new AbortController();
  const first = fire(block, { signal: stop.signal });
  await clock.turn(1);

  stop.abort(new Error('over'));
  await clock.turn(1);

  expect(first.error!.message).toBe('over');
  const second = fire(block, { attempt: 2 });
  await clock.turn(1);
  becomes({ status: 'True' }, { completionTime });
  await clock.turn(15_000);
  expect(second.outcome!.summary).toBe(`started ${shown} before; it has succeeded`);
});

test('a server that has only v1beta1 gets that', async () => {
  const { kind } = kube;
  kube.kind = async (apiVersion, name) => {
    if (apiVersion === 'tekton.dev/v1') throw new EngineError('REMOTE_KUBE_UNKNOWN_KIND', { kind: name, apiVersion });
    return kind(apiVersion, name);
  };

  const seen = fire({ pipeline: 'build', serviceAccountName: 'sa' });
  await clock.turn(1);

  expect(seen.outcome!.summary).toBe(`started ${shown}`);
  expect([...kube.objects.values()][0]).toMatchObject({
    apiVersion: 'tekton.dev/v1beta1',
    spec: { pipelineRef: { name: 'build' }, serviceAccountName: 'sa' },
  });
});

test('an attempt may take as long as the run that it waits for', () => {
  const limitOf = (tekton: object) =>
    compiledSensor({ triggers: [{ template: { name: 't', tekton } }] }).compiled!.triggers[0]!.attemptLimit;
  const source = (spec: object) => ({ resource: { apiVersion: 'tekton.dev/v1', kind: 'PipelineRun', metadata: { name: 'r' }, spec } });
  const minutes = (tekton: object) => limitOf(tekton) / 60_000;

  expect(minutes({ pipeline: 'build' })).toBe(1);
  expect(minutes({ pipeline: 'build', wait: true })).toBe(66);
  expect(minutes(block)).toBe(36);
  expect(minutes({ source: source({ timeouts: { pipeline: '3h' } }), wait: true })).toBe(186);
  expect(minutes({ pipeline: 'build', timeout: '0', wait: true })).toBe(24 * 60 + 1);
});
