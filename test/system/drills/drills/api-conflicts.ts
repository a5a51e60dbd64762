import { startCell } from '../../../real/system/cell.ts';
import { ingresses } from '../../../support/kinds.ts';
import { startApiServer } from '../../../support/kube-apiserver.ts';
import type { Mishap } from '../../../support/kube-proxy.ts';
import type { Drill } from '../drill.ts';
import { many } from '../many.ts';

const refusals = [409, 429, 500, 502, 503, 504];

/** The ledger holds the Services: a Service is done when its Ingress has its last port. */
export const apiConflicts: Drill = {
  name: 'api-conflicts',
  what: 'another writer changes the same Ingresses, and a write in five is answered 409, 429 or 5xx',
  async run(ground) {
    const api = ground.keep(await startApiServer());
    const cell = ground.keep(await startCell(api));
    cell.api.sensor.mishapOf = (call): Mishap | undefined =>
      call.startsWith('GET') || ground.random() > 0.2 ? undefined : { status: refusals[ground.between(0, refusals.length - 1)]! };
    await cell.start('eventsource');
    await cell.start('sensor');

    const services = Array.from({ length: ground.size(200, 40) }, (_, index) => `web-${index}`);
    const changes = ground.size(10, 5);
    let isOver = false;
    let written = 0;
    const otherWriter = async (): Promise<void> => {
      while (!isOver) {
        const name = `${services[ground.between(0, services.length - 1)]}-ing`;
        const patch = { metadata: { annotations: { 'other-writer': String(written) } } };
        await cell.kube
          .patch(ingresses, { namespace: cell.namespace, name }, patch, 'application/merge-patch+json')
          .then(() => (written += 1))
          // There is none yet.
          .catch(() => new Promise((resolve) => setTimeout(resolve, 5)));
      }
    };
    const writing = otherWriter();
    await many(services, 16, async (name) => {
      await cell.create(name, 1);
      ground.ledger.accept(name);
      for (let port = 2; port <= changes; port++) await cell.setPort(name, port);
    });
    await ground.untilQuiet(60_000, () => {
      for (const name of services) if (cell.history(name).at(-1) === `MODIFIED ${changes}`) ground.ledger.found(name, 'its last port');
    });
    isOver = true;
    await writing;
    ground.say(`${written} changes by the other writer`);
    if ((await cell.messages('sensorium-parked')) > 0) throw new Error('something was parked');
    const wrong = services.filter((name) => !cell.history(name).at(-1)?.endsWith(` ${changes}`));
    if (wrong.length > 0) throw new Error(wrong.map((name) => `${name}: ${cell.history(name).join(', ')}`).join('\n'));
  },
};
