import { localKube } from '../../../../src/cli/connect.ts';
import { startLocalCluster } from '../../../../src/cli/local-cluster/index.ts';
import { foreignDefinitions, simulate } from '../../../../src/cli/local-cluster/simulate/index.ts';
import type { Kube, KubeObject } from '../../../../src/core/kube/kube.ts';
import { TestClock } from '../../../support/clock.ts';
import { eventually } from '../../../support/eventually.ts';
import { record } from '../../../support/record.ts';

export interface Simulated extends AsyncDisposable {
  readonly kube: Kube;
  readonly told: ReturnType<typeof record>;
  /** Turns the clock by a second (or by so many milliseconds) again and again until it is so. */
  turnUntil<T>(ask: () => Promise<T> | T, step?: number): Promise<NonNullable<T>>;
  create(object: object): Promise<KubeObject>;
  get(kind: string, name: string): Promise<KubeObject>;
  /** "Scheduled: …", of all Events about this object, in the order in which they were written. */
  notes(name: string): Promise<string[]>;
}

const versions: Readonly<Record<string, string>> = { Job: 'batch/v1', PipelineRun: 'tekton.dev/v1', TaskRun: 'tekton.dev/v1' };

/** A local API with a simulated node, on a clock that tests turn. */
export async function startSimulated(): Promise<Simulated> {
  const clock = new TestClock();
  const told = record();
  const stop = new AbortController();
  const cluster = await startLocalCluster({ clock });
  const kube = await localKube(cluster, 'default', { tell: told.tell, clock });
  const definitions = await kube.kind('apiextensions.k8s.io/v1', 'CustomResourceDefinition');
  for (const one of await foreignDefinitions()) await kube.create(definitions, one);
  const ended = simulate({ kube, clock, tell: told.tell, signal: stop.signal });
  const typeOf = (kind: string) => kube.kind(versions[kind] ?? 'v1', kind);
  return {
    kube,
    told,
    turnUntil: (ask, step = 1_000) =>
      eventually(async () => {
        const answer = await ask();
        if (answer === undefined || answer === null || answer === false) await clock.turn(step);
        return answer;
      }),
    create: async (object) => {
      const { apiVersion, kind, metadata } = object as KubeObject;
      return kube.create(await kube.kind(apiVersion, kind), { ...(object as KubeObject), metadata: { namespace: 'default', ...metadata } });
    },
    get: async (kind, name) => kube.get(await typeOf(kind), { namespace: 'default', name }),
    async notes(name) {
      const { items } = await kube.list(await typeOf('Event'), { namespace: 'default', fieldSelector: `involvedObject.name=${name}` });
      return items
        .sort((a, b) => Number(a.metadata.resourceVersion) - Number(b.metadata.resourceVersion))
        .map(({ reason, message }) => `${reason}: ${message}`);
    },
    async [Symbol.asyncDispose]() {
      stop.abort();
      await ended;
      await kube[Symbol.asyncDispose]();
      await cluster.close();
    },
  };
}
