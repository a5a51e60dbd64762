import { afterAll, beforeAll, expect, test } from 'vitest';
import { type Simulated, startSimulated } from './simulated.ts';

let world: Simulated;
beforeAll(async () => {
  world = await startSimulated();
});
afterAll(() => world?.[Symbol.asyncDispose]());

const pod = (name: string, spec: object = {}, annotations: Record<string, string> = {}) => ({
  apiVersion: 'v1',
  kind: 'Pod',
  metadata: { name, annotations },
  spec: { containers: [{ name, image: `${name}:1` }], ...spec },
});
const phaseOf = async (name: string) => ((await world.get('Pod', name))['status'] as { phase: string }).phase;
const status = async (name: string) => (await world.get('Pod', name))['status'] as Record<string, unknown>;

test('a Pod that is not to be restarted is scheduled, runs and succeeds, and the Events tell it', async () => {
  await world.create(pod('ls', { restartPolicy: 'Never' }));

  await world.turnUntil(async () => (await phaseOf('ls')) === 'Succeeded');

  expect(await world.notes('ls')).toEqual([
    'Scheduled: Successfully assigned default/ls to simulated',
    'Pulling: Pulling image "ls:1"',
    'Pulled: Successfully pulled image "ls:1" in 200ms',
    'Created: Created container: ls',
    'Started: Started container ls',
  ]);
  expect((await world.get('Pod', 'ls'))['spec']).toMatchObject({ nodeName: 'simulated' });
  expect(await status('ls')).toMatchObject({
    qosClass: 'BestEffort',
    containerStatuses: [{ ready: false, restartCount: 0, state: { terminated: { exitCode: 0, reason: 'Completed' } } }],
    conditions: [
      { type: 'PodScheduled', status: 'True' },
      { type: 'Initialized', status: 'True' },
      { type: 'ContainersReady', status: 'False', reason: 'PodCompleted' },
      { type: 'Ready', status: 'False', reason: 'PodCompleted' },
    ],
  });
  expect(world.told.of('simulated').filter(({ name }) => name === 'ls')).toEqual([
    { kind: 'Pod', namespace: 'default', name: 'ls', outcome: 'Running' },
    { kind: 'Pod', namespace: 'default', name: 'ls', outcome: 'Succeeded' },
  ]);
});

test('a Pod that is always restarted runs on until it is deleted, which stops its containers', async () => {
  await world.create(pod('web'));
  await world.turnUntil(async () => (await phaseOf('web')) === 'Running');
  await world.turnUntil(async () => (await world.notes('web')).length === 5);

  expect(await status('web')).toMatchObject({ phase: 'Running', containerStatuses: [{ ready: true, started: true }] });

  await world.kube.delete(await world.kube.kind('v1', 'Pod'), { namespace: 'default', name: 'web' });
  await world.turnUntil(async () => (await world.notes('web')).at(-1) === 'Killing: Stopping container web');
});

test('an annotation makes it fail, and says when', async () => {
  await world.create(pod('bad', { restartPolicy: 'Never' }, { 'sensorium.dev/simulate': 'fail', 'sensorium.dev/simulate-for': '1m' }));

  await world.turnUntil(async () => (await phaseOf('bad')) === 'Failed');

  const [{ state }] = (await status('bad')).containerStatuses as [{ state: { terminated: Record<string, string> } }];
  const { startedAt, finishedAt, ...rest } = state.terminated;
  expect(rest).toEqual({ exitCode: 1, reason: 'Error' });
  expect(Date.parse(finishedAt!) - Date.parse(startedAt!)).toBeGreaterThanOrEqual(60_000);
});

test('one that fails is restarted where its policy says so, later each time', async () => {
  await world.create(pod('loop', { restartPolicy: 'OnFailure' }, { 'sensorium.dev/simulate': 'fail' }));

  await world.turnUntil(async () => (await world.notes('loop')).filter((one) => one.startsWith('BackOff')).length === 2);

  expect(await status('loop')).toMatchObject({
    phase: 'Running',
    containerStatuses: [
      { restartCount: 3, state: { waiting: { reason: 'CrashLoopBackOff' } }, lastState: { terminated: { exitCode: 1 } } },
    ],
  });
});

test('init containers run one after another before the others', async () => {
  await world.create(
    pod('prepared', {
      restartPolicy: 'Never',
      initContainers: [
        { name: 'first', image: 'init:1' },
        { name: 'second', image: 'init:1' },
      ],
    }),
  );

  await world.turnUntil(async () => (await phaseOf('prepared')) === 'Succeeded');

  expect((await world.notes('prepared')).filter((one) => /^(Pulled|Started)/.test(one))).toEqual([
    'Pulled: Successfully pulled image "init:1" in 200ms',
    'Started: Started container first',
    'Pulled: Container image "init:1" already present on machine',
    'Started: Started container second',
    'Pulled: Successfully pulled image "prepared:1" in 200ms',
    'Started: Started container prepared',
  ]);
  expect((await status('prepared')).initContainerStatuses).toMatchObject([
    { name: 'first', state: { terminated: { exitCode: 0 } } },
    { name: 'second', state: { terminated: { exitCode: 0 } } },
  ]);
});

test('an annotation that says nothing is told, and the Pod stays as it is', async () => {
  await world.create(pod('odd', {}, { 'sensorium.dev/simulate': 'explode' }));

  const { error } = await world.told.seen('workerFailed', ({ part }) => part === 'simulated Pod default/odd');

  expect((error as Error).message).toBe('annotation sensorium.dev/simulate is "explode": it is succeed, fail or run');
  expect(await phaseOf('odd')).toBe('Pending');
});

test('a Pod of another node is left alone', async () => {
  await world.create(pod('elsewhere', { nodeName: 'mine', restartPolicy: 'Never' }));
  await world.create(pod('here', { restartPolicy: 'Never' }));
  await world.turnUntil(async () => (await phaseOf('here')) === 'Succeeded');

  expect(await phaseOf('elsewhere')).toBe('Pending');
});

test('there is a node, and it is ready', async () => {
  const node = await world.kube.get(await world.kube.kind('v1', 'Node'), { name: 'simulated' });

  expect(node['status']).toMatchObject({ conditions: [{ type: 'Ready', status: 'True' }] });
});

test('whoever asks for its log is told that nothing was executed', async () => {
  await world.create(pod('silent', { restartPolicy: 'Never' }));
  await world.turnUntil(async () => (await phaseOf('silent')) === 'Succeeded');

  await expect(world.kube.raw('GET', '/api/v1/namespaces/default/pods/silent/log')).rejects.toThrow(
    'pod "silent" is only played, so there is no log of it: the simulated node starts and ends containers, and executes nothing in them',
  );
});
