import { expect, test } from 'vitest';
import { eventually } from '../../support/eventually.ts';
import { startApiServer } from '../../support/kube-apiserver.ts';
import type { Mishap } from '../../support/kube-proxy.ts';
import { startCell } from './cell.ts';

const services = Array.from({ length: 40 }, (_, index) => `web-${index}`);
const isDeleted = (name: string): boolean => Number(name.slice(4)) % 2 === 1;
const mishaps: readonly Mishap[] = [{ status: 503 }, 'cut before', 'cut after'];

/** Every tenth write to the API server fails, in turn in three ways. */
function oneInTen(): (call: string) => Mishap | undefined {
  let writes = 0;
  return (call) => {
    if (call.startsWith('GET')) return undefined;
    writes += 1;
    return writes % 10 === 0 ? mishaps[(writes / 10) % mishaps.length] : undefined;
  };
}

test('every Ingress ends as its Service did, while writes fail and the sensor is killed twice', { timeout: 120_000 }, async () => {
  await using api = await startApiServer();
  await using cell = await startCell(api);
  cell.api.sensor.mishapOf = oneInTen();
  await cell.start('eventsource');
  let sensor = await cell.start('sensor');

  const change = async (name: string): Promise<void> => {
    await cell.create(name, 1);
    for (let port = 2; port <= 10; port++) await cell.setPort(name, port);
    if (isDeleted(name)) await cell.delete(name);
  };
  const killTwice = async (): Promise<void> => {
    for (const after of [60, 200]) {
      await eventually(() => services.reduce((sum, name) => sum + cell.history(name).length, 0) >= after, 60_000);
      await sensor.stop('SIGKILL');
      sensor = await cell.start('sensor');
    }
  };
  await Promise.all([killTwice(), ...services.map(change)]);

  const isDone = (name: string): boolean => cell.history(name).at(-1) === (isDeleted(name) ? 'DELETED 10' : 'MODIFIED 10');
  await eventually(() => services.every(isDone), 60_000).catch(() => {});
  await eventually(async () => (await cell.unsettled()) === 0 && (await cell.messages('sensorium-queue')) === 0, 60_000);
  expect(services.filter((name) => !isDone(name)).map((name) => [name, ...cell.history(name)])).toEqual([]);
  const wentBack = services.filter((name) => {
    const ports = cell.history(name).map((what) => Number(what.split(' ')[1]));
    return (
      ports.some((port, index) => port < (ports[index - 1] ?? 0)) ||
      cell
        .history(name)
        .slice(1)
        .some((what) => what.startsWith('ADDED'))
    );
  });
  expect(wentBack.map((name) => [name, ...cell.history(name)])).toEqual([]);
  expect(await cell.messages('sensorium-parked')).toBe(0);
});
