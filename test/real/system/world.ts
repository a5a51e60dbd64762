import { cpSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { openKube } from '../../../src/core/kube/client.ts';
import type { Kube, KubeObject } from '../../../src/core/kube/kube.ts';
import { systemClock } from '../../../src/core/time/clock.ts';
import { eventually } from '../../support/eventually.ts';
import { exampleFolder } from '../../support/examples.ts';
import { ingresses, namespaces, services } from '../../support/kinds.ts';
import { type ApiServer, startApiServer } from '../../support/kube-apiserver.ts';
import { type Nats, startNats } from '../../support/nats.ts';
import { asProcess, type Process } from '../../support/process.ts';
import { record } from '../../support/record.ts';
import { type Program, startSensorium } from '../../support/sensorium.ts';
import { tokenConfig } from '../../support/token-config.ts';

/** Real nats-server, real kube-apiserver, the rules of `examples/auto-ingress`, and our programs as users start them. */
export interface World extends AsyncDisposable {
  readonly api: ApiServer;
  readonly nats: Nats;
  readonly kube: Kube;
  /** A copy of the example, to be changed. */
  readonly rules: string;
  start(command: 'eventsource' | 'sensor', ...words: string[]): Promise<Process>;
}

export async function startWorld(): Promise<World> {
  const folder = mkdtempSync(join(tmpdir(), 'sensorium-world-'));
  const rules = join(folder, 'rules');
  cpSync(exampleFolder('auto-ingress'), rules, { recursive: true });
  const [api, nats] = await Promise.all([startApiServer(), startNats()]);
  const kube = openKube(tokenConfig(api, api.token), { tell: record().tell, clock: systemClock });
  await eventually(() => kube.create(namespaces, { apiVersion: 'v1', kind: 'Namespace', metadata: { name: 'playground' } }));
  const programs: Program[] = [];

  return {
    api,
    nats,
    kube,
    rules,
    async start(command, ...words) {
      const program = startSensorium([
        command,
        rules,
        '--bus',
        nats.url,
        '--kubeconfig',
        api.kubeconfigPath,
        '--host',
        '127.0.0.1',
        ...words,
      ]);
      programs.push(program);
      return await asProcess(program);
    },
    async [Symbol.asyncDispose]() {
      for (const program of programs) await program[Symbol.asyncDispose]();
      await kube[Symbol.asyncDispose]();
      await nats[Symbol.asyncDispose]();
      await api[Symbol.asyncDispose]();
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

export const annotated = (name: string, port = 80): KubeObject => ({
  apiVersion: 'v1',
  kind: 'Service',
  metadata: { name, namespace: 'playground', annotations: { 'autodeploy-ingress-host': `${name}.example.com` } },
  spec: { ports: [{ port }] },
});

export const setPort = (kube: Kube, name: string, port: number) =>
  kube.patch(services, { namespace: 'playground', name }, { spec: { ports: [{ port }] } }, 'application/merge-patch+json');

export const ingressNames = async (kube: Kube): Promise<string[]> =>
  (await kube.list(ingresses, { namespace: 'playground' })).items.map((one) => one.metadata.name).sort();

export async function portOf(kube: Kube, name: string): Promise<number | undefined> {
  const found = await kube.get(ingresses, { namespace: 'playground', name: `${name}-ing` }).catch(() => undefined);
  const text = JSON.stringify(found?.['spec'] ?? {});
  return found && Number(/"number":(\d+)/.exec(text)?.[1]);
}
