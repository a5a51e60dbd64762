/**
 * `sensorium run`: everything in one process. Without a cluster it brings a Kubernetes API of its own, applies the files there, and
 * runs what that API holds, so that a saved file and kubectl do the same. With a kubeconfig the rules of the files act on that cluster.
 */
import { mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, resolve } from 'node:path';
import { writeStructured } from '../../core/cloudevents/write.ts';
import { EngineError } from '../../core/errors/engine-error.ts';
import { fromUnknown } from '../../core/errors/from-unknown.ts';
import { isObject } from '../../core/json/json.ts';
import { isInCluster } from '../../core/kube/in-cluster.ts';
import type { KubeObject } from '../../core/kube/kube.ts';
import { untilSignal } from '../../core/lifecycle/until-signal.ts';
import { hideCredentials } from '../../core/nats/servers.ts';
import type { CheckOptions } from '../../core/schema/kind.ts';
import { logListener } from '../../core/telemetry/logger.ts';
import { createMetrics } from '../../core/telemetry/metrics.ts';
import { createTell, type Tell } from '../../core/telemetry/tell.ts';
import { systemClock } from '../../core/time/clock.ts';
import { dialects } from '../../dialects/index.ts';
import { crds } from '../../manifests/crds.ts';
import { type LoadedObject, type PlacedFinding, showFinding } from '../../manifests/document.ts';
import { kindOf, systems } from '../../manifests/kinds.ts';
import { loadRules } from '../../manifests/load.ts';
import type { Rule } from '../../manifests/rule.ts';
import { admitRules } from '../admit-rules.ts';
import { busOpener, connectKube, localKube } from '../connect.ts';
import { openDoor } from '../decisions/door.ts';
import { playServices } from '../display/play.ts';
import { type ArgoFlags, type BusFlags, type JqFlags, type KubeFlags, lastsAtMost, type PlaceFlags, type ProcessFlags } from '../flags.ts';
import { serveHealth } from '../health.ts';
import { openJqEngine } from '../jq-engine.ts';
import { startLocalCluster } from '../local-cluster/index.ts';
import { programsOf } from '../programs.ts';
import { followFiles } from '../rules/follow-files.ts';
import { runRulesFromApi } from '../rules/from-api.ts';
import { apiSink, workbenchSink } from '../rules/sinks.ts';
import { kindsIn, objectToTry } from '../rules/to-try.ts';
import { type Banner, showNext, showStart } from '../screen/banner.ts';
import { screenListener } from '../screen/lines.ts';
import { keepStandings } from '../status/standings.ts';
import { build, version } from '../version.ts';
import { createWorkbench, type Workbench } from '../workbench.ts';

export type RunFlags = KubeFlags &
  BusFlags &
  JqFlags &
  ArgoFlags &
  PlaceFlags &
  ProcessFlags & {
    readonly apiPort: number;
    readonly fromCluster: boolean;
    readonly allNamespaces: boolean;
    readonly systems?: readonly string[];
    readonly takeover: boolean;
    readonly simulate: boolean;
    readonly log: 'screen' | 'json';
  };

/** Where the kubeconfig of the local API is written, below the working folder. */
const kubeconfigPath = '.sensorium/kubeconfig';

export async function run(paths: readonly string[], flags: RunFlags): Promise<void> {
  const signal = untilSignal(lastsAtMost(flags));
  const clock = systemClock;
  const metrics = createMetrics(build());
  const write = (line: string) => void process.stdout.write(`${line}\n`);
  const onScreen = flags.log === 'screen';
  const listeners = [metrics.listener, onScreen ? screenListener(write, clock) : logListener({ level: flags.logLevel })];
  const tell = createTell(...listeners);
  const isLocal = flags.kubeconfig === undefined && flags.context === undefined && !flags.fromCluster;
  if (flags.allNamespaces && flags.namespace !== undefined)
    throw new EngineError('CONFIG_INVALID', { problem: '-A watches all namespaces, -n one: give one of the two' });
  const unknown = flags.systems?.find((name) => !systems.includes(name));
  if (unknown !== undefined)
    throw new EngineError('CONFIG_INVALID', { problem: `no rules are called those of "${unknown}"` }, { hint: systems.join(', ') });
  if (!isLocal && !flags.fromCluster && paths.length === 0)
    throw nothingToRun('there is nothing to run: no file is named', 'name a file or a folder, or add --from-cluster');
  if (flags.simulate && !isLocal)
    throw new EngineError('CONFIG_INVALID', {
      problem:
        '--simulate plays a node of the local Kubernetes API, and of no other: leave it out with --kubeconfig, --context and --from-cluster',
    });
  const { objects, findings } = await loadRules(paths.filter((path) => path !== '-'));
  if (paths.length > 0 && findings.filter(({ code }) => code === 'CONFIG_FILE_MISSING').length === paths.length) {
    findings.forEach(report);
    throw nothingToRun(`there is nothing to run in ${paths.join(', ')}`);
  }
  const namespace = flags.namespace ?? namespaceOf(objects) ?? 'default';

  await using jq = openJqEngine(flags.jqEngine);
  const programs = programsOf(isLocal ? { ...flags, kubeconfig: resolve(kubeconfigPath) } : flags);
  const checking = { jq, programs };
  await using cluster = isLocal ? await startCluster(flags.apiPort, namespace, checking) : undefined;
  await using kube = cluster ? await localKube(cluster, namespace, { tell, clock }) : await connectKube(flags, { tell, clock });
  const watched = flags.fromCluster && !flags.allNamespaces ? (flags.namespace ?? kube.namespace) : undefined;
  const standings = flags.fromCluster || cluster ? keepStandings({ kube, clock, tell, signal }) : undefined;
  await using door = await openDoor();
  await using workbench = createWorkbench({
    openBus: door.watch(busOpener(flags, { tell, clock, kube, signal, alone: aloneIn(watched, flags), inMemory: !flags.fromCluster })),
    kube,
    clock,
    tell,
    metrics,
    drainFor: flags.grace,
    decisions: flags.decisions,
    host: flags.host,
    relist: false,
    move: flags.takeover ? 'takeover' : undefined,
    gathers: true,
    dialects,
    places: {
      inCluster: !isLocal && isInCluster(process.env),
      ...(flags.sink && { sinks: flags.sink }),
      ...(flags.listen && { ports: flags.listen }),
      ...(cluster && {
        display: onScreen
          ? playServices(write, clock)
          : (service, event) => tell.displayed({ service, payload: String(writeStructured(event).body) }),
      }),
    },
    ...checking,
    ...(standings && {
      runs: standings.runs,
      stands: standings.stands,
      tellOf: (rule: Rule) => createTell(...listeners, (name, _, fields) => standings.heard(rule, name, fields)),
    }),
  });
  door.ask(() => workbench.rules().map(({ object }) => object));
  await using health =
    flags.port === 0 && !flags.fromCluster
      ? undefined
      : await serveHealth({ port: flags.port, host: flags.host, metrics, missing: () => workbench.missing() });
  if (health) tell.started({ command: 'run', port: health.port, server: kube.server, namespace: watched });

  const banner: Banner = {
    version: version(),
    server: kube.server,
    isLocal,
    isSimulated: flags.simulate,
    bus: flags.bus ? `bus ${hideCredentials(flags.bus)}` : flags.fromCluster ? 'buses of the cluster' : 'bus in memory',
    kubeconfig: resolve(kubeconfigPath),
    namespace,
    kinds: kindsIn(objects),
    tried: objectToTry(objects),
  };
  if (onScreen) write(showStart(banner));
  const files = followFiles({
    paths,
    namespace: flags.namespace,
    sink: cluster ? apiSink(kube) : workbenchSink(workbench),
    clock,
    ...checking,
    signal,
    report,
    changed: ({ file, object, action }) =>
      onScreen && write(`${action === 'set' ? 'loaded ' : 'removed'} ${file}  ${object.kind} ${object.metadata.name}`),
  });
  const simulation = cluster && flags.simulate ? await import('../local-cluster/simulate/index.ts') : undefined;
  if (cluster)
    for (const crd of [...crds(), ...((await simulation?.foreignDefinitions()) ?? [])])
      await apiSink(kube).set(crd as KubeObject, undefined);
  const simulating = simulation?.simulate({ kube, clock, tell, signal });
  const following =
    cluster || flags.fromCluster
      ? runRulesFromApi(workbench, { kube, clock, tell, signal, ...checking, namespace: watched, systems: flags.systems, standings })
      : undefined;
  await files.first();
  const gathering = gathered(workbench, following?.listed, tell);
  if (onScreen) write(showNext(banner));
  await files.follow();
  await following?.ended;
  await gathering;
  await simulating;
}

/** Runs the rules of other systems once the files are read and the API is listed. */
async function gathered(workbench: Workbench, listed: Promise<void> | undefined, tell: Tell): Promise<void> {
  await listed;
  await workbench.gathered().catch((thrown) => tell.workerFailed({ part: 'rules of other systems', error: fromUnknown(thrown) }));
}

/**
 * Whether a bus has its servers to itself, and so Argo's own names on them. Where the EventBus object says where they are, it has, as in
 * Argo; servers that `--bus` names are shared by all that is watched, and only the bus `default` of a single namespace has the plain names.
 */
const aloneIn =
  (watched: string | undefined, { bus, fromCluster }: RunFlags) =>
  (namespace: string, name: string): boolean =>
    fromCluster && (bus === undefined || (namespace === watched && name === 'default'));

/** The local API on its port, with its kubeconfig written for kubectl, both gone at the end. */
async function startCluster(apiPort: number, namespace: string, options: CheckOptions) {
  const cluster = await startLocalCluster({ port: apiPort, admit: (object) => admitRules(object, options) });
  mkdirSync(dirname(kubeconfigPath), { recursive: true });
  writeFileSync(kubeconfigPath, cluster.kubeconfigFor(namespace), { mode: 0o600 });
  return Object.assign(cluster, {
    async [Symbol.asyncDispose]() {
      rmSync(dirname(kubeconfigPath), { recursive: true, force: true });
      await cluster.close();
    },
  });
}

/** The namespace of the first rule, for the context of the kubeconfig. */
function namespaceOf(objects: readonly LoadedObject[]): string | undefined {
  const metadata = objects.find(({ object }) => kindOf(object))?.object['metadata'];
  return isObject(metadata) && typeof metadata['namespace'] === 'string' ? metadata['namespace'] : undefined;
}

const report = (finding: PlacedFinding): void => void process.stderr.write(`${showFinding(finding)}\n`);

const nothingToRun = (problem: string, hint?: string): EngineError => new EngineError('CONFIG_MISSING', { problem }, hint ? { hint } : {});
