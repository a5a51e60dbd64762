import { readFileSync } from 'node:fs';
import type { EventBus } from '../../eventbus/bus.ts';
import { type BusOverrides, busConfigOf, type JetStreamConfig, secretsOf } from '../../eventbus/config.ts';
import type { EventBusObject } from '../../eventbus/kind.ts';
import { type MemoryStore, memoryStore } from '../../eventbus/memory/store.ts';
import { openBus } from '../../eventbus/open.ts';
import { EngineError } from '../core/errors/engine-error.ts';
import { fileReasonOf } from '../core/errors/from-unknown.ts';
import type { Kube } from '../core/kube/kube.ts';
import { parseServers } from '../core/nats/servers.ts';
import type { Tell } from '../core/telemetry/tell.ts';
import type { Clock } from '../core/time/clock.ts';
import type { BusFlags, KubeFlags } from './flags.ts';
import type { LocalCluster } from './local-cluster/index.ts';

interface Context {
  readonly tell: Tell;
  readonly clock: Clock;
}

/** The API server that the flags, KUBECONFIG, ~/.kube/config or the pod's own account name. */
export async function connectKube(flags: KubeFlags, context: Context): Promise<Kube> {
  const { kubeConfigFrom } = await import('../core/kube/config.ts');
  const config = await kubeConfigFrom({
    ...(flags.kubeconfig === undefined ? {} : { kubeconfig: flags.kubeconfig }),
    ...(flags.context === undefined ? {} : { context: flags.context }),
    env: process.env,
    clock: context.clock,
  });
  const { kubeRate } = flags;
  const { openKube } = await import('../core/kube/client.ts');
  // As much at once as in a second, so that a burst of that size is not held back.
  return openKube(config, {
    ...context,
    ...(kubeRate === undefined ? {} : { rateLimit: { perSecond: kubeRate, burst: Math.ceil(kubeRate) } }),
  });
}

export async function localKube(cluster: LocalCluster, namespace: string, context: Context): Promise<Kube> {
  const config = {
    server: cluster.server,
    namespace,
    authorization: async () => `Bearer ${cluster.token}`,
    tls: async () => ({ ca: cluster.ca }),
    refused: () => {},
  };
  const { openKube } = await import('../core/kube/client.ts');
  return openKube(config, context);
}

interface OpenerContext extends Context {
  readonly kube: Kube;
  readonly signal: AbortSignal;
  readonly alone: (namespace: string, name: string) => boolean;
  readonly inMemory: boolean;
}

/**
 * How the buses of a process are opened: on the servers that `--bus` names, else where the EventBus object says, else, when
 * `inMemory`, in this process. `alone` says of which bus that no second one shares its servers, which then carry Argo's own names. Throws
 * CONFIG_INVALID or CONFIG_FILE_MISSING at once when the flags cannot be right.
 */
export function busOpener(flags: BusFlags, context: OpenerContext) {
  const overrides = overridesOf(flags);
  const stores = new Map<string, MemoryStore>();
  /** A bus in memory that is closed and opened again, because its rule changed, still has what was on it. */
  const storeOf = (id: string): MemoryStore => {
    const store = stores.get(id) ?? memoryStore(context.clock);
    stores.set(id, store);
    return store;
  };
  return async (namespace: string, name: string, object: EventBusObject | undefined): Promise<EventBus> => {
    if (context.inMemory && flags.bus === undefined) return openBus({ kind: 'memory', store: storeOf(`${namespace}/${name}`) }, context);
    const secret = flags.bus === undefined ? await readSecrets(context.kube, namespace, secretsOf(object)) : undefined;
    return openBus(busConfigOf(object, { ...overrides, namespace, name, alone: context.alone(namespace, name), secret }), context);
  };
}

/** The bus that `--bus` names, else the one of an EventBus object, whose Secrets are read. Throws CONFIG_* when nothing says where it is. */
export async function busConfigAt(
  flags: BusFlags,
  kube: Kube | undefined,
  id: { namespace: string; name: string; alone: boolean },
  object: EventBusObject | undefined,
): Promise<JetStreamConfig> {
  const secret = flags.bus === undefined && kube ? await readSecrets(kube, id.namespace, secretsOf(object)) : undefined;
  return busConfigOf(object, { ...overridesOf(flags), ...id, secret });
}

/** The bus that `--bus` names. Throws CONFIG_INVALID or CONFIG_FILE_MISSING when the flags cannot be right. */
export const busConfigFrom = (flags: BusFlags, id: { namespace: string; name: string; alone: boolean }): JetStreamConfig =>
  busConfigOf(undefined, { ...overridesOf(flags), ...id });

type SecretRef = ReturnType<typeof secretsOf>[number];

/** Looks up values of Secrets in the API server; what is not there stays unknown. */
async function readSecrets(kube: Kube, namespace: string, refs: readonly SecretRef[]): Promise<(ref: SecretRef) => string | undefined> {
  const idOf = ({ name, key }: SecretRef) => `${name}/${key}`;
  const values = new Map<string, string>();
  for (const ref of refs) {
    const secret = await kube.get(await kube.kind('v1', 'Secret'), { namespace, name: ref.name });
    const value = (secret['data'] as Record<string, string> | undefined)?.[ref.key];
    if (value !== undefined) values.set(idOf(ref), Buffer.from(value, 'base64').toString('utf8'));
  }
  return (ref) => values.get(idOf(ref));
}

function overridesOf(flags: BusFlags): BusOverrides {
  const file = (path: string | undefined) => (path === undefined ? undefined : readText(path));
  const { bus, busUser: user, busPassword: password, busToken: token, busNkey, busCreds, eventFormat } = flags;
  const servers = bus?.split(',').map((url) => url.trim());
  if (servers) parseServers(servers);
  const tls = { ca: file(flags.busCa), cert: file(flags.busCert), key: file(flags.busKey) };
  return {
    eventFormat,
    ...(servers === undefined ? {} : { servers }),
    ...(user === undefined ? {} : { user }),
    ...(password === undefined ? {} : { password }),
    ...(token === undefined ? {} : { token }),
    ...readable('nkey', busNkey),
    ...readable('creds', busCreds),
    ...(Object.values(tls).some((text) => text !== undefined) ? { tls } : {}),
  };
}

/** A file that is there now, to be read again whenever it is needed. */
function readable<Name extends string>(name: Name, file: string | undefined): { [Key in Name]?: () => string } {
  if (file === undefined) return {};
  readText(file);
  return { [name]: () => readText(file) } as { [Key in Name]: () => string };
}

function readText(file: string): string {
  try {
    return readFileSync(file, 'utf8');
  } catch (cause) {
    throw new EngineError('CONFIG_FILE_MISSING', { file, reason: fileReasonOf(cause) }, { cause });
  }
}
