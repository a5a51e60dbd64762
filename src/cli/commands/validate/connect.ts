/**
 * `--connect`: what the files need, asked of the API server and the bus that the flags name. Nothing is changed there.
 *
 * Each is asked only when a rule needs something of it.
 */
import type { JetStreamConfig } from '../../../../eventbus/config.ts';
import type { EventBusObject } from '../../../../eventbus/kind.ts';
import { EngineError } from '../../../core/errors/engine-error.ts';
import { error, type Finding } from '../../../core/errors/finding.ts';
import type { Kube } from '../../../core/kube/kube.ts';
import { createTell } from '../../../core/telemetry/tell.ts';
import { systemClock } from '../../../core/time/clock.ts';
import { checkRule } from '../../../manifests/check.ts';
import { type LoadedObject, type PlacedFinding, placed } from '../../../manifests/document.ts';
import { needsOf } from '../../../manifests/needs.ts';
import type { Rule } from '../../../manifests/rule.ts';
import { usesBus } from '../../../manifests/uses-bus.ts';
import { busConfigAt, connectKube } from '../../connect.ts';
import type { BusFlags, KubeFlags } from '../../flags.ts';
import { askBus } from './ask-bus.ts';
import { askKube } from './ask-kube.ts';

/** Rejects with UNREACHABLE_*, and with CONFIG_* when the flags cannot be right. */
export async function askAround(
  objects: readonly LoadedObject[],
  flags: KubeFlags & BusFlags,
  found: (finding: PlacedFinding) => void,
): Promise<void> {
  const rules = objects.flatMap((loaded) => {
    const rule = checkRule(loaded.object)?.rule;
    return rule ? [{ rule, loaded }] : [];
  });
  const needs = rules.flatMap(({ rule, loaded }) => needsOf(rule).map((need) => ({ need, loaded })));
  const buses = busesOf(rules);
  if (needs.length === 0 && buses.length === 0) return;
  // With --bus and no other need, no API server has to be there.
  await using kube =
    needs.length === 0 && flags.bus !== undefined ? undefined : await connectKube(flags, { tell: createTell(), clock: systemClock });
  for (const { need, loaded } of needs) for (const finding of await askKube(kube!, need)) found(placed(finding, loaded));
  for (const bus of buses) for (const finding of await askForBus(bus, kube, buses.length === 1, flags)) found(placed(finding, bus.loaded));
}

async function askForBus(
  { rule, namespace, name, object }: Bus,
  kube: Kube | undefined,
  alone: boolean,
  flags: BusFlags,
): Promise<Finding[]> {
  const path = rule.kind === 'EventBus' ? ['spec'] : ['spec', 'eventBusName'];
  // Where Argo's controller has put the servers of a `jetstream` bus, only the API server knows.
  const held = flags.bus === undefined && !object?.spec.jetstreamExotic ? await ruleOf(kube, namespace, name) : undefined;
  let config: JetStreamConfig;
  try {
    config = await busConfigAt(flags, kube, { namespace, name, alone }, held ?? object);
  } catch (thrown) {
    if (!(thrown instanceof EngineError) || (thrown.code !== 'CONFIG_MISSING' && thrown.code !== 'CONFIG_SECRET')) throw thrown;
    return [error(thrown.code, path, thrown.fields, thrown.hint === undefined ? {} : { hint: thrown.hint })];
  }
  return askBus(config, path, systemClock);
}

interface Bus {
  readonly namespace: string;
  readonly name: string;
  /** Where a finding about it stands: in its own rule, else in the first that uses it. */
  readonly rule: Rule;
  readonly loaded: LoadedObject;
  readonly object: EventBusObject | undefined;
}

/** Every bus that a rule uses or describes, once. */
function busesOf(rules: readonly { rule: Rule; loaded: LoadedObject }[]): Bus[] {
  const buses = new Map<string, Bus>();
  const ownFirst = rules.toSorted((a, b) => Number(b.rule.kind === 'EventBus') - Number(a.rule.kind === 'EventBus'));
  for (const { rule, loaded } of ownFirst) {
    if (!usesBus(loaded.object)) continue;
    const isBus = rule.kind === 'EventBus';
    const { namespace } = rule.metadata;
    const name = isBus ? rule.metadata.name : ((rule.value as { spec: { eventBusName?: string } }).spec.eventBusName ?? 'default');
    const object = isBus ? (rule.value as EventBusObject) : undefined;
    if (!buses.has(`${namespace}/${name}`)) buses.set(`${namespace}/${name}`, { namespace, name, rule, loaded, object });
  }
  return [...buses.values()];
}

/** The EventBus that the API server holds; undefined when it has none of this name, or no such kind. */
async function ruleOf(kube: Kube | undefined, namespace: string, name: string): Promise<EventBusObject | undefined> {
  if (!kube) return undefined;
  try {
    const object = await kube.get(await kube.kind('argoproj.io/v1alpha1', 'EventBus'), { namespace, name });
    return object as unknown as EventBusObject;
  } catch (thrown) {
    if (
      thrown instanceof EngineError &&
      ['REMOTE_KUBE_NOT_FOUND', 'REMOTE_KUBE_UNKNOWN_KIND', 'REMOTE_KUBE_FORBIDDEN'].includes(thrown.code)
    )
      return undefined;
    throw thrown;
  }
}
