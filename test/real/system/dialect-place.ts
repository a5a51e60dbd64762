import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { foreignDefinitions } from '../../../src/cli/local-cluster/simulate/index.ts';
import { openKube } from '../../../src/core/kube/client.ts';
import type { Kube, KubeObject } from '../../../src/core/kube/kube.ts';
import { systemClock } from '../../../src/core/time/clock.ts';
import { eventually } from '../../support/eventually.ts';
import { type ApiServerAddress, sharedApiServer, uniqueName } from '../../support/kube-apiserver.ts';
import { type KubeProxy, startKubeProxy } from '../../support/kube-proxy.ts';
import { kubeconfig } from '../../support/kubeconfig.ts';
import { type Nats, startNats } from '../../support/nats.ts';
import { startNatsProxy } from '../../support/nats-proxy.ts';
import { freePort } from '../../support/ports.ts';
import { record } from '../../support/record.ts';
import { type Program, startSensorium } from '../../support/sensorium.ts';
import { countSteps, type Steps } from '../../support/steps.ts';
import { tokenConfig } from '../../support/token-config.ts';

/** A namespace and a bus of their own on real servers, and our program behind proxies. Ended when it goes out of scope. */
export interface Place extends AsyncDisposable {
  readonly namespace: string;
  readonly kube: Kube;
  readonly nats: Nats;
  /** The port of the EventListener `builds`. */
  readonly listener: number;
  /** The port of all Brokers. */
  readonly ingress: number;
  /** Stands before the API server. */
  readonly api: KubeProxy;
  /** What goes between the program and its servers. */
  readonly steps: Steps;
  /** Writes the rules and starts the program. */
  start(rules: string): Program;
  /** Changes the rules of what runs. */
  save(rules: string): void;
  /** What `sensorium` says to these words, about this bus. */
  ask(...words: string[]): Promise<string>;
}

/** On the API server of the test run, unless another one is given. */
export async function openPlace(given?: ApiServerAddress): Promise<Place> {
  const folder = mkdtempSync(join(tmpdir(), 'sensorium-place-'));
  const api = given ?? (await sharedApiServer());
  const nats = await startNats();
  const namespace = uniqueName('place');
  const kube = openKube(tokenConfig(api, api.token, namespace), { tell: record().tell, clock: systemClock });
  const put = (object: KubeObject) =>
    eventually(async () => kube.apply(await kube.kind(object.apiVersion, object.kind), object, { fieldManager: 'test', force: true }));
  for (const definition of await foreignDefinitions()) await put(definition as KubeObject);
  await put({ apiVersion: 'v1', kind: 'Namespace', metadata: { name: namespace } });

  const steps = countSteps();
  const proxy = await startKubeProxy(api, steps);
  const bus = await startNatsProxy(nats.port, steps);
  const identity = join(folder, 'kubeconfig');
  writeFileSync(identity, kubeconfig({ server: proxy.server, token: api.token }));
  const [listener, ingress] = [await freePort(), await freePort()];
  const listens = ['--listen', `builds=${listener}`, '--listen', `broker-ingress=${ingress}`];
  const file = join(folder, 'rules.yaml');
  const save = (rules: string): void => writeFileSync(file, rules);
  const programs: Program[] = [];
  return {
    namespace,
    kube,
    nats,
    api: proxy,
    listener,
    ingress,
    steps,
    save,
    start(rules) {
      save(rules);
      const at = ['-n', namespace, '--kubeconfig', identity, '--bus', bus.url, '--host', '127.0.0.1', '--log', 'json'];
      const program = startSensorium(['run', file, ...at, ...listens]);
      programs.push(program);
      return program;
    },
    async ask(...words) {
      await using program = startSensorium([...words, '--bus', nats.url]);
      await program.ended;
      return program.output();
    },
    async [Symbol.asyncDispose]() {
      for (const program of programs) await program[Symbol.asyncDispose]();
      for (const one of [bus, proxy, kube, nats]) await one[Symbol.asyncDispose]();
      rmSync(folder, { recursive: true, force: true });
    },
  };
}
