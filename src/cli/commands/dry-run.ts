/**
 * `sensorium dry-run`: what a Sensor would do with an event, or why not, without a cluster and without a bus. Nothing is written
 * anywhere: a cluster and a bus that are named are only read.
 */
import { existsSync } from 'node:fs';
import { EngineError } from '../../core/errors/engine-error.ts';
import type { JqEngine } from '../../core/jq/index.ts';
import { isObject } from '../../core/json/json.ts';
import { stringifyJson } from '../../core/json/stringify.ts';
import type { KubeObject } from '../../core/kube/kube.ts';
import { createTell } from '../../core/telemetry/tell.ts';
import { type Clock, systemClock } from '../../core/time/clock.ts';
import { showFinding } from '../../manifests/document.ts';
import { loadRules } from '../../manifests/load.ts';
import { connectKube } from '../connect.ts';
import type { BusFlags, JqFlags, KubeFlags } from '../flags.ts';
import { openJqEngine } from '../jq-engine.ts';
import type { Output } from '../output.ts';
import { clockAt } from '../rehearse/clock.ts';
import { rehearsalCluster } from '../rehearse/cluster.ts';
import { eventsFromBus } from '../rehearse/from-bus.ts';
import { type Given, givenIn } from '../rehearse/given.ts';
import { rehearsal, type Step } from '../rehearse/rehearse.ts';
import { chooseSensor, loadSensors, readySensor, type SensorFile } from '../rehearse/sensors.ts';
import { showStep, showStepShortly } from '../rehearse/show.ts';
import { stepData } from '../rehearse/step-data.ts';

export type DryRunFlags = JqFlags &
  KubeFlags &
  BusFlags & {
    readonly event: readonly string[];
    readonly dependency?: string;
    readonly name?: string;
    readonly namespace?: string;
    readonly with: readonly string[];
    readonly show?: 'payload';
    readonly fromBus?: number;
    readonly now?: number;
    readonly output: 'text' | 'json';
    readonly verbose: boolean;
  };

/**
 * Answers the exit code: 0 when something would fire, 1 when nothing would, 2 when the rule is refused, 3 when the cluster cannot be
 * reached. Throws EngineError.
 */
export async function dryRun(path: string, flags: DryRunFlags, { write, warn }: Output): Promise<number> {
  const clock = flags.now === undefined ? systemClock : clockAt(flags.now);
  await using jq = openJqEngine(flags.jqEngine);
  const file = await sensorAt(path, { ...flags, jq }, warn);
  if (!file) return 2;
  const { namespace } = file.sensor.metadata;
  const wantsCluster = flags.kubeconfig !== undefined || flags.context !== undefined;
  await using behind = wantsCluster ? await connectKube(flags, { tell: createTell(), clock: systemClock }) : undefined;
  const existing = flags.with.length > 0 ? await objectsIn(flags.with) : undefined;
  const kube = rehearsalCluster({ existing, behind, namespace });
  const take = rehearsal(readySensor(file, { clock, jq }), { clock, kube, knowsCluster: existing !== undefined || behind !== undefined });

  const steps: Step[] = [];
  const briefly = flags.fromBus !== undefined && !flags.verbose;
  for (const given of await givenBy(flags, file, clock)) {
    const step = await take(given);
    const between = steps.length > 0 ? '\n' : '';
    steps.push(step);
    if (flags.output === 'json') continue;
    write(briefly && !fires(step) ? showStepShortly(step) : `${between}${showStep(step, { payload: flags.show === 'payload' })}`);
  }
  if (steps.length === 0)
    warn(flags.fromBus === undefined ? 'no event is in the files' : 'the bus holds no event that this Sensor waits for');
  if (flags.output === 'json') write(stringifyJson({ sensor: `${namespace}/${file.name}`, events: steps.map(stepData) }));
  if (steps.some(isUnreachable)) return 3;
  return steps.some(fires) ? 0 : 1;
}

/** What the cluster would refuse has no effect, so it counts as nothing. */
const fires = ({ outcomes }: Step): boolean => outcomes.some((one) => one.kind === 'fires' && !(one.effect && 'error' in one.effect));

const isUnreachable = ({ outcomes }: Step): boolean =>
  outcomes.some((one) => {
    const error =
      one.kind === 'fails' ? one.error : one.kind === 'fires' && one.effect && 'error' in one.effect ? one.effect.error : undefined;
    return error?.code.startsWith('UNREACHABLE_');
  });

/** The Sensor of `path` or `path#name`; undefined when it is refused, after its findings have been printed. */
async function sensorAt(
  path: string,
  { name: flagged, namespace, jq }: DryRunFlags & { jq: JqEngine | undefined },
  warn: Output['warn'],
): Promise<SensorFile | undefined> {
  const [where = '', after] = existsSync(path) ? [path] : path.split('#');
  const name = flagged ?? after;
  const { sensors, findings } = await loadSensors([where], { namespace, jq });
  const named = sensors.find((one) => one.name === name);
  for (const finding of named?.findings ?? findings) warn(showFinding(finding));
  const errors = findings.filter((one) => one.severity === 'error');
  if (errors.length > 0 && !named && !(name === undefined && sensors.length === 1)) return undefined;
  return chooseSensor(sensors, name, { where, byName: `--name NAME, or ${where}#NAME` });
}

async function givenBy(flags: DryRunFlags, file: SensorFile, clock: Clock): Promise<Given[]> {
  if (flags.fromBus !== undefined) return eventsFromBus(flags.fromBus, flags, file);
  if (flags.event.length === 0)
    throw new EngineError(
      'CONFIG_MISSING',
      { problem: 'no event is given' },
      { hint: 'name a file with --event, or take events with --from-bus' },
    );
  const { dependency } = flags;
  const given: Given[] = [];
  for (const path of flags.event) given.push(...givenIn(path, { dependency }, file, { now: clock.now(), index: given.length }));
  return given;
}

/** The Kubernetes objects of files. Throws CONFIG_INVALID with the first that cannot be read. */
async function objectsIn(paths: readonly string[]): Promise<KubeObject[]> {
  const { objects, findings } = await loadRules(paths);
  const [broken] = findings;
  if (broken) throw new EngineError('CONFIG_INVALID', { problem: `${broken.file}:${broken.line}:${broken.column}  ${broken.message}` });
  const nameless = objects.find(({ object: { metadata } }) => !isObject(metadata) || typeof metadata['name'] !== 'string');
  if (nameless) throw new EngineError('CONFIG_INVALID', { problem: `${nameless.file}: an object that exists has a metadata.name` });
  return objects.map((one) => one.object as KubeObject);
}
