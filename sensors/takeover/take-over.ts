/**
 * Moves a sensor from Argo to us: it begins where Argo's durables stand, and with the events that Argo's sensor holds.
 *
 * Called by the sensor's owner before it opens its subscription. It is done once: what was found is kept as an entry of the sensor's state,
 * and that is what counts from then on. A crash before that entry is written begins it anew.
 */
import type { ArgoSide, EventBus, StateStore } from '../../eventbus/bus.ts';
import type { Tell } from '../../src/core/telemetry/tell.ts';
import type { CompiledSensor } from '../compiled.ts';
import { compileCondition } from '../conditions/compile.ts';
import { encodeHead, headKey, payloadKey } from '../conditions/head.ts';
import { nameOnBus } from '../names.ts';
import { argoKey, waitedFor } from './argo-names.ts';
import { type Floor, Floors } from './floors.ts';

/** The entry of a sensor's state that says what was taken over. */
const entry = 'takeover';

interface TakenOver {
  /** When the stream was made: in another one these sequences mean nothing. */
  readonly stream: string;
  readonly floors: readonly Floor[];
}

interface TakeOverContext {
  readonly bus: EventBus;
  readonly store: StateStore;
  readonly tell: Tell;
  readonly signal: AbortSignal;
}

/** What was taken over earlier; undefined where nothing was. Rejects with what the bus says. */
export async function takenOver({ bus, store }: Pick<TakeOverContext, 'bus' | 'store'>): Promise<Floors | undefined> {
  const found = await store.get(entry);
  if (!found) return undefined;
  const { stream, floors } = JSON.parse(Buffer.from(found.value).toString('utf8')) as TakenOver;
  return stream === (await bus.streamCreated()) ? new Floors(floors) : undefined;
}

/**
 * Takes over what Argo has of the sensor, unless that was done, or the sensor has a place of its own. Waits for as long as Argo's sensor
 * runs. Undefined where there is nothing of Argo's. Rejects with what the bus says, and with the signal's reason.
 */
export async function takeOver(sensor: CompiledSensor, context: TakeOverContext): Promise<Floors | undefined> {
  const { bus, store, tell, signal } = context;
  const { argo } = bus;
  const done = await takenOver(context);
  if (done || !argo) return done;
  const fields = { sensor: sensor.name, bus: bus.describe };
  const waited = waitedFor(sensor);
  if (await hasPlace(sensor, argo)) {
    tell.takeoverSkipped({ ...fields, reason: 'it has a place of its own on the bus already' });
    return undefined;
  }
  const names = [...new Set(waited.flatMap(({ durables }) => durables))];
  let isTold = false;
  const positions = await argo.positions(names, signal, (durable) => {
    if (!isTold) tell.takeoverWaits({ ...fields, durable });
    isTold = true;
  });
  if (positions.size === 0) {
    tell.takeoverSkipped({ ...fields, reason: "there are no durables of Argo's for it" });
    return undefined;
  }
  const stream = await bus.streamCreated();
  const newcomer = { upTo: await bus.lastSequence(), except: [] };
  await makeDurables(sensor, argo);
  const floors = waited.map(({ trigger, dependency: { name }, durables }): Floor => {
    const stood = durables.map((durable) => positions.get(durable)).find((position) => position !== undefined);
    return { trigger, dependency: name, ...(stood ?? newcomer) };
  });
  const held = await takeHeld(sensor, context);
  const record: TakenOver = { stream, floors };
  await store.set(entry, Buffer.from(JSON.stringify(record), 'utf8'), 0);
  const taken = new Floors(floors);
  tell.takenOver({ ...fields, durables: positions.size, from: taken.from, held });
  return taken;
}

/** Makes Argo's durables where there are none, so that a way back loses nothing. True if there were too few. */
export async function makeDurables(sensor: CompiledSensor, argo: ArgoSide): Promise<boolean> {
  let made = false;
  for (const { dependency, durables } of waitedFor(sensor)) {
    const there = await Promise.all(durables.map((durable) => argo.hasDurable(durable)));
    if (there.includes(true)) continue;
    await argo.makeDurable(durables[0], dependency);
    made = true;
  }
  return made;
}

async function hasPlace(sensor: CompiledSensor, argo: ArgoSide): Promise<boolean> {
  for (const origin of sensor.dependencies) if (await argo.hasDurable(argo.durableOf(nameOnBus(sensor), origin))) return true;
  return false;
}

/** Writes what Argo's sensor holds as ours; the number of events. What was held under other conditions is left behind, as Argo would. */
async function takeHeld(sensor: CompiledSensor, { bus, store }: TakeOverContext): Promise<number> {
  const { events, conditions } = await bus.argo!.held(sensor.name);
  const specs = new Map(sensor.dependencies.map(({ name, fingerprint }) => [name, fingerprint]));
  let count = 0;
  for (const { name, join, condition } of sensor.triggers) {
    const text = conditions.get(name);
    if (!join || (text !== undefined && !isSame(text, condition, [...specs.keys()]))) continue;
    const there = join.names.flatMap((dependency) => {
      const held = events.get(argoKey(name, dependency));
      return held ? [[dependency, held] as const] : [];
    });
    const [first] = there;
    const key = first && join.keyOf(first[1].event);
    if (key === undefined) continue;
    const known = {
      matching: new Map(there.map(([dependency, held]) => [dependency, [held]])),
      marks: new Map(there.map(([dependency, { sequence, storedAt }]) => [dependency, { sequence, storedAt }])),
      pending: new Map(),
      replays: new Set<string>(),
    };
    const { body, payloads } = encodeHead(known, join.fingerprint, specs, bus.maxMessageBytes / 2, new Map());
    for (const [{ bytes }, id] of payloads) await store.set(payloadKey(name, id), bytes, 0);
    // One that is there was written before a crash.
    await store.set(headKey(name, key), body, (await store.get(headKey(name, key)))?.revision ?? 0);
    count += there.length;
  }
  return count;
}

function isSame(text: string, condition: string, dependencies: readonly string[]): boolean {
  const { value, findings } = compileCondition({ conditions: text }, dependencies, []);
  return findings.length === 0 && value.condition === condition;
}
