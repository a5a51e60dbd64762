import { openMemoryBus } from '../../../eventbus/memory/index.ts';
import { createWorkbench } from '../../../src/cli/workbench.ts';
import type { CloudEvent } from '../../../src/core/cloudevents/cloud-event.ts';
import type { Json } from '../../../src/core/json/json.ts';
import type { KubeObject } from '../../../src/core/kube/kube.ts';
import { createMetrics } from '../../../src/core/telemetry/metrics.ts';
import { systemClock } from '../../../src/core/time/clock.ts';
import { parseDocuments } from '../../../src/core/yaml/documents.ts';
import type { Standing } from '../../../src/dialects/dialect.ts';
import { dialects } from '../../../src/dialects/index.ts';
import { checkRule } from '../../../src/manifests/check.ts';
import type { Rule } from '../../../src/manifests/rule.ts';
import { memoryKube } from '../../support/memory-kube.ts';
import { bodiesOf } from '../../support/queue-contents.ts';
import { record } from '../../support/record.ts';

/**
 * Rules of Tekton and Knative in a process with a bus in memory and an API server of objects, measured as Prometheus sees it. Services
 * without an address are played. Ended when it goes out of scope.
 */
export async function openGround(rules: string, ports: Readonly<Record<string, number>> = {}) {
  const metrics = createMetrics();
  const heard = record(metrics.listener);
  const clock = systemClock;
  const { tell } = heard;
  const bus = openMemoryBus({ kind: 'memory' }, { clock, tell });
  const kube = memoryKube();
  const shown: { readonly service: string; readonly event: CloudEvent }[] = [];
  const standings = new Map<string, Standing>();
  const workbench = createWorkbench({
    dialects,
    kube,
    clock,
    tell,
    metrics,
    host: '127.0.0.1',
    drainFor: 1_000,
    relist: false,
    openBus: async () => bus,
    stands: ({ kind, metadata }, standing) => void standings.set(`${kind} ${metadata.name}`, standing),
    places: {
      ports: new Map(Object.entries({ 'broker-ingress': 0, builds: 0, ...ports })),
      display: (service, event) => void shown.push({ service, event }),
    },
  });
  const rulesIn = (text: string): Rule[] =>
    parseDocuments(text).map(({ value }) => {
      const object = value as KubeObject;
      const { rule, findings } = checkRule({ ...object, metadata: { namespace: 'shop', ...object.metadata } })!;
      if (!rule) throw new Error(findings.map(({ message }) => message).join('; '));
      return rule;
    });
  const set = async (text: string): Promise<void> => void (await Promise.all(rulesIn(text).map((rule) => workbench.set(rule))));
  await set(rules);
  const urlOf = async (eventsource: string): Promise<string> => {
    const { port, path } = (await heard.seen('listening', (fields) => fields['eventsource'] === eventsource)) as {
      port: number;
      path: string;
    };
    return `http://127.0.0.1:${port}${path}`;
  };
  return {
    heard,
    kube,
    shown,
    standings,
    set,
    remove: async (text: string): Promise<void> => void (await Promise.all(rulesIn(text).map((rule) => workbench.remove(rule)))),
    /** Calls the EventListener `builds`, and says what it answers. */
    async call(body: string, { query = '', ...headers }: Record<string, string> = {}): Promise<{ status: number; answer: Json }> {
      const url = `${await urlOf('builds')}${query}`;
      const answer = await fetch(url, { method: 'POST', headers: { 'content-type': 'application/json', ...headers }, body });
      const text = await answer.text();
      return { status: answer.status, answer: text.startsWith('{') ? JSON.parse(text) : text };
    },
    /** Sends an event of this id into the Broker `default`. */
    async send(id: string, attributes: Record<string, string> = {}): Promise<number> {
      const headers = { 'ce-specversion': '1.0', 'ce-id': id, 'ce-type': 'order', 'ce-source': '/shop', ...attributes };
      return (await fetch(await urlOf('Broker:default'), { method: 'POST', headers })).status;
    },
    /** The series of a counter that are not zero: "sensor=x,trigger=y 1". */
    async counted(name: string): Promise<string[]> {
      const lines = (await metrics.text()).split('\n').filter((line) => line.startsWith(`${name}{`) && !line.endsWith(' 0'));
      return lines.map((line) => line.slice(name.length).replaceAll(/[{}"]/g, '')).sort();
    },
    /** The ConfigMaps that are there. */
    made: () => [...kube.objects.values()].filter(({ kind }) => kind === 'ConfigMap'),
    /** Why firings and events were given up, in order. */
    async parked(): Promise<string[]> {
      const bodies = await bodiesOf(await bus.parked());
      return bodies.map((body) => (JSON.parse(body) as { reason: { message: string } }).reason.message);
    },
    [Symbol.asyncDispose]: () => workbench[Symbol.asyncDispose](),
  };
}
