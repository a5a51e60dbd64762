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
 * Random histories of triggers with a rate limit and a dlqTrigger: whatever is killed, away or lost, and wherever, attempts start as far
 * apart as the limit asks, and every event has its effect, or that of the dlqTrigger, or is parked.
 */
test('spacing is kept, and every event has its effect, its dlq effect or is parked, whatever fails', async () => {
  await explore(history, 80, live, check);
}, 600_000);

interface History {
  readonly seed: number;
  readonly events: number;
  readonly keys: number;
  /** Milliseconds between two starts, by trigger; undefined without a limit. */
  readonly spacing: { readonly main: number | undefined; readonly dlq: number | undefined };
  readonly attempts: number;
  readonly trouble: Trouble & { readonly fails: number; readonly slow: number };
}

const spacing = fc.constantFrom(undefined, 50, 700, 1_000, 4_000);

const history: fc.Arbitrary<History> = fc.record({
  seed: fc.integer(),
  events: fc.integer({ min: 1, max: 20 }),
  keys: fc.integer({ min: 0, max: 3 }),
  spacing: fc.record({ main: spacing, dlq: spacing }),
  attempts: fc.integer({ min: 1, max: 3 }),
  trouble: fc.record({
    crash: chance(0.05),
    away: chance(0.2),
    lostAck: fc.oneof(fc.constant(0), chance(0.3)),
    fails: chance(0.9),
    slow: chance(0.3),
  }),
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
}

async function live(given: History): Promise<Lived> {
  const random = randomNumbers(given.seed);
  // Back-off is jittered; with its numbers from the seed too, a history can be lived again.
  using _jitter = vi.spyOn(Math, 'random').mockImplementation(random);
  const clock = new TestClock();
  const { tell, of } = record();
  const bus = openMemoryBus({ kind: 'memory' }, { clock, tell });
  const lived: Lived = {
    trace: [],
    starts: { main: [], dlq: [] },
    effects: { main: [], dlq: [] },
    ids: new Map(),
    parked: [],
    waiting: 0,
  };
  let crashes = 0;
  let trouble: History['trouble'] = given.trouble;
  let current: Process;
  const note = (what: string) => void lived.trace.push(`${clock.now() % 10_000_000} ${crashes} ${what}`);

  const deed = (process: Process, role: Role) => async (firing: Firing) => {
    const [event] = eventIds(firing) as [string];
    note(`start ${role} ${event}`);
    lived.starts[role].push(clock.now());
    const ids = lived.ids.get(`${role} ${event}`) ?? new Set();
    lived.ids.set(`${role} ${event}`, ids.add(firing.id));
    await process.survive();
    if (random() < trouble.slow) await process.clock.sleep(Math.floor(random() * 3_000));
    await process.survive();
    if (random() < trouble.fails) throw new EngineError('REMOTE_KUBE_BUSY', { reason: 'on purpose' });
    note(`effect ${role} ${event}`);
    lived.effects[role].push(event);
    await process.survive();
  };
  const start = () => {
    const process = new Process(bus, clock, trouble, random, note, () => {
      crashes += 1;
      setImmediate(start);
    });
    current = process;
    const retry = { backoff: { first: 200, ceiling: 1_000 }, attempts: given.attempts, giveUpAfter: Number.POSITIVE_INFINITY };
    const dlq = buildTrigger(names.dlq, deed(process, 'dlq'), { retry, spacing: given.spacing.dlq });
    const main = buildTrigger(names.main, deed(process, 'main'), { retry, spacing: given.spacing.main, dlq });
    void runSensor(buildSensor([main]), { bus: process.bus, kube: noKube, clock: process.clock, tell, signal: process.stop.signal });
  };

  start();
  for (let index = 0; index < given.events; index++) {
    const id = `e${index}`;
    note(`publish ${id}`);
    await bus.publish(buildEvent(id, given.keys > 0 ? { key: `k${Math.floor(random() * given.keys)}` } : {}));
    if (random() < 0.5) await clock.turn(Math.floor(random() * 1_500));
    if (random() < given.trouble.crash) current!.kill();
  }
  await clock.turn(10_000);
  trouble = { crash: 0, away: 0, lostAck: 0, fails: given.trouble.fails, slow: 0 };
  current!.kill();
  await settle();
  await clock.turn(600_000);

  const parked = (await bodiesOf(await bus.parked())).map((body) => JSON.parse(body));
  const waiting = await bodiesOf(await bus.queue('sensor/playground/sn'));
  current!.stop.abort();
  await clock.turn(100);
  await bus[Symbol.asyncDispose]();
  expect(of('workerFailed')).toEqual([]);
  return {
    ...lived,
    parked: parked.map(({ trigger, events }) => ({ trigger, event: events.dep.id })),
    waiting: waiting.length,
  };
}

function check({ starts, effects, ids, parked, waiting }: Lived, { events, spacing }: History): void {
  expect(waiting).toBe(0);
  for (const role of ['main', 'dlq'] as const) {
    const gaps = starts[role].slice(1).map((at, index) => at - starts[role][index]!);
    expect(Math.min(...gaps, Number.POSITIVE_INFINITY)).toBeGreaterThanOrEqual(spacing[role] ?? 0);
  }
  for (let index = 0; index < events; index++) {
    const event = `e${index}`;
    const safe = effects.main.includes(event) || effects.dlq.includes(event) || parked.some((one) => one.event === event);
    expect(safe, `${event} has its effect, its dlq effect or is parked`).toBe(true);
  }
  // What the trigger gives up is the dlqTrigger's, and only that parks.
  expect(parked.filter(({ trigger }) => trigger !== names.dlq)).toEqual([]);
  expect([...ids].filter(([, under]) => under.size > 1)).toEqual([]);
}
