import fc from 'fast-check';
import { expect } from 'vitest';
import type { CompiledTrigger } from '../../sensors/compiled.ts';
import { runSensor } from '../../sensors/runner.ts';
import type { Firing } from '../../sensors/triggers/trigger.ts';
import { EngineError } from '../../src/core/errors/engine-error.ts';
import { buildEvent, buildSensor, buildTrigger, eventIds, noKube } from '../support/build-sensor.ts';
import { bodiesOf } from '../support/queue-contents.ts';
import { anyTrouble, chance, type Histories } from './explore.ts';
import { type Given, Processes, type Recovery, type Sabotage } from './processes.ts';
import type { Process } from './unreliable-bus.ts';

/**
 * Random histories of a sensor with two triggers: processes are killed between any two steps, or hang and come back as late owners; the
 * bus is away, acknowledgements get lost, events come again beside newer ones, or in another order where none is promised; targets fail,
 * are slow, or are done without saying so. Whatever happens, every event has its effect or is parked, in order for each key, and
 * again only where nobody could know that it had been done.
 */
export const firingHistories = (sabotage?: Sabotage, trigger: Partial<CompiledTrigger> = {}): Histories<History, Lived> => ({
  arbitrary,
  live: (given) => live(given, trigger, sabotage),
  check,
});

/** The same of a sensor whose events all processes take: in no order, and again also where an event was handed to another process. */
export const sharedHistories = (sabotage?: Sabotage): Histories<History, Lived> => ({
  arbitrary: fc.tuple(arbitrary, fc.boolean()).map(([given, isSteady]) => {
    const { trouble, processes } = given;
    return {
      ...given,
      processes: processes + 1,
      keys: 0,
      trouble: isSteady ? { ...trouble, crash: 0, hang: 0, lostAck: 0, late: 0 } : trouble,
    };
  }),
  live: (given) => live(given, {}, sabotage, true),
  check(lived, given) {
    checkOutcomes(lived, given);
    const { crash, hang, lostAck, late } = given.trouble;
    const effects = lived.effects.slice(0, lived.beforeRecovery);
    if (crash + hang + lostAck + late === 0) checkTimes({ ...lived, effects }, given, (unknown) => unknown + 1);
  },
});

interface History extends Given {
  readonly events: number;
  /** Order keys; none without. */
  readonly keys: number;
  readonly target: { readonly fails: number; readonly never: number; readonly slow: number };
  readonly recover: Recovery;
}

const arbitrary: fc.Arbitrary<History> = fc
  .record({
    seed: fc.integer(),
    processes: fc.constantFrom(1, 2),
    events: fc.integer({ min: 1, max: 30 }),
    keys: fc.integer({ min: 0, max: 4 }),
    trouble: anyTrouble,
    late: chance(0.3),
    target: fc.record({ fails: chance(0.5), never: chance(0.05), slow: chance(0.3) }),
    recover: fc.constantFrom('new', 'same'),
  })
  .map(({ late, ...given }) => (given.keys > 0 ? given : { ...given, trouble: { ...given.trouble, late } }));

interface Effect {
  readonly trigger: string;
  readonly event: string;
  /** How many shifts had begun when it happened. */
  readonly shifts: number;
  /** It had begun before its process came back, which hung. */
  readonly isLate: boolean;
}

interface Lived {
  readonly trace: readonly string[];
  readonly effects: readonly Effect[];
  /** "trigger event" of effects after which the target said that it had failed. */
  readonly unsaid: readonly string[];
  readonly parked: readonly { trigger: string; event: string }[];
  readonly keys: ReadonlyMap<string, string>;
  readonly shifts: number;
  readonly waiting: number;
  /** How many of the effects were there before all processes were replaced. */
  readonly beforeRecovery: number;
  /** Effects of a process that had nothing left to do. */
  readonly afterwards: number;
  readonly broken: readonly unknown[];
}

const names = ['a', 'b'] as const;
const retry = { backoff: { first: 200, ceiling: 1_000 }, attempts: undefined, giveUpAfter: 3_600_000 };

async function live(given: History, trigger: Partial<CompiledTrigger>, sabotage: Sabotage | undefined, shared = false): Promise<Lived> {
  const effects: Effect[] = [];
  const unsaid: string[] = [];
  const keys = new Map<string, string>();
  let { target } = given;

  const deed = (process: Process, name: string) => async (firing: Firing) => {
    const { random, note } = all;
    const { returns } = process;
    await process.survive();
    if (random() < target.slow) await process.clock.sleep(Math.floor(random() * 3_000));
    await process.survive();
    if (random() < target.never) throw new EngineError('EVENT_PARAMETER', { problem: 'never' });
    if (random() < target.fails) throw fault(random);
    const [event] = eventIds(firing) as [string];
    note(`effect ${name} ${event} ${firing.id.slice(0, 6)}`);
    effects.push({ trigger: name, event, shifts: all.shifts, isLate: process.returns > returns });
    await process.survive();
    if (random() >= target.fails / 4) return;
    unsaid.push(`${name} ${event}`);
    throw fault(random);
  };
  await using all = new Processes(given, sabotage, async (process, bus) => {
    const sensor = { ...buildSensor(names.map((name) => buildTrigger(name, deed(process, name), { retry, ...trigger }))), shared };
    await runSensor(sensor, { bus, kube: noKube, clock: process.clock, tell: all.told.tell, signal: process.stop.signal });
  });
  const { bus, clock, random, note, trace } = all;

  all.start();
  for (let index = 0; index < given.events; index++) {
    const id = `e${index}`;
    if (given.keys > 0) keys.set(id, `k${Math.floor(random() * given.keys)}`);
    const key = keys.get(id);
    note(`publish ${id} ${key ?? ''}`);
    await bus.publish(buildEvent(id, key === undefined ? {} : { key }));
    if (random() < 0.5) await clock.turn(Math.floor(random() * 1_500));
    if (random() < given.trouble.crash) all.kill();
  }
  await clock.turn(5_000);
  target = { fails: 0, never: 0, slow: 0 };
  const beforeRecovery = effects.length;
  await all.recover({ as: given.recover });
  await all.untilQuiet(30_000);

  const waiting = (await bodiesOf(await bus.queue('sensor/playground/sn'))).length;
  const parked = (await bodiesOf(await bus.parked())).map((body) => JSON.parse(body));
  const { shifts } = all;
  const before = effects.length;
  await all.recover();
  await all.untilQuiet(0);
  return {
    trace,
    effects: effects.slice(0, before),
    unsaid,
    parked: parked.map((body) => ({ trigger: body.trigger, event: body.events.dep.id })),
    keys,
    shifts,
    waiting,
    beforeRecovery,
    afterwards: effects.length - before,
    broken: all.broken,
  };
}

function fault(random: () => number): EngineError {
  const kinds = ['REMOTE_KUBE_BUSY', 'UNREACHABLE_KUBE', 'CONFLICT_KUBE'] as const;
  return new EngineError(kinds[Math.floor(random() * kinds.length)]!, { reason: 'on purpose' });
}

function check(lived: Lived, given: History): void {
  const { effects, parked, keys, shifts } = lived;
  const { trouble } = given;
  checkOutcomes(lived, given);
  checkTimes(lived, given, (unknown) => unknown + shifts);
  for (const trigger of names) {
    const mine = effects.filter((effect) => effect.trigger === trigger);
    const givenUp = new Set(parked.filter((one) => one.trigger === trigger).map((one) => one.event));
    const ordered = mine.filter((effect) => keys.has(effect.event) && !givenUp.has(effect.event));
    checkOrder(keys, ordered);
    if (trouble.lostAck === 0 && trouble.hang === 0) checkLast(keys, ordered);
  }
  checkShifts(lived, given);
}

/** Every event has its effect or is parked, and nothing is left over. */
function checkOutcomes({ effects, parked, waiting, afterwards, broken }: Lived, { events }: History): void {
  expect(broken, 'no part of it fails').toEqual([]);
  for (const trigger of names)
    for (let index = 0; index < events; index++) {
      const isIts = (one: { trigger: string; event: string }) => one.trigger === trigger && one.event === `e${index}`;
      expect(effects.some(isIts) || parked.some(isIts), `${trigger} e${index} has its effect or is parked`).toBe(true);
    }
  expect(waiting, 'firings that wait when all is well').toBe(0);
  expect(afterwards, 'effects of what was not acknowledged').toBe(0);
}

/** `most` by how often the target did it and said that it had failed. */
function checkTimes(lived: Lived, given: History, most: (unknown: number) => number): void {
  for (const { name, mine, unknown } of firings(lived, given))
    expect(mine.length, `${name} has its effect again only in another shift or after an answer that was wrong`).toBeLessThanOrEqual(
      most(unknown),
    );
}

/** In one shift nothing has its effect twice, unless the target had said that it failed. */
function checkShifts(lived: Lived, given: History): void {
  for (const { name, mine, unknown } of firings(lived, given)) {
    const shifts = mine.filter(({ isLate }) => !isLate).map((effect) => effect.shifts);
    expect(shifts.length - new Set(shifts).size, `${name} has its effect again in the same shift`).toBeLessThanOrEqual(unknown);
  }
}

/** Each trigger's part of each event: its effects, and after how many of them the target said that it had failed. */
function* firings({ effects, unsaid }: Lived, { events }: History) {
  for (const trigger of names)
    for (let index = 0; index < events; index++) {
      const name = `${trigger} e${index}`;
      const mine = effects.filter((effect) => `${effect.trigger} ${effect.event}` === name);
      yield { name, mine, unknown: unsaid.filter((one) => one === name).length };
    }
}

/**
 * An effect may come after a newer one's on the same key only as the exact repeat that a new shift since then explains, or where it
 * was under way when its process hung.
 */
function checkOrder(keys: ReadonlyMap<string, string>, effects: readonly Effect[]): void {
  const newest = new Map<string, number>();
  const first = new Map<string, Effect>();
  for (const effect of effects) {
    const key = keys.get(effect.event)!;
    const number = Number(effect.event.slice(1));
    const before = first.get(effect.event);
    const excused = before !== undefined && before.shifts < effect.shifts;
    const upTo = newest.get(key) ?? -1;
    if (!excused && !effect.isLate)
      expect(number, `${effect.trigger} ${effect.event} on ${key} is not older than e${upTo} before it`).toBeGreaterThanOrEqual(upTo);
    if (!effect.isLate) newest.set(key, Math.max(number, upTo));
    if (before === undefined) first.set(effect.event, effect);
  }
}

/** However often things were repeated: what was done last for a key is what the newest event asked for. */
function checkLast(keys: ReadonlyMap<string, string>, effects: readonly Effect[]): void {
  const last = new Map(effects.map((effect) => [keys.get(effect.event), effect.event]));
  const newest = new Map<string | undefined, string>();
  for (const event of new Set(effects.map((effect) => effect.event)))
    if (Number(event.slice(1)) > Number(newest.get(keys.get(event))?.slice(1) ?? -1)) newest.set(keys.get(event), event);
  expect(Object.fromEntries(last), 'what was done last for each key').toEqual(Object.fromEntries(newest));
}
