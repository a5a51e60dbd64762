import { startCell } from '../../../real/system/cell.ts';
import { eventually } from '../../../support/eventually.ts';
import { startApiServer } from '../../../support/kube-apiserver.ts';
import type { Mishap } from '../../../support/kube-proxy.ts';
import type { Drill } from '../drill.ts';
import { many } from '../many.ts';

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

/** The ledger holds the Services: a Service is done when its Ingress ends as it did, and was never set back on the way. */
export const order: Drill = {
  name: 'order',
  what: '200 Services, changed 20 times, half of them deleted at the end; a write in ten fails, the sensor is killed three times',
  async run(ground) {
    const api = ground.keep(await startApiServer());
    const cell = ground.keep(await startCell(api));
    cell.api.sensor.mishapOf = oneInTen();
    await cell.start('eventsource');
    let sensor = await cell.start('sensor');

    const services = Array.from({ length: ground.size(200, 40) }, (_, index) => `web-${index}`);
    const changes = ground.size(20, 9);
    const isDeleted = (name: string): boolean => Number(name.slice(4)) % 2 === 1;
    const last = (name: string): string => (isDeleted(name) ? `DELETED ${changes + 1}` : `MODIFIED ${changes + 1}`);
    const change = async (name: string): Promise<void> => {
      await cell.create(name, 1);
      ground.ledger.accept(name);
      for (let port = 2; port <= changes + 1; port++) await cell.setPort(name, port);
      if (isDeleted(name)) await cell.delete(name);
    };
    const happened = () => services.reduce((sum, name) => sum + cell.history(name).length, 0);
    const killing = (async () => {
      for (const [from, to] of [
        [0.1, 0.3],
        [0.4, 0.6],
        [0.7, 0.9],
      ] as const) {
        const after = services.length * (from + ground.random() * (to - from));
        await eventually(() => happened() >= after, 120_000);
        ground.say(`the sensor is killed after ${happened()} changes of Ingresses`);
        await sensor.stop('SIGKILL');
        sensor = await cell.start('sensor');
      }
    })();
    await Promise.all([killing, many(services, 32, change)]);

    await ground.untilQuiet(60_000, () => {
      for (const name of services) if (cell.history(name).at(-1) === last(name)) ground.ledger.found(name, 'its last state');
    });
    await eventually(async () => (await cell.unsettled()) === 0 && (await cell.messages('sensorium-queue')) === 0, 60_000);
    const wrong = services.filter((name) => cell.history(name).at(-1) !== last(name) || wentBack(cell.history(name)));
    if (wrong.length > 0) throw new Error(wrong.map((name) => `${name}: ${cell.history(name).join(', ')}`).join('\n'));
    if ((await cell.messages('sensorium-parked')) > 0) throw new Error('something was parked');
  },
};

/** A newer state was overwritten by an older one, or an Ingress that was gone came back. */
function wentBack(history: readonly string[]): boolean {
  const ports = history.map((what) => Number(what.split(' ')[1]));
  return ports.some((port, index) => port < (ports[index - 1] ?? 0)) || history.slice(1).some((what) => what.startsWith('ADDED'));
}
