/**
 * What the processes of a cluster have in common: rules from files, one bus and one API server, health and metrics on a port,
 * and a clean end on SIGTERM. `eventsource` and `sensor` differ only in the kind that they run.
 */
import { eventBusKind } from '../../../eventbus/kind.ts';
import { EngineError } from '../../core/errors/engine-error.ts';
import { untilSignal } from '../../core/lifecycle/until-signal.ts';
import { type CheckOptions, isOf, type Kind } from '../../core/schema/kind.ts';
import { logListener } from '../../core/telemetry/logger.ts';
import { createMetrics } from '../../core/telemetry/metrics.ts';
import { createTell } from '../../core/telemetry/tell.ts';
import { systemClock } from '../../core/time/clock.ts';
import { checkObject } from '../../manifests/check-object.ts';
import { type PlacedFinding, placed, showFinding } from '../../manifests/document.ts';
import { type Loaded, loadRules } from '../../manifests/load.ts';
import type { Rule } from '../../manifests/rule.ts';
import { ruleIn, whatIsHandedOver } from '../argo-pod/handed-over.ts';
import { withMounted } from '../argo-pod/mounted.ts';
import { busOpener, connectKube } from '../connect.ts';
import { type ArgoFlags, type BusFlags, type JqFlags, type KubeFlags, lastsAtMost, type ProcessFlags } from '../flags.ts';
import { serveHealth } from '../health.ts';
import { openJqEngine } from '../jq-engine.ts';
import { programsOf } from '../programs.ts';
import { build } from '../version.ts';
import { createWorkbench } from '../workbench.ts';

export type ServeFlags = KubeFlags &
  BusFlags &
  JqFlags &
  ArgoFlags &
  ProcessFlags & { readonly relist?: boolean; readonly takeover?: boolean; readonly handBack?: boolean };

/** The folder below which a pod's mounts are: another one where a pod is tried outside of a container. */
const mountsBelow = (): string => process.env['SENSORIUM_MOUNTS'] || '/';

/** Runs the rules of one kind (and the EventBus objects beside them) until SIGTERM: of files, or the one that Argo's controller has handed to its pod. */
export async function serve(kind: 'EventSource' | 'Sensor', paths: readonly string[], flags: ServeFlags): Promise<void> {
  const signal = untilSignal(lastsAtMost(flags));
  const metrics = createMetrics(build());
  const tell = createTell(metrics.listener, logListener({ level: flags.logLevel }));
  const clock = systemClock;
  await using jq = openJqEngine(flags.jqEngine);
  const programs = programsOf(flags);
  const handed = whatIsHandedOver(kind, process.env, { paths, needsBus: flags.bus === undefined });
  const loaded = handed?.loaded ?? (await loadRules(paths, { namespace: flags.namespace ?? 'default' }));
  const rules = await rulesOf(kind, loaded, handed ? ruleIn[kind] : paths.join(', '), { jq, programs });

  const missing: string[] = ['start'];
  await using health = await serveHealth({
    port: flags.port,
    host: flags.host,
    metrics,
    missing: () => [...missing, ...(workbench?.missing() ?? [])],
  });
  tell.started({
    command: kind.toLowerCase(),
    port: health.port,
    rules: rules.map(({ kind, metadata }) => `${kind} ${metadata.namespace}/${metadata.name}`),
  });
  await using server = await connectKube(flags, { tell, clock });
  const files = handed?.access ? [handed.access] : [];
  const kube = handed ? withMounted(server, { root: mountsBelow(), namespace: handed.namespace, files }) : server;
  let workbench: ReturnType<typeof createWorkbench> | undefined;
  // Servers that an EventBus names are its own, as in Argo; `--bus` may be shared by several.
  const isAlone = flags.bus === undefined || new Set(rules.map(busOf)).size <= 1;
  await using bench = createWorkbench({
    openBus: busOpener(flags, { tell, clock, kube, signal, alone: () => isAlone, inMemory: false }),
    kube,
    clock,
    tell,
    metrics,
    drainFor: flags.grace,
    decisions: flags.decisions,
    host: flags.host,
    relist: flags.relist ?? false,
    move: moveOf(flags),
    jq,
    programs,
  });
  workbench = bench;
  for (const rule of rules) {
    await bench.set(rule);
    tell.ruleLoaded({ kind: rule.kind, namespace: rule.metadata.namespace, name: rule.metadata.name });
  }
  missing.pop();
  const stopped = new Promise<void>((resolve) =>
    signal.aborted ? resolve() : signal.addEventListener('abort', () => resolve(), { once: true }),
  );
  await (flags.handBack ? Promise.race([stopped, bench.ended()]) : stopped);
  tell.stopping({ reason: signal.aborted ? String(signal.reason) : 'handed back' });
}

function moveOf({ takeover, handBack }: ServeFlags): 'takeover' | 'hand-back' | undefined {
  if (takeover && handBack)
    throw new EngineError('CONFIG_INVALID', { problem: '--takeover moves a sensor to us, --hand-back to Argo: give one of the two' });
  return handBack ? 'hand-back' : takeover ? 'takeover' : undefined;
}

const busOf = ({ kind, metadata, value }: Rule): string =>
  `${metadata.namespace}/${kind === 'EventBus' ? metadata.name : ((value as { spec: { eventBusName?: string } }).spec.eventBusName ?? 'default')}`;

/** What a process works: other kinds, and what they are made of, are not loaded. */
const worked = {
  EventSource: async (): Promise<Kind> => (await import('../../../eventsources/kind.ts')).eventSourceKind,
  Sensor: async (): Promise<Kind> => (await import('../../../sensors/kind.ts')).sensorKind,
};

/** The rules to run, buses first. Refused ones are reported; when nothing is left to run, that is an error. */
async function rulesOf(kind: keyof typeof worked, { objects, findings }: Loaded, from: string, options: CheckOptions): Promise<Rule[]> {
  const kinds = [eventBusKind, await worked[kind]()];
  const all: PlacedFinding[] = [...findings];
  const rules: Rule[] = [];
  for (const loaded of objects) {
    if (loaded.object['kind'] !== kind && loaded.object['kind'] !== 'EventBus') continue;
    const known = kinds.find((one) => isOf(one, loaded.object));
    const checked = known
      ? checkObject(known, loaded.object, options)
      : (await import('../../manifests/check.ts')).checkRule(loaded.object, options);
    all.push(...(checked?.findings ?? []).map((finding) => placed(finding, loaded)));
    if (checked?.rule) rules.push(checked.rule);
  }
  for (const finding of all) process.stderr.write(`${showFinding(finding)}\n`);
  if (!rules.some((rule) => rule.kind === kind)) {
    const isThere = objects.some(({ object }) => object['kind'] === kind);
    const problem = isThere ? `no ${kind} in ${from} can run, for the reasons above` : `there is no ${kind} to run in ${from}`;
    throw new EngineError('CONFIG_MISSING', { problem });
  }
  return rules.sort((a, b) => Number(b.kind === 'EventBus') - Number(a.kind === 'EventBus'));
}
