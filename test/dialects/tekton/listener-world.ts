import type { EventBus } from '../../../eventbus/bus.ts';
import { openMemoryBus } from '../../../eventbus/memory/index.ts';
import { createWorkbench, type Workbench } from '../../../src/cli/workbench.ts';
import type { JsonObject } from '../../../src/core/json/json.ts';
import type { KubeObject } from '../../../src/core/kube/kube.ts';
import { createTell } from '../../../src/core/telemetry/tell.ts';
import { type Clock, systemClock } from '../../../src/core/time/clock.ts';
import type { Standing } from '../../../src/dialects/dialect.ts';
import { dialects } from '../../../src/dialects/index.ts';
import { checkRule } from '../../../src/manifests/check.ts';
import { type MemoryKube, memoryKube } from '../../support/memory-kube.ts';
import { type Record, record } from '../../support/record.ts';

export interface ListenerWorld extends AsyncDisposable {
  readonly workbench: Workbench;
  readonly kube: MemoryKube;
  readonly heard: Record;
  /** How each rule stands, by "Kind namespace/name". */
  readonly standings: ReadonlyMap<string, Standing>;
  /** The address of the first listener that has opened its port, or of the one of this name. */
  urlOf(name?: string): Promise<string>;
  set(object: JsonObject): Promise<void>;
  /** What was created, in order, and in whose name. */
  readonly created: readonly { readonly object: KubeObject; readonly as: string | undefined }[];
}

interface Options {
  readonly clock?: Clock;
  /** What stands before the bus. */
  readonly around?: (bus: EventBus) => EventBus;
  readonly sinks?: ReadonlyMap<string, string>;
  /** Only that a listener has opened its port is remembered of what happens. */
  readonly forgets?: boolean;
}

/** Rules on a bus in memory and an API server of objects, with each EventListener on a free port of 127.0.0.1. */
export async function startListeners(
  objects: readonly JsonObject[],
  { clock = systemClock, around, sinks, forgets = false }: Options = {},
): Promise<ListenerWorld> {
  const heard = record();
  const tell = forgets ? { ...createTell(), listening: heard.tell.listening } : heard.tell;
  const kube = memoryKube();
  const created: { object: KubeObject; as: string | undefined }[] = [];
  const { create } = kube;
  kube.create = async (type, object, options) => {
    const made = await create(type, object, options);
    created.push({ object, as: options?.impersonate });
    return made;
  };
  const standings = new Map<string, Standing>();
  const names = objects.filter(({ kind }) => kind === 'EventListener').map(({ metadata }) => String((metadata as JsonObject)['name']));
  const workbench = createWorkbench({
    dialects,
    kube,
    clock,
    tell,
    host: '127.0.0.1',
    drainFor: 1_000,
    relist: false,
    openBus: async () => {
      const bus = openMemoryBus({ kind: 'memory' }, { clock, tell });
      return around?.(bus) ?? bus;
    },
    stands: ({ kind, metadata }, standing) => void standings.set(`${kind} ${metadata.namespace}/${metadata.name}`, standing),
    places: { ports: new Map(names.map((name) => [name, 0])), ...(sinks ? { sinks } : {}) },
  });
  const set = async (object: JsonObject): Promise<void> => {
    const { rule, findings = [] } = checkRule(object) ?? {};
    if (!rule) throw new Error(`not a rule: ${JSON.stringify(findings)}`);
    await workbench.set(rule);
  };
  await Promise.all(objects.map(set));
  return {
    workbench,
    kube,
    heard,
    standings,
    set,
    async urlOf(name) {
      const { port } = await heard.seen('listening', ({ eventsource }) => name === undefined || eventsource === name);
      return `http://127.0.0.1:${port}`;
    },
    created,
    [Symbol.asyncDispose]: () => workbench[Symbol.asyncDispose](),
  };
}
