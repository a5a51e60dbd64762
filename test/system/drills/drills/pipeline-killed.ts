import { openPlace } from '../../../real/system/dialect-place.ts';
import { startApiServer } from '../../../support/kube-apiserver.ts';
import { call } from '../callers.ts';
import type { Drill } from '../drill.ts';
import { lookAtRuns, runForEachCall } from '../listener.ts';

export const pipelineKilled: Drill = {
  name: 'pipeline-killed',
  what: '600 calls of an EventListener; the API server says 503 after the first 100, the program is killed after the last 202',
  async run(ground) {
    const place = ground.keep(await openPlace(ground.keep(await startApiServer())));
    const program = place.start(runForEachCall);
    const urls = [`http://127.0.0.1:${place.listener}/`];
    await program.seen(/"eventId"|listening/, 60_000);
    let made = 0;
    place.api.mishapOf = (call) => (/^POST .*pipelineruns/.test(call) && made++ >= 100 ? { status: 503 } : undefined);
    await call(ground, { urls, from: 0, count: ground.size(600, 200), callers: 16, insists: true });
    await program.stop('SIGKILL');
    place.api.mishapOf = () => undefined;
    await lookAtRuns(ground, place.kube, place.namespace);
    ground.say(`killed: ${ground.ledger.missing().length} of ${ground.ledger.accepted} were still to be started`);

    place.start(runForEachCall);
    await ground.untilQuiet(60_000, () => lookAtRuns(ground, place.kube, place.namespace));
  },
};
