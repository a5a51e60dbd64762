import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { foreignDefinitions } from '../../../src/cli/local-cluster/simulate/index.ts';
import { openKube } from '../../../src/core/kube/client.ts';
import { kubeConfigFrom } from '../../../src/core/kube/config.ts';
import type { Kube, KubeObject } from '../../../src/core/kube/kube.ts';
import { systemClock } from '../../../src/core/time/clock.ts';
import { crds } from '../../../src/manifests/crds.ts';
import { loadText, rulesIn } from '../../../src/manifests/load.ts';
import { eventually } from '../../support/eventually.ts';
import { sharedApiServer, uniqueName } from '../../support/kube-apiserver.ts';
import { startNats } from '../../support/nats.ts';
import { freePort } from '../../support/ports.ts';
import { record } from '../../support/record.ts';
import { type Program, startSensorium } from '../../support/sensorium.ts';
import { tokenConfig } from '../../support/token-config.ts';

/** An example that runs, somewhere. */
export interface Story extends AsyncDisposable {
  readonly kube: Kube;
  readonly namespace: string;
  readonly program: Program;
  /** Where what is shown in the place of the Service `event-display` can be read. */
  readonly shown: Program;
  /** Of its EventListener. */
  readonly port: number;
  /** `sensorium why` beside what runs. */
  why(...words: string[]): Promise<string>;
}

export type StartStory = (example: string, listener: string) => Promise<Story>;

const folderOf = (example: string): string => join(import.meta.dirname, '../../../examples', example);

/** As the page of the example says: the embedded bus, the local API, a simulated node. */
export const startLocally: StartStory = async (example, listener) => {
  await using stack = new AsyncStack();
  const cwd = mkdtempSync(join(tmpdir(), 'sensorium-story-'));
  stack.defer(() => rmSync(cwd, { recursive: true, force: true }));
  const [port, ingress] = [await freePort(), await freePort()];
  const listens = ['--listen', `${listener}=${port}`, '--listen', `broker-ingress=${ingress}`];
  const program = stack.use(
    startSensorium(['run', folderOf(example), '--simulate', '--api-port', '0', '--host', '127.0.0.1', ...listens], { cwd }),
  );
  await program.seen(/Ctrl-C ends it/);
  const config = await kubeConfigFrom({ kubeconfig: join(cwd, '.sensorium', 'kubeconfig'), env: {} });
  const kube = stack.use(openKube(config, { tell: record().tell, clock: systemClock }));
  return { kube, namespace: 'default', program, shown: program, port, why: (...words) => said(['why', ...words], cwd), ...stack.move() };
};

/** The same rules, applied to a real API server in a namespace of their own, with a real nats-server; nobody plays a node. */
export const startOnServers: StartStory = async (example, listener) => {
  await using stack = new AsyncStack();
  const [api, nats] = [await sharedApiServer(), stack.use(await startNats())];
  const namespace = uniqueName('story');
  const kube = stack.use(openKube(tokenConfig(api, api.token, namespace), { tell: record().tell, clock: systemClock }));
  await put(kube, { apiVersion: 'v1', kind: 'Namespace', metadata: { name: namespace } });
  for (const definition of [...crds(), ...(await foreignDefinitions())]) await put(kube, definition as KubeObject);
  const texts = rulesIn(folderOf(example)).map((file) =>
    readFileSync(file, 'utf8').replaceAll('namespace: default', `namespace: ${namespace}`),
  );
  for (const { object } of texts.flatMap((text) => loadText('rules', text).objects)) await put(kube, object as KubeObject);

  const [port, ingress, display] = [await freePort(), await freePort(), await freePort()];
  const shown = stack.use(startSensorium(['display', '--host', '127.0.0.1', '--port', String(display)]));
  await shown.seen(/listening on port/);
  const places = [
    '--listen',
    `${listener}=${port}`,
    '--listen',
    `broker-ingress=${ingress}`,
    '--sink',
    `event-display=http://127.0.0.1:${display}`,
  ];
  const at = ['--kubeconfig', api.kubeconfigPath, '--bus', nats.url, '--host', '127.0.0.1'];
  const program = stack.use(startSensorium(['run', '--from-cluster', '-n', namespace, ...at, ...places]));
  await program.seen(/Ctrl-C ends it/);
  return { kube, namespace, program, shown, port, why: (...words) => said(['why', ...words, '--bus', nats.url]), ...stack.move() };
};

/** Waits for the definition of its kind, and for a server that is busy. */
const put = (kube: Kube, object: KubeObject): Promise<KubeObject> =>
  eventually(
    async () => kube.apply(await kube.kind(object.apiVersion, object.kind), object, { fieldManager: 'test', force: true }),
    20_000,
  );

async function said(words: readonly string[], cwd?: string): Promise<string> {
  await using program = startSensorium(words, cwd === undefined ? {} : { cwd });
  await program.ended;
  return program.output();
}

/** What has to be ended, last things first; what is moved out of it is ended by its new owner. */
class AsyncStack implements AsyncDisposable {
  #ends: (() => unknown)[] = [];

  use<T extends AsyncDisposable>(one: T): T {
    this.#ends.push(() => one[Symbol.asyncDispose]());
    return one;
  }

  defer(end: () => unknown): void {
    this.#ends.push(end);
  }

  move(): AsyncDisposable {
    const moved = new AsyncStack();
    [moved.#ends, this.#ends] = [this.#ends, []];
    return { [Symbol.asyncDispose]: () => moved[Symbol.asyncDispose]() };
  }

  async [Symbol.asyncDispose](): Promise<void> {
    for (const end of this.#ends.reverse()) await end();
  }
}
