import fc from 'fast-check';
import { expect } from 'vitest';
import type { CompiledTrigger } from '../../sensors/compiled.ts';
import { runSensor } from '../../sensors/runner.ts';
import type { Firing } from '../../sensors/triggers/trigger.ts';
import { EngineError } from '../../src/core/errors/engine-error.ts';
import { buildEvent, buildSensor, buildTrigger, eventIds, noKube } from '../support/build-sensor.ts';
import { bodiesOf } from '../support/queue-contents.ts';
import { anyTrouble, chance, type Histories } from './explore.ts';
import { type Given, Processes, type Sabotage } from './processes.ts';
import type { Process } from './unreliable-bus.ts';

/**
 * Random histories of triggers with a rate limit and a dlqTrigger: whatever is killed, away or lost, and wherever, attempts start as far
 * apart as the limit asks, and every event has its effect, or that of the dlqTrigger, or is parked.
 */
export const policyHistories = (sabotage?: Sabotage): Histories<History, Lived> => ({
  arbitrary,
  live: (given) => live(given, sabotage),
  check,
});

interface History extends Given {
  readonly events: number;
  readonly keys: number;
  /** Milliseconds between two starts, by trigger; undefined without a limit. */
  readonly spacing: { readonly main: number | undefined; readonly dlq: number | undefined };
  readonly attempts: number;
  readonly target: { readonly fails: number; readonly slow: number };
}

const spacing = fc.constantFrom(undefined, 50, 700, 1_000, 4_000);

const arbitrary: fc.Arbitrary<History> = fc.record({
  seed: fc.integer(),
  processes: fc.constantFrom(1, 2),
  events: fc.integer({ min: 1, max: 20 }),
  keys: fc.integer({ min: 0, max: 3 }),
  spacing: fc.record({ main: spacing, dlq: spacing }),
  attempts: fc.integer({ min: 1, max: 3 }),
  // What a process does late that has hung keeps no distance.
  trouble: anyTrouble.map((trouble) => ({ ...trouble, hang: 0 })),
  target: fc.record({ fails: chance(0.9), slow: chance(0.3) }),
});

const names = { main: 'main', dlq: 'main/dlq' } as const;
type Role = keyof typeof names;

interface Lived {
  readonly trace: string[];
  readonly starts: Record<Role, number[]>;
  readonly effects: Record<Role, string[]>;
  /** Under which ids each event was done. */
  readonly ids: Map<string, Set<string>>;
  readonly parked: { trigger: string; event: string }[];
  readonly waiting: number;
  readonly broken: readonly unknown[];
}

async function live(given: History, sabotage: Sabotage | undefined): Promise<Lived> {
  const starts: Record<Role, number[]> = { main: [], dlq: [] };
  const effects: Record<Role, string[]> = { main: [], dlq: [] };
  const ids = new Map<string, Set<string>>();
  let { slow } = given.target;

  const deed = (process: Process, role: Role) => async (firing: Firing) => {
    const [event] = eventIds(firing) as [string];
    note(`start ${role} ${event}`);
    starts[role].push(clock.now());
    const under = ids.get(`${role} ${event}`) ?? new Set();
    ids.set(`${role} ${event}`, under.add(firing.id));
    await process.survive();
    if (random() < slow) await process.clock.sleep(Math.floor(random() * 3_000));
    await process.survive();
    if (random() < given.target.fails) throw new EngineError('REMOTE_KUBE_BUSY', { reason: 'on purpose' });
    note(`effect ${role} ${event}`);
    effects[role].push(event);
    await process.survive();
  };
  await using all = new Processes(given, sabotage, async (process, bus) => {
    const retry = { backoff: { first: 200, ceiling: 1_000 }, attempts: given.attempts, giveUpAfter: Number.POSITIVE_INFINITY };
    const trigger = (role: Role, more: Partial<CompiledTrigger> = {}) =>
      buildTrigger(names[role], deed(process, role), { retry, spacing: given.spacing[role], ...more });
    const sensor = buildSensor([trigger('main', { dlq: trigger('dlq') })]);
    await runSensor(sensor, { bus, kube: noKube, clock: process.clock, tell: all.told.tell, signal: process.stop.signal });
  });
  const { bus, clock, random, note, trace } = all;

  all.start();
  for (let index = 0; index < given.events; index++) {
    const id = `e${index}`;
    note(`publish ${id}`);
    await bus.publish(buildEvent(id, given.keys > 0 ? { key: `k${Math.floor(random() * given.keys)}` } : {}));
    if (random() < 0.5) await clock.turn(Math.floor(random() * 1_500));
    if (random() < given.trouble.crash) all.kill();
  }
  await clock.turn(5_000);
  slow = 0;
  await all.recover();
  await all.untilQuiet(600_000);

  const parked = (await bodiesOf(await bus.parked())).map((body) => JSON.parse(body));
  return {
    trace,
    starts,
    effects,
    ids,
    parked: parked.map(({ trigger, events }) => ({ trigger, event: events.dep.id })),
    waiting: (await bodiesOf(await bus.queue('sensor/playground/sn'))).length,
    broken: all.broken,
  };
}

function check({ starts, effects, ids, parked, waiting, broken }: Lived, { events, spacing }: History): void {
  expect(broken, 'no part of it fails').toEqual([]);
  expect(waiting, 'firings that wait when all is well').toBe(0);
  for (const role of ['main', 'dlq'] as const) {
    const gaps = starts[role].slice(1).map((at, index) => at - starts[role][index]!);
    expect(Math.min(...gaps, Number.POSITIVE_INFINITY), `milliseconds between two starts of ${role}`).toBeGreaterThanOrEqual(
      spacing[role] ?? 0,
    );
  }
  for (let index = 0; index < events; index++) {
    const event = `e${index}`;
    const safe = effects.main.includes(event) || effects.dlq.includes(event) || parked.some((one) => one.event === event);
    expect(safe, `${event} has its effect, its dlq effect or is parked`).toBe(true);
  }
  // What the trigger gives up is the dlqTrigger's, and only that parks.
  expect(
    parked.filter(({ trigger }) => trigger !== names.dlq),
    'what the trigger parks itself',
  ).toEqual([]);
  expect(
    [...ids].filter(([, under]) => under.size > 1),
    'what was done under two ids',
  ).toEqual([]);
}
