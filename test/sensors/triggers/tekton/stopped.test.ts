import { expect, test } from 'vitest';
import type { KubeObject } from '../../../../src/core/kube/kube.ts';
import { compiledSensor } from '../../../support/compile-sensor.ts';
import { memoryKube } from '../../../support/memory-kube.ts';
import { workplace } from '../../runtime/workplace.ts';

const { compiled } = compiledSensor({
  triggers: [{ template: { name: 'build', tekton: { pipeline: 'build', wait: true } } }, { template: { name: 'show', log: {} } }],
});
const sensor = { ...compiled!, since: new Date(0) };

function succeed(kube: ReturnType<typeof memoryKube>): void {
  const status = { conditions: [{ type: 'Succeeded', status: 'True' }], completionTime: '2026-07-18T13:00:00Z' };
  for (const [path, run] of kube.objects) kube.objects.set(path, { ...run, status } as unknown as KubeObject);
}

test('while a run goes on its event is acknowledged, others go on, and the process may stop: the next one finds the run', async () => {
  await using place = workplace();
  const kube = memoryKube();
  const first = place.run(sensor, { kube, drainFor: 1_000 });
  await place.publish('1', { key: 'a' });
  await place.publish('2', { key: 'b' });

  await place.clock.turn(10 * 60_000);

  expect(kube.objects.size).toBe(2);
  expect(place.unacknowledged()).toBe(0);
  expect(place.told.of('eventLogged')).toHaveLength(2);
  expect(await place.waiting()).toHaveLength(2);

  await first.stop();
  place.run(sensor, { kube });
  await place.clock.turn(60_000);
  succeed(kube);
  await place.clock.turn(60_000);

  expect(kube.objects.size).toBe(2);
  expect(await place.waiting()).toEqual([]);
  expect(await place.parked()).toEqual([]);
});

test('a run that fails is parked with its reason, and is not started again', async () => {
  await using place = workplace();
  const kube = memoryKube();
  place.run(sensor, { kube });
  await place.publish('1', { key: 'a' });
  await place.clock.turn(60_000);
  const [path, run] = [...kube.objects][0]!;
  const status = { conditions: [{ type: 'Succeeded', status: 'False', reason: 'Failed' }], completionTime: '2026-07-18T13:00:00Z' };
  kube.objects.set(path, { ...run, status } as unknown as KubeObject);

  await place.clock.turn(60_000);

  expect(await place.waiting()).toEqual([]);
  expect(JSON.stringify(await place.parked())).toContain('has failed (Failed)');
  expect(kube.calls.filter((call) => call.startsWith('POST'))).toHaveLength(1);
});
