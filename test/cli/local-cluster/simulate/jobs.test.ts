import { afterAll, beforeAll, expect, test } from 'vitest';
import { type Simulated, startSimulated } from './simulated.ts';

let world: Simulated;
beforeAll(async () => {
  world = await startSimulated();
});
afterAll(() => world?.[Symbol.asyncDispose]());

const job = (name: string, spec: object = {}, annotations: Record<string, string> = {}) => ({
  apiVersion: 'batch/v1',
  kind: 'Job',
  metadata: { name },
  spec: {
    template: { metadata: { annotations }, spec: { restartPolicy: 'Never', containers: [{ name: 'work', image: 'busybox' }] } },
    ...spec,
  },
});
const podsOf = async (name: string) =>
  (await world.kube.list(await world.kube.kind('v1', 'Pod'), { namespace: 'default', labelSelector: `job-name=${name}` })).items;
const status = async (name: string) => (await world.get('Job', name))['status'] as Record<string, unknown> | undefined;
const ended = (name: string) => world.turnUntil(async () => ((await status(name))?.conditions as { type: string; reason: string }[])?.[0]);

test('a Job makes as many Pods as it wants, some at once, and is complete', async () => {
  await world.create(job('three', { completions: 3, parallelism: 2 }));

  expect(await ended('three')).toMatchObject({ type: 'Complete', status: 'True', reason: 'CompletionsReached' });

  expect(await podsOf('three')).toHaveLength(3);
  expect(await status('three')).toMatchObject({ succeeded: 3, failed: 0, active: 0 });
  expect((await status('three'))?.completionTime).toBeDefined();
  expect((await podsOf('three'))[0]!.metadata).toMatchObject({ ownerReferences: [{ kind: 'Job', name: 'three', controller: true }] });
  await world.turnUntil(async () => (await world.notes('three')).at(-1) === 'Completed: Job completed');
});

test('one whose Pods fail gives up after its limit', async () => {
  await world.create(job('hopeless', { backoffLimit: 1 }, { 'sensorium.dev/simulate': 'fail' }));

  expect(await ended('hopeless')).toMatchObject({ type: 'Failed', reason: 'BackoffLimitExceeded' });

  expect(await podsOf('hopeless')).toHaveLength(2);
  expect(await status('hopeless')).toMatchObject({ succeeded: 0, failed: 2 });
});

test('one that is suspended begins when that is taken off', async () => {
  await world.create(job('later', { suspend: true }));
  await world.create(job('now'));
  await ended('now');
  expect(await podsOf('later')).toEqual([]);

  const type = await world.kube.kind('batch/v1', 'Job');
  await world.kube.patch(type, { namespace: 'default', name: 'later' }, { spec: { suspend: false } }, 'application/merge-patch+json');

  expect(await ended('later')).toMatchObject({ type: 'Complete' });
});

test('a Pod that somebody takes away has failed, and another takes its place', async () => {
  await world.create(job('robbed', {}, { 'sensorium.dev/simulate-for': '1h' }));
  const [first] = await world.turnUntil(async () => ((await podsOf('robbed')).length === 1 ? podsOf('robbed') : undefined));

  await world.kube.delete(await world.kube.kind('v1', 'Pod'), first!.metadata);

  await world.turnUntil(async () => (await status('robbed'))?.failed === 1 && (await podsOf('robbed')).length === 1);
  expect((await podsOf('robbed'))[0]!.metadata.uid).not.toBe(first!.metadata.uid);
});

test('its Pods go with it', async () => {
  await world.create(job('short'));
  await ended('short');

  await world.kube.delete(await world.kube.kind('batch/v1', 'Job'), { namespace: 'default', name: 'short' });

  await world.turnUntil(async () => (await podsOf('short')).length === 0);
});
