import { type ListenerStatus, listenerPrefix } from '../../../eventsources/status.ts';
import { type Decision, decisionPrefix } from '../../../sensors/decisions/decision.ts';
import { type SensorStatus, sensorStatusPrefix } from '../../../sensors/decisions/status.ts';
import { closest } from '../../core/errors/closest.ts';
import { EngineError } from '../../core/errors/engine-error.ts';
import { isAlive, notesName } from '../../core/telemetry/notebook.ts';
import type { ReachedBus } from './through-door.ts';

/** A sensor that has worked on a bus, now or earlier. */
export interface KnownSensor {
  readonly bus: ReachedBus;
  readonly status: SensorStatus;
}

/** Everything under a prefix of a bus's notes, parsed; what cannot be read is left out. */
async function notesOf<Note>(bus: ReachedBus, prefix: string): Promise<Note[]> {
  const found: Note[] = [];
  for await (const { value } of (await bus.state(notesName)).entries(prefix)) {
    try {
      found.push(JSON.parse(Buffer.from(value).toString('utf8')) as Note);
    } catch {
      // Of another version, perhaps: it tells nothing.
    }
  }
  return found;
}

export const listenersOn = (bus: ReachedBus): Promise<ListenerStatus[]> => notesOf(bus, listenerPrefix);

/** One for each event, oldest first. */
export async function decisionsOf({ bus, status }: KnownSensor): Promise<Decision[]> {
  const decisions = await notesOf<Decision>(bus, decisionPrefix(status.namespace, status.name));
  const byEvent = new Map<string, Decision>();
  for (const one of decisions.sort((a, b) => a.at - b.at)) {
    const { source, subject, id } = one.event;
    const key = `${source}/${subject}/${id}`;
    byEvent.set(key, merged(byEvent.get(key), one));
  }
  return [...byEvent.values()];
}

/** An event that was taken again, or whose firing was tried again by a later process, has one story. */
function merged(older: Decision | undefined, newer: Decision): Decision {
  if (!older) return newer;
  const judged = new Map([...older.dependencies, ...newer.dependencies].map((one) => [one.dependency, one]));
  const fates = new Map(older.triggers.map((one) => [one.firing ?? one.trigger, one]));
  for (const one of newer.triggers) {
    const key = one.firing ?? one.trigger;
    const before = fates.get(key);
    // What was settled before has begun anew.
    fates.set(
      key,
      before?.kind === 'firing' ? { ...before, ...one, attempts: [...(before.attempts ?? []), ...(one.attempts ?? [])] } : one,
    );
  }
  return { ...older, ...newer, at: older.at, dependencies: [...judged.values()], triggers: [...fates.values()] };
}

export async function sensorsOn(buses: readonly ReachedBus[]): Promise<KnownSensor[]> {
  const known = await Promise.all(
    buses.map(async (bus) => together(await notesOf<SensorStatus>(bus, sensorStatusPrefix)).map((status) => ({ bus, status }))),
  );
  return known.flat();
}

/** One for each sensor, of all the processes that say that they work it. */
function together(all: readonly SensorStatus[]): SensorStatus[] {
  const bySensor = new Map<string, SensorStatus[]>();
  for (const one of [...all].sort((a, b) => b.seenAt - a.seenAt)) {
    const key = `${one.namespace}/${one.name}`;
    bySensor.set(key, [...(bySensor.get(key) ?? []), one]);
  }
  return [...bySensor.values()].map((statuses) => {
    const newest = statuses[0]!;
    const alive = statuses.filter((one) => isAlive(one, newest.seenAt));
    const [one = newest] = alive;
    if (alive.length < 2) return one;
    const sum = (of: 'events' | 'skipped') => alive.reduce((all, status) => all + (status[of] ?? 0), 0);
    const skipped = sum('skipped');
    const startedAt = Math.min(...alive.map((status) => status.startedAt));
    return { ...one, startedAt, events: sum('events'), ...(skipped > 0 ? { skipped } : {}) };
  });
}

interface Named {
  readonly namespace: string;
  readonly name: string;
}

/** What a person calls a sensor: "Sensor playground/web", and of another system's rule "EventListener playground/github". */
export function titleOf({ namespace, name }: Named): string {
  const [kind, own] = kindAndName(name);
  return `${kind} ${namespace}/${own}`;
}

/** Whether it stands for a rule of another system, each of whose triggers has a dependency of its own name. */
export const isForeign = ({ name }: { readonly name: string }): boolean => name.includes(':');

/** "Broker", "default" of `Broker:default`; a Sensor's name is its own. */
export function kindAndName(name: string): [kind: string, own: string] {
  const at = name.indexOf(':');
  return at < 0 ? ['Sensor', name] : [name.slice(0, at), name.slice(at + 1)];
}

/** Whether a person means it by `name`, `namespace/name` or `kind:name`. */
export function isCalled({ namespace, name }: Named, wanted: string): boolean {
  const [, own] = kindAndName(name);
  return [name, own, `${namespace}/${name}`, `${namespace}/${own}`].includes(wanted);
}

export interface Chosen {
  readonly known: KnownSensor;
  /** Set when it was asked for by the name of one of its triggers, as a Trigger of a Broker is. */
  readonly trigger: string | undefined;
}

/** `name`, `namespace/name`, `kind:name`, or the name of a trigger of another system. Throws CONFIG_MISSING when it is unknown or several. */
export function chooseKnown(known: readonly KnownSensor[], wanted: string): Chosen {
  const nameOf = ({ status }: KnownSensor) => `${status.namespace}/${status.name}`;
  const hasTrigger = ({ status }: KnownSensor): boolean =>
    isForeign(status) && status.triggers.some(({ name }) => name === wanted || `${status.namespace}/${name}` === wanted);
  const byName = known.filter(({ status }) => isCalled(status, wanted));
  const found = byName.length > 0 ? byName : known.filter(hasTrigger);
  const names = [...new Set(found.map(nameOf))];
  if (names.length > 1)
    throw new EngineError(
      'CONFIG_MISSING',
      { problem: `several rules have this name: ${names.join(', ')}` },
      { hint: `write ${names[0]}` },
    );
  // The same one on two buses: where it was seen last.
  const [one] = found.sort((a, b) => b.status.seenAt - a.status.seenAt);
  if (one) return { known: one, trigger: byName.length > 0 ? undefined : wanted.slice(wanted.indexOf('/') + 1) };
  const near = closest(wanted, [
    ...known.map(nameOf),
    ...known.flatMap(({ status }) => [
      status.name,
      kindAndName(status.name)[1],
      ...(isForeign(status) ? status.triggers.map(({ name }) => name) : []),
    ]),
  ]);
  const all = [...new Set(known.map(nameOf))].sort();
  const hint = near ? `did you mean "${near}"?` : all.length > 0 ? `there are ${all.join(', ')}` : 'is it a bus that Sensorium works on?';
  throw new EngineError('CONFIG_MISSING', { problem: `no process has said on this bus that it works a rule "${wanted}"` }, { hint });
}
