import { expect, test } from 'vitest';
import { EngineError } from '../../../../src/core/errors/engine-error.ts';
import { buildEvent } from '../../../support/build-sensor.ts';
import { compiledSensor, prepareFirst } from '../../../support/compile-sensor.ts';
import { memoryKube } from '../../../support/memory-kube.ts';
import { workplace } from '../../runtime/workplace.ts';

const resource = { apiVersion: 'v1', kind: 'ConfigMap', metadata: { name: 'm', labels: { made: 'yes' } } };
const path = '/api/v1/namespaces/playground/configmaps/m';

const triggers = (k8s: object, policy: object, rest: object = {}) => [
  { template: { name: 'act', k8s: { source: { resource }, ...k8s } }, policy: { k8s: policy }, ...rest },
];

/** Fires at an API server whose object gets other labels at the n-th look. */
async function fired(policy: object, looks: readonly (Record<string, string> | undefined)[], operation = 'create') {
  const place = workplace();
  const kube = memoryKube();
  if (operation === 'delete') kube.put({ ...resource, metadata: { ...resource.metadata, namespace: 'playground' } });
  const at: number[] = [];
  kube.refuse = (call) => {
    if (!call.startsWith('GET')) return undefined;
    const labels = looks[at.length];
    at.push(place.clock.now());
    const { labels: _, ...metadata } = kube.objects.get(path)!.metadata;
    kube.objects.set(path, { ...resource, metadata: { ...metadata, ...(labels ? { labels } : {}) } });
    return undefined;
  };
  const action = await prepareFirst({ triggers: triggers({ operation }, policy) }, buildEvent('1'), { kube, clock: place.clock });
  const ended = Promise.resolve(action.fire()).then(
    ({ summary }) => summary,
    (thrown: EngineError) => ({ message: thrown.message, hint: thrown.hint, retry: thrown.retry }),
  );
  await place.clock.turn(600_000);
  return { outcome: await ended, waits: at.slice(1).map((time, index) => time - at[index]!), looks: at.length };
}

const exact = { duration: '2s', factor: 2, jitter: 0, steps: 4 };

test('the object is looked at by the backoff until it has all labels', async () => {
  const { outcome, waits } = await fired({ labels: { a: '1', b: '2' }, backoff: exact }, [{}, { a: '1' }, { a: '1', b: '2', c: '3' }]);

  expect(outcome).toBe('created ConfigMap playground/m; it has the labels of the policy');
  expect(waits).toEqual([2_000, 4_000]);
});

test('labels that do not come are a success, unless the policy says otherwise', async () => {
  const labels = { a: '1', b: '2' };
  const found = [{ a: '0' }, { a: '0' }, { a: '0' }, { a: '0' }];

  expect((await fired({ labels, backoff: exact }, found)).outcome).toBe(
    'created ConfigMap playground/m; it has not got its labels in time, which the policy allows: a is "0", wanted "1"; b is missing, wanted "2"',
  );
  const { outcome, looks } = await fired({ labels, backoff: exact, errorOnBackoffTimeout: true }, found);
  expect(looks).toBe(4);
  expect(outcome).toEqual({
    message: 'failed to determine status of the triggered resource. setting trigger state as failed',
    hint: 'a is "0", wanted "1"; b is missing, wanted "2"',
    retry: 'backoff',
  });
});

test('without a backoff it is looked at five times, a second apart or more', async () => {
  const { looks, waits } = await fired({ labels: { a: '1' } }, []);

  expect(looks).toBe(5);
  for (const wait of waits) expect(wait >= 1_000 && wait <= 2_000).toBe(true);
});

test('a deletion cannot be looked at: it is done, and told as failed for good', async () => {
  const { outcome, looks } = await fired({ labels: { a: '1' } }, [], 'delete');

  expect(looks).toBe(0);
  expect(outcome).toEqual({
    message: 'failed to interpret the trigger resource',
    hint: 'after `delete` there is no object that could have labels: take `policy.k8s` out',
    retry: 'never',
  });
});

test('a look that fails is a failed attempt', async () => {
  const kube = memoryKube();
  const error = new EngineError('UNREACHABLE_KUBE', { server: 'https://memory', reason: 'gone' });
  kube.refuse = (call) => (call.startsWith('GET') ? error : undefined);

  const action = await prepareFirst({ triggers: triggers({}, { labels: { a: '1' } }) }, buildEvent('1'), { kube });

  await expect(action.fire()).rejects.toBe(error);
});

test('an attempt may take as long as the policy, and a neighbour does not wait for it', async () => {
  await using place = workplace();
  const kube = memoryKube();
  const policy = { labels: { done: 'yes' }, backoff: { duration: '60s', jitter: 0, steps: 4 }, errorOnBackoffTimeout: true };
  const { compiled } = compiledSensor({
    triggers: [
      ...triggers({ source: { resource: { ...resource, metadata: { generateName: 'm-' } } } }, policy),
      { template: { name: 'free', log: {} } },
    ],
  });
  place.run({ ...compiled!, since: new Date(0) }, { kube });

  await place.publish('e1');
  await place.publish('e2');
  await place.clock.turn(2_000);
  expect(place.told.of('triggerFired').map(({ trigger, event }) => [trigger, event])).toEqual([
    ['free', 'e1'],
    ['free', 'e2'],
  ]);
  expect(place.unacknowledged()).toBe(0);
  await place.clock.turn(170_000);
  expect(place.told.of('attemptFailed')).toEqual([]);
  for (const [key, object] of kube.objects) kube.objects.set(key, { ...object, metadata: { ...object.metadata, labels: { done: 'yes' } } });
  await place.clock.turn(10_000);

  expect(place.told.of('triggerFired').filter(({ trigger }) => trigger === 'act').length).toBe(2);
});

test('an attempt after a failed policy makes no second object', async () => {
  await using place = workplace();
  const kube = memoryKube();
  const policy = { labels: { done: 'yes' }, backoff: { duration: '1s', jitter: 0, steps: 2 }, errorOnBackoffTimeout: true };
  const { compiled } = compiledSensor({
    triggers: triggers({ source: { resource: { ...resource, metadata: { generateName: 'm-' } } } }, policy, {
      retryStrategy: { steps: 3, duration: '1s', jitter: 0 },
    }),
  });
  place.run({ ...compiled!, since: new Date(0) }, { kube });

  await place.publish('e1');
  await place.clock.turn(60_000);

  expect(kube.calls.filter((call) => call.startsWith('POST')).length).toBe(3);
  expect(kube.objects.size).toBe(1);
  expect((await place.parked()).map(({ reason, attempts }) => [reason.code, attempts])).toEqual([['REMOTE_LABELS', 3]]);
});
