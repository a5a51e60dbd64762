import fc from 'fast-check';
import { expect, test, vi } from 'vitest';
import { openMemoryBus } from '../../eventbus/memory/index.ts';
import { runSensor } from '../../sensors/runner.ts';
import type { Firing } from '../../sensors/triggers/trigger.ts';
import { EngineError } from '../../src/core/errors/engine-error.ts';
import { buildEvent, buildSensor, buildTrigger, eventIds, noKube } from '../support/build-sensor.ts';
import { settle, TestClock } from '../support/clock.ts';
import { bodiesOf } from '../support/queue-contents.ts';
import { randomNumbers } from '../support/random.ts';
import { record } from '../support/record.ts';
import { chance, explore } from './explore.ts';
import { Process, type Trouble } from './unreliable-bus.ts';

/**
 * Random histories of a sensor: its process is killed between any two steps, the bus is away, acknowledgements get lost, targets
 * fail, are slow or are done without saying so. Whatever happens, every event has its effect, and in order for each key.
 */
test('every event has its effect or is parked, and effects on one key are in order, whatever fails', async () => {
  await explore(history, 150, live, check);
}, 600_000);

interface History {
  readonly seed: number;
  readonly events: number;
  readonly keys: number;
  readonly trouble: Trouble & { readonly fails: number; readonly never: number; readonly slow: number };
}

const history: fc.Arbitrary<History> = fc.record({
  seed: fc.integer(),
  events: fc.integer({ min: 1, max: 30 }),
  keys: fc.integer({ min: 0, max: 4 }),
  trouble: fc.record({
    crash: chance(0.05),
    away: chance(0.2),
    lostAck: fc.oneof(fc.constant(0), chance(0.3)),
    fails: chance(0.5),
    never: chance(0.05),
    slow: chance(0.3),
  }),
});

interface Effect {
  readonly trigger: string;
  readonly event: string;
  /** How many processes had been killed when it happened. */
  readonly crashes: number;
}

interface Lived {
  /** What happened, for whoever has to understand a failure. */
  readonly trace: readonly string[];
  readonly given: History;
  readonly effects: Effect[];
  readonly parked: { trigger: string; event: string }[];
  readonly keys: ReadonlyMap<string, string>;
  readonly left: { waiting: number; unacknowledged: number };
}

async function live(given: History): Promise<Lived> {
  const random = randomNumbers(given.seed);
  // Back-off is jittered; with its numbers from the seed too, a history can be lived again.
  using _jitter = vi.spyOn(Math, 'random').mockImplementation(random);
  const clock = new TestClock();
  const { tell, of } = record();
  const bus = openMemoryBus({ kind: 'memory' }, { clock, tell });
  const effects: Effect[] = [];
  const keys = new Map<string, string>();
  const trace: string[] = [];
  let crashes = 0;
  let trouble: History['trouble'] = given.trouble;
  let current: Process;

  const deed = (process: Process, name: string) => async (firing: Firing) => {
    await process.survive();
    if (random() < trouble.slow) await process.clock.sleep(Math.floor(random() * 3_000));
    await process.survive();
    if (random() < trouble.never) throw new EngineError('EVENT_PARAMETER', { problem: 'never' });
    if (random() < trouble.fails) throw fault(random);
    const [event] = eventIds(firing) as [string];
    trace.push(`${crashes} effect ${name} ${event} ${firing.id.slice(0, 6)}`);
    effects.push({ trigger: name, event, crashes });
    await process.survive();
    if (random() < trouble.fails / 4) throw fault(random);
  };
  const start = () => {
    const note = (what: string) => void trace.push(`${crashes} ${what}`);
    const process = new Process(bus, clock, trouble, random, note, () => {
      crashes += 1;
      setImmediate(start);
    });
    current = process;
    const sensor = buildSensor([buildTrigger('a', deed(process, 'a'), { retry }), buildTrigger('b', deed(process, 'b'), { retry })]);
    void runSensor(sensor, { bus: process.bus, kube: noKube, clock: process.clock, tell, signal: process.stop.signal });
  };

  start();
  for (let index = 0; index < given.events; index++) {
    const id = `e${index}`;
    if (given.keys > 0) keys.set(id, `k${Math.floor(random() * given.keys)}`);
    const key = keys.get(id);
    trace.push(`${crashes} publish ${id} ${key ?? ''}`);
    await bus.publish(buildEvent(id, key === undefined ? {} : { key }));
    if (random() < 0.5) await clock.turn(Math.floor(random() * 1_500));
    if (random() < given.trouble.crash) current!.kill();
  }
  await clock.turn(10_000);
  trouble = { crash: 0, away: 0, lostAck: 0, fails: 0, never: 0, slow: 0 };
  current!.kill();
  await settle();
  await clock.turn(30_000);

  const waiting = await bodiesOf(await bus.queue('sensor/playground/sn'));
  const parked = (await bodiesOf(await bus.parked())).map((body) => JSON.parse(body));
  const before = effects.length;
  current!.kill();
  await settle();
  await clock.turn(5_000);
  const unacknowledged = effects.length - before;
  current!.stop.abort();
  await clock.turn(100);
  await bus[Symbol.asyncDispose]();
  expect(of('workerFailed')).toEqual([]);
  return {
    given,
    trace,
    effects,
    keys,
    parked: parked.map((body) => ({ trigger: body.trigger, event: body.events.dep.id })),
    left: { waiting: waiting.length, unacknowledged },
  };
}

const retry = { backoff: { first: 200, ceiling: 1_000 }, attempts: undefined, giveUpAfter: 3_600_000 };

function fault(random: () => number): EngineError {
  const kinds = ['REMOTE_KUBE_BUSY', 'UNREACHABLE_KUBE', 'CONFLICT_KUBE'] as const;
  return new EngineError(kinds[Math.floor(random() * kinds.length)]!, { reason: 'on purpose' });
}

function check({ given, effects, parked, keys, left }: Lived): void {
  expect(left).toEqual({ waiting: 0, unacknowledged: 0 });
  for (const trigger of ['a', 'b']) {
    const mine = effects.filter((effect) => effect.trigger === trigger);
    for (let index = 0; index < given.events; index++) {
      const event = `e${index}`;
      const safe = mine.some((effect) => effect.event === event) || parked.some((one) => one.trigger === trigger && one.event === event);
      expect(safe, `${trigger} ${event} has its effect or is parked`).toBe(true);
    }
    const givenUp = new Set(parked.filter((one) => one.trigger === trigger).map((one) => one.event));
    const ordered = mine.filter((effect) => keys.has(effect.event) && !givenUp.has(effect.event));
    checkOrder(keys, ordered);
    if (given.trouble.lostAck === 0) checkLast(keys, ordered);
  }
}

/** An effect may come after a newer one's on the same key only as the exact repeat that a kill since then explains. */
function checkOrder(keys: ReadonlyMap<string, string>, effects: readonly Effect[]): void {
  const newest = new Map<string, number>();
  const first = new Map<string, Effect>();
  for (const effect of effects) {
    const key = keys.get(effect.event)!;
    const number = Number(effect.event.slice(1));
    const before = first.get(effect.event);
    const excused = before !== undefined && before.crashes < effect.crashes;
    const upTo = newest.get(key) ?? -1;
    if (!excused) expect(number, `${effect.event} on ${key} after e${upTo}`).toBeGreaterThanOrEqual(upTo);
    newest.set(key, Math.max(number, upTo));
    if (before === undefined) first.set(effect.event, effect);
  }
}

/** However often things were repeated: what was done last for a key is what the newest event asked for. */
function checkLast(keys: ReadonlyMap<string, string>, effects: readonly Effect[]): void {
  const last = new Map(effects.map((effect) => [keys.get(effect.event), effect.event]));
  const newest = new Map<string | undefined, string>();
  for (const event of new Set(effects.map((effect) => effect.event)))
    if (Number(event.slice(1)) > Number(newest.get(keys.get(event))?.slice(1) ?? -1)) newest.set(keys.get(event), event);
  expect(Object.fromEntries(last)).toEqual(Object.fromEntries(newest));
}
