import { expect, test } from 'vitest';
import { keepStatuses } from '../../../src/cli/status/keep-statuses.ts';
import { kubeEvents } from '../../../src/cli/status/kube-events.ts';
import { EngineError } from '../../../src/core/errors/engine-error.ts';
import type { KubeObject } from '../../../src/core/kube/kube.ts';
import { settle, TestClock } from '../../support/clock.ts';
import { memoryKube } from '../../support/memory-kube.ts';
import { record } from '../../support/record.ts';

const type = { group: 'argoproj.io', version: 'v1alpha1', resource: 'sensors', kind: 'Sensor', namespaced: true };
const sensor: KubeObject = {
  apiVersion: 'argoproj.io/v1alpha1',
  kind: 'Sensor',
  metadata: { name: 'sn', namespace: 'team', uid: 'u', generation: 1, resourceVersion: '1' },
};
const running = { status: 'True', reason: 'Running', message: 'it runs' } as const;

/** An API server that takes statuses, once `refusals` is empty. */
function world() {
  const kube = memoryKube();
  const puts: KubeObject[] = [];
  const refusals: EngineError[] = [];
  kube.raw = async (_method, _path, body) => {
    const refusal = refusals.shift();
    if (refusal) throw refusal;
    puts.push(body as KubeObject);
    return body;
  };
  const clock = new TestClock();
  const told = record();
  return { kube, puts, refusals, clock, told, context: { kube, clock, tell: told.tell, signal: new AbortController().signal } };
}

test('a status is written once, and again only when somebody took it away', async () => {
  const { puts, context } = world();
  const statuses = keepStatuses(context);
  statuses.saw(type, sensor);
  statuses.set(sensor, running);
  await settle();
  statuses.set(sensor, running);
  statuses.saw(type, puts[0]!);
  await settle();
  expect(puts.length).toBe(1);

  statuses.saw(type, sensor);
  await settle();
  expect(puts.length).toBe(2);
});

test('what was said of an older generation is not written', async () => {
  const { puts, context } = world();
  const statuses = keepStatuses(context);
  statuses.saw(type, { ...sensor, metadata: { ...sensor.metadata, generation: 2 } });
  statuses.set(sensor, running);
  await settle();

  expect(puts).toEqual([]);
});

test('an object that changed meanwhile is read again; where it says so already, nothing is written', async () => {
  const { kube, puts, refusals, clock, context } = world();
  const ready = { type: 'Ready', ...running, lastTransitionTime: 'x', observedGeneration: 1 };
  kube.put({ ...sensor, status: { conditions: [ready] } });
  refusals.push(new EngineError('CONFLICT_KUBE', { verb: 'put', target: 'x' }));
  const statuses = keepStatuses(context);
  statuses.saw(type, sensor);
  statuses.set(sensor, running);
  await clock.turn(1_000);

  expect(kube.calls).toEqual(['GET /apis/argoproj.io/v1alpha1/namespaces/team/sensors/sn']);
  expect(puts).toEqual([]);
});

test('a lack of rights is told once and waited for', async () => {
  const { puts, refusals, clock, told, context } = world();
  for (let count = 0; count < 4; count++)
    refusals.push(new EngineError('REMOTE_KUBE_FORBIDDEN', { verb: 'put', target: 'x', reason: 'no' }));
  const statuses = keepStatuses(context);
  statuses.saw(type, sensor);
  statuses.set(sensor, running);
  await clock.turn(60_000);

  expect(told.of('statusUnwritten').length).toBe(1);
  expect(puts.length).toBe(1);
});

const events = (kube: ReturnType<typeof memoryKube>) =>
  [...kube.objects.values()].map(({ reason, message, count, type: kind }) => ({ reason, message, count, type: kind }));

test('one reason of one object is one Event: the first is written at once, what comes soon after is counted', async () => {
  const { kube, clock, context } = world();
  const { note } = kubeEvents(context);
  for (let count = 1; count <= 100; count++) note(sensor, { type: 'Warning', reason: 'FiringParked', message: `number ${count}` });
  note(sensor, { type: 'Normal', reason: 'TargetBack', message: 'again' });
  await clock.turn(1_000);
  expect(events(kube)).toEqual([
    { reason: 'FiringParked', message: 'number 1', count: 1, type: 'Warning' },
    { reason: 'TargetBack', message: 'again', count: 1, type: 'Normal' },
  ]);

  await clock.turn(10_000);
  expect(events(kube)[0]).toEqual({ reason: 'FiringParked', message: 'number 100', count: 100, type: 'Warning' });
  expect(kube.calls.length).toBe(5);
});

test('what is said once for a generation is said once, however many processes say it', async () => {
  const { kube, clock, context } = world();
  const note = { type: 'Warning', reason: 'Refused', message: 'no', oncePerGeneration: true } as const;
  for (const process of [kubeEvents(context), kubeEvents(context)]) process.note(sensor, note);
  await clock.turn(1_000);
  expect(events(kube)).toEqual([{ reason: 'Refused', message: 'no', count: 1, type: 'Warning' }]);

  kubeEvents(context).note({ ...sensor, metadata: { ...sensor.metadata, generation: 2 } }, note);
  await clock.turn(1_000);
  expect(events(kube).length).toBe(2);
});

test('an Event that cannot be written is told once, and the next is tried', async () => {
  const { kube, clock, told, context } = world();
  kube.refuse = () => new EngineError('REMOTE_KUBE_FORBIDDEN', { verb: 'create', target: 'x', reason: 'no' });
  const { note } = kubeEvents(context);
  for (const reason of ['A', 'B', 'C']) note(sensor, { type: 'Warning', reason, message: 'x' });
  await clock.turn(5_000);

  expect(kube.calls.length).toBe(3);
  expect(told.of('statusUnwritten').length).toBe(1);
});
