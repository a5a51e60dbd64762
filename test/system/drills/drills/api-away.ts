import { setTimeout as delay } from 'node:timers/promises';
import { openPlace } from '../../../real/system/dialect-place.ts';
import { ingresses } from '../../../support/kinds.ts';
import { startApiServer } from '../../../support/kube-apiserver.ts';
import { freePort } from '../../../support/ports.ts';
import { call } from '../callers.ts';
import type { Drill } from '../drill.ts';
import { lookAtRuns, runForEachCall } from '../listener.ts';
import { calls, callUrl, onCall } from '../rules.ts';

/** An Ingress for each call, named by its number. */
const making = {
  template: {
    name: 'make',
    k8s: {
      operation: 'create',
      source: {
        resource: {
          apiVersion: 'networking.k8s.io/v1',
          kind: 'Ingress',
          metadata: { name: 'made-' },
          spec: { defaultBackend: { service: { name: 'web', port: { number: 80 } } } },
        },
      },
      parameters: [{ src: { dependencyName: 'call', dataKey: 'body.n' }, dest: 'metadata.name', operation: 'append' }],
    },
  },
};

export const apiAway: Drill = {
  name: 'api-away',
  what: 'the API server is killed for 5 s while PipelineRuns and Ingresses are to be made',
  async run(ground) {
    const api = ground.keep(await startApiServer());
    const place = ground.keep(await openPlace(api));
    const { kube, namespace, listener } = place;
    const port = await freePort();
    const ofPlace = [calls(port), onCall([making])].map(({ metadata, ...rule }) => ({ ...rule, metadata: { ...metadata, namespace } }));
    const program = place.start([...ofPlace.map((rule) => JSON.stringify(rule)), runForEachCall].join('\n---\n'));
    await program.seen(/rules are running|listening/, 60_000);

    const [rate, count] = [20, ground.size(300, 200)];
    const toRuns = { from: 0, urls: [`http://127.0.0.1:${listener}/`] };
    const toIngresses = { from: count, urls: [callUrl(port)] };
    const calling = [toRuns, toIngresses].map((one) => call(ground, { ...one, count, callers: 16, rate, insists: true }));
    await delay(ground.between(2_000, 4_000));
    await api.kill();
    ground.say('the API server is killed');
    await delay(ground.size(5_000, 3_000));
    await api.restart();
    ground.say('the API server is back');
    await Promise.all(calling);

    await ground.untilQuiet(60_000, async () => {
      await lookAtRuns(ground, kube, namespace);
      for (const { metadata } of (await kube.list(ingresses, { namespace })).items)
        ground.ledger.found(metadata.name.replace('made-', ''), String(metadata.uid));
    });
  },
};
