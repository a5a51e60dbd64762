import fc from 'fast-check';
import { expect, test, vi } from 'vitest';
import { openMemoryBus } from '../../eventbus/memory/index.ts';
import { type Matching, nothingHeld } from '../../sensors/conditions/advance.ts';
import type { ConditionSpec } from '../../sensors/conditions/compile.ts';
import { decide } from '../../sensors/decide.ts';
import { runSensor } from '../../sensors/runner.ts';
import type { Firing } from '../../sensors/triggers/trigger.ts';
import { EngineError } from '../../src/core/errors/engine-error.ts';
import type { Event } from '../../src/core/event/event.ts';
import { buildJoin } from '../support/build-join.ts';
import { buildDependency, buildEvent, buildSensor, buildTrigger, noKube } from '../support/build-sensor.ts';
import { settle, TestClock } from '../support/clock.ts';
import { bodiesOf } from '../support/queue-contents.ts';
import { randomNumbers } from '../support/random.ts';
import { record } from '../support/record.ts';
import { chance, explore } from './explore.ts';
import { Process, type Trouble } from './unreliable-bus.ts';

/**
 * Random histories of joins: whatever is killed, away or lost, and wherever, what fires is what a calm run fires, no less and no more.
 * (A firing may be done twice, under one id.)
 */
test('for one order of arrival, crashes and lost answers never change what joins fire', async () => {
  await explore(history, 150, live, ({ fired, calm, left }) => {
    expect(left).toEqual([]);
    expect([...new Set(fired)].sort()).toEqual(calm.sort());
  });
}, 600_000);

const specs: readonly ConditionSpec[] = [
  {},
  { conditions: 'a && b || c' },
  { conditions: '(a || b) && c' },
  { join: { key: '.key' } },
  { conditions: 'a && b', join: { key: '.key', keep: 'all' } },
  { conditions: 'a && c', join: { keep: 'first' } },
  { conditions: 'a || b' },
];

interface History {
  readonly seed: number;
  readonly events: number;
  readonly spec: ConditionSpec;
  /** Bytes of each payload: large ones are kept apart from the rest of the state. */
  readonly bytes: number;
  readonly trouble: Trouble & { readonly fails: number; readonly slow: number };
}

const history: fc.Arbitrary<History> = fc.record({
  seed: fc.integer(),
  events: fc.integer({ min: 1, max: 40 }),
  spec: fc.constantFrom(...specs),
  bytes: fc.constantFrom(0, 0, 60_000),
  trouble: fc.record({
    crash: chance(0.05),
    away: chance(0.2),
    lostAck: fc.oneof(fc.constant(0), chance(0.3)),
    fails: chance(0.5),
    slow: chance(0.3),
  }),
});

const names = ['a', 'b', 'c'];
const shown = ({ trigger, events }: Firing): string => `${trigger} ${[...events].map(([name, event]) => `${name}=${event.id}`).join(' ')}`;

async function live(given: History) {
  const random = randomNumbers(given.seed);
  // Back-off is jittered; with its numbers from the seed too, a history can be lived again.
  using _jitter = vi.spyOn(Math, 'random').mockImplementation(random);
  const clock = new TestClock();
  const { tell, of } = record();
  const bus = openMemoryBus({ kind: 'memory' }, { clock, tell });
  const fired: string[] = [];
  const trace: string[] = [];
  let crashes = 0;
  let { trouble } = given;
  let current: Process;

  const dependencies = names.map((name) => buildDependency(name, name));
  const sensorOf = (deed: (name: string) => (firing: Firing) => Promise<void>) =>
    buildSensor(
      ['one', 'two'].map((name, index) =>
        buildTrigger(name, deed(name), { retry, ...buildJoin(index === 0 ? given.spec : { conditions: 'a && b' }, names) }),
      ),
      dependencies,
    );
  const start = () => {
    const process = new Process(
      bus,
      clock,
      trouble,
      random,
      (what) => trace.push(`${crashes} ${what}`),
      () => {
        crashes += 1;
        setImmediate(start);
      },
    );
    current = process;
    const sensor = sensorOf(() => async (firing) => {
      await process.survive();
      if (random() < trouble.slow) await process.clock.sleep(Math.floor(random() * 3_000));
      await process.survive();
      if (random() < trouble.fails) throw new EngineError('UNREACHABLE_KUBE', { reason: 'on purpose' });
      trace.push(`${crashes} fired ${shown(firing)}`);
      fired.push(shown(firing));
      await process.survive();
    });
    void runSensor(sensor, { bus: process.bus, kube: noKube, clock: process.clock, tell, signal: process.stop.signal });
  };

  start();
  const published: Event[] = [];
  for (let index = 0; index < given.events; index++) {
    const data = { key: `k${Math.floor(random() * 3)}`, pad: 'x'.repeat(given.bytes) };
    const event = buildEvent(`e${index}`, { subject: names[Math.floor(random() * names.length)]!, data });
    published.push(event);
    trace.push(`${crashes} publish ${event.subject} ${event.id} ${data.key}`);
    await bus.publish(event);
    if (random() < 0.5) await clock.turn(Math.floor(random() * 1_500));
    if (random() < given.trouble.crash) current!.kill();
  }
  await clock.turn(10_000);
  trouble = { crash: 0, away: 0, lostAck: 0, fails: 0, slow: 0 };
  current!.kill();
  await settle();
  await clock.turn(30_000);

  const left = await bodiesOf(await bus.queue('sensor/playground/sn'));
  current!.stop.abort();
  await clock.turn(100);
  await bus[Symbol.asyncDispose]();
  expect(of('workerFailed')).toEqual([]);
  return {
    fired,
    calm: calmly(
      sensorOf(() => async () => {}),
      published,
    ),
    left,
    trace,
  };
}

const retry = { backoff: { first: 200, ceiling: 1_000 }, attempts: undefined, giveUpAfter: 3_600_000 };

/** What fires when nothing goes wrong. */
function calmly(sensor: ReturnType<typeof buildSensor>, events: readonly Event[]): string[] {
  const held = new Map<string, Matching>();
  const fired: string[] = [];
  for (const [sequence, event] of events.entries())
    for (const { name } of sensor.dependencies.filter((one) => one.subject === event.subject)) {
      const admitted = { dependency: name, event, sequence, storedAt: sequence };
      for (const decision of decide(sensor, (trigger, key) => held.get(`${trigger} ${key}`) ?? nothingHeld, admitted)) {
        if (decision.kind === 'alone') continue;
        if (decision.joined) held.set(`${decision.trigger.name} ${decision.joined.key}`, decision.joined.matching);
        if (decision.kind === 'fire') fired.push(shown(decision.firing));
      }
    }
  return fired;
}
